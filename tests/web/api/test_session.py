"""Consents come first, the cookie is well guarded, and leaving means leaving."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emotion_stream.settings import Settings
from tests.web.conftest import Running, cookie_header, session_cookie

pytestmark = pytest.mark.anyio

SESSION = "/api/v1/session"
ANALYSES = "/api/v1/analyses"
BOTH = {"analyse": True, "history": True}
ONE_YEAR_S = 31_536_000


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(running: Running) -> None:
    async with running() as client:
        answer = await client.put(SESSION, json=BOTH)
    cookie = answer.headers["set-cookie"]
    assert re.match(r"es_session_[0-9a-f]{8}=", cookie)
    assert {part.strip() for part in cookie.split(";")[1:]} == {
        "HttpOnly",
        "SameSite=lax",
        "Path=/",
        f"Max-Age={ONE_YEAR_S}",
    }


async def test_behind_tls_the_cookie_is_sent_over_tls_only(
    running: Running, settings: Settings
) -> None:
    async with running(settings.model_copy(update={"secure_cookies": True})) as client:
        agreed = await client.put(SESSION, json=BOTH)
        left = await client.delete(SESSION)
    assert "; Secure" in agreed.headers["set-cookie"]
    assert "; Secure" in left.headers["set-cookie"]


async def test_looking_makes_no_session(running: Running) -> None:
    async with running() as client:
        answer = await client.get(SESSION)
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


async def test_a_visit_renews_the_cookie_of_a_known_session_only(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        name, token = session_cookie(client.cookies)
        assert token in (await client.get(SESSION)).headers["set-cookie"]
    async with running() as client:
        answer = await client.get(SESSION, headers={"cookie": f"{name}=made-up"})
        assert "set-cookie" not in answer.headers
        assert answer.json()["created_at"] is None


async def test_two_servers_on_one_machine_do_not_take_each_others_cookie(
    running: Running, settings: Settings, tmp_path: Path
) -> None:
    other = settings.model_copy(update={"data_dir": tmp_path / "other"})
    async with running() as client, running(other) as neighbour:
        await client.put(SESSION, json=BOTH)
        neighbour.cookies = client.cookies  # browsers keep one jar for all ports of a host
        await neighbour.put(SESSION, json=BOTH)
        assert len(neighbour.cookies) == 2
        for browser in (client, neighbour):
            browser.cookies = neighbour.cookies
            assert (await browser.get(SESSION)).json()["consent"] == BOTH


async def test_agreeing_to_nothing_is_refused(running: Running) -> None:
    async with running() as client:
        answer = await client.put(SESSION, json={"analyse": False, "history": False})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["message"].startswith("analyse: ")


async def test_history_off_keeps_nothing(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json={"analyse": True, "history": False})
        reading = (await client.post(ANALYSES, files={"file": ("a.wav", b"RIFF")})).json()
        assert reading["id"] is None
        assert reading["file"] == "a.wav"
        play = {"provider": "shop", "item_id": "dawn", "event": "started"}
        assert (await client.post("/api/v1/plays", json=play)).status_code == 204
        state = (await client.get(SESSION)).json()
        assert (state["readings"], state["plays"]) == ([], [])


async def test_turning_history_off_deletes_what_was_kept(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        reading = (await client.post(ANALYSES, files={"file": ("a.wav", b"RIFF")})).json()
        state = (await client.put(SESSION, json={"analyse": True, "history": False})).json()
        assert state["readings"] == []
        assert (await client.get(f"{ANALYSES}/{reading['id']}")).status_code == 404


async def test_leaving_twice_is_fine(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        assert (await client.delete(SESSION)).status_code == 204
        assert (await client.delete(SESSION)).status_code == 204


async def test_a_session_that_was_deleted_elsewhere_must_agree_again(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        cookie = cookie_header(client.cookies)
        await client.delete(SESSION)
        answer = await client.post(ANALYSES, files={"file": ("a.wav", b"RIFF")}, headers=cookie)
    assert (answer.status_code, answer.json()["code"]) == (403, "consent_required")
