"""Set up on this machine only; the token is for the page alone; signing out is at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from emotion_stream.settings import Settings
from tests.web.spotify.browsing import OWN, Site, sign_in, site_of, state, to_spotify
from tests.web.spotify.conftest import CLIENT_ID
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

pytestmark = pytest.mark.anyio

CLIENT = "/api/v1/spotify/client"
TOKEN = "/api/v1/spotify/token"  # noqa: S105 - an address
OTHER_ID = "fedcba9876543210"


@pytest.fixture
async def site(
    settings: Settings, endpoint: FakeTokenEndpoint, anyio_backend: str
) -> AsyncIterator[Site]:
    async with site_of(settings, endpoint) as site:
        yield site


async def chosen(browser: httpx.AsyncClient, client_id: str = CLIENT_ID) -> httpx.Response:
    return await browser.put(CLIENT, json={"client_id": client_id})


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_before_it_is_set_up_nobody_can_sign_in(site: Site) -> None:
    browser = site.browser()
    before = await state(browser)
    assert (before["set_up"], before["editable"], before["problem"]) == (False, True, None)
    assert before["redirect_uri"] == "http://127.0.0.1:8000/auth/callback"
    answer = await browser.get("/auth/spotify", headers={"accept": "text/html", **OWN})
    assert answer.status_code == 409
    assert "not set up" in answer.text
    assert "set-cookie" not in answer.headers


async def test_the_client_id_is_chosen_kept_and_forgotten(site: Site) -> None:
    browser = site.browser()
    after = (await chosen(browser)).json()
    assert (after["set_up"], after["client_id"]) == (True, CLIENT_ID)
    assert f"client_id={CLIENT_ID}" in await to_spotify(browser)
    forgotten = (await browser.delete(CLIENT)).json()
    assert (forgotten["set_up"], forgotten["client_id"]) == (False, None)


async def test_signing_in_shows_what_is_open_and_until_when(site: Site) -> None:
    browser = site.browser()
    await chosen(browser)
    await sign_in(site, browser)
    found = await state(browser)
    assert found["steps"] == {
        "listen": True,
        "personal": False,
        "keep": False,
        "heart": False,
        "follow": False,
    }
    assert (found["ends_at"], found["ends_soon"]) == ("2026-09-01T12:00:00Z", False)
    site.now += timedelta(days=175)
    assert (await state(browser))["ends_soon"] is True


async def test_sign_ins_end_with_the_client_id_they_were_made_with(site: Site) -> None:
    browser = site.browser()
    await chosen(browser)
    await sign_in(site, browser)
    assert (await chosen(browser)).json()["signed_in"] is True
    assert (await chosen(browser, OTHER_ID)).json()["signed_in"] is False
    await sign_in(site, browser, code="code-2")
    assert (await browser.delete(CLIENT)).json()["signed_in"] is False


@pytest.mark.parametrize("client_id", ["", "short", "with space in it", "é" * 32, "a" * 65])
async def test_what_is_no_client_id_is_refused(site: Site, client_id: str) -> None:
    assert code_of(await chosen(site.browser(), client_id)) == (422, "invalid_request")


async def test_from_another_machine_it_is_neither_chosen_nor_shown(site: Site) -> None:
    await chosen(site.browser())
    visitor = site.browser("http://testserver:8000", client="192.168.1.9")
    visitor.headers["host"] = "127.0.0.1:8000"
    found = await state(visitor)
    assert (found["set_up"], found["client_id"], found["editable"]) == (True, None, False)
    for answer in (await chosen(visitor, OTHER_ID), await visitor.delete(CLIENT)):
        assert code_of(answer) == (403, "spotify_setup_not_allowed")


async def test_the_setting_wins_and_cannot_be_changed_in_the_page(
    settings: Settings, endpoint: FakeTokenEndpoint
) -> None:
    configured = settings.model_copy(update={"spotify_client_id": OTHER_ID})
    async with site_of(configured, endpoint) as site:
        browser = site.browser()
        found = await state(browser)
        assert (found["client_id"], found["editable"]) == (OTHER_ID, False)
        answer = await chosen(browser)
    assert code_of(answer) == (403, "spotify_setup_not_allowed")
    assert "EMOTION_STREAM_SPOTIFY_CLIENT_ID" in answer.json()["message"]


async def test_under_localhost_the_way_out_is_said(site: Site) -> None:
    browser = site.browser("http://localhost:8000")
    await chosen(browser)
    found = await state(browser)
    assert (found["set_up"], found["redirect_uri"]) == (False, None)
    assert "http://127.0.0.1:8000" in str(found["problem"])


async def test_a_key_that_is_open_to_others_is_a_problem_and_no_crash(
    site: Site, settings: Settings
) -> None:
    key = Path(settings.data_dir) / "spotify.key"
    key.write_text("half a k")
    browser = site.browser()
    found = (await chosen(browser)).json()
    assert found["set_up"] is False
    assert str(key) in found["problem"]
    visitor = site.browser("http://testserver:8000", client="192.168.1.9")
    visitor.headers["host"] = "127.0.0.1:8000"
    assert str(key) not in str((await state(visitor))["problem"])


async def test_the_token_is_for_the_page_alone(site: Site) -> None:
    browser = site.browser()
    await chosen(browser)
    assert code_of(await browser.get(TOKEN, headers=OWN)) == (401, "spotify_sign_in_required")
    await sign_in(site, browser)
    answer = await browser.get(TOKEN, headers=OWN)
    assert answer.json() == {
        "access_token": "secret-access-1",
        "expires_at": "2026-03-01T13:00:00Z",
    }
    assert answer.headers["cache-control"] == "no-store"
    ours = await browser.get(TOKEN, headers={"origin": "http://127.0.0.1:8000"})
    assert ours.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "none", "origin": "http://127.0.0.1:8000"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
async def test_nobody_else_gets_the_token(site: Site, headers: dict[str, str]) -> None:
    browser = site.browser()
    await chosen(browser)
    await sign_in(site, browser)
    answer = await browser.get(TOKEN, headers=headers)
    assert code_of(answer) == (403, "foreign_origin")
    assert "secret-" not in answer.text


async def test_signing_out_is_at_once_and_twice_is_fine(site: Site) -> None:
    browser = site.browser()
    await chosen(browser)
    await sign_in(site, browser)
    for _ in range(2):
        assert (await browser.delete("/api/v1/spotify")).status_code == 204
        assert (await state(browser))["signed_in"] is False
    assert (await site.browser().delete("/api/v1/spotify")).status_code == 204
    assert code_of(await browser.get(TOKEN, headers=OWN)) == (401, "spotify_sign_in_required")


async def test_the_answers_show_no_token(site: Site) -> None:
    browser = site.browser()
    await chosen(browser)
    await sign_in(site, browser)
    site.endpoint.trouble = httpx.Response(503, text="secret-of-spotify")
    site.now += timedelta(hours=2)
    failed = await browser.get(TOKEN, headers=OWN)
    assert code_of(failed) == (502, "spotify_unavailable")
    shown = [failed.text, str(await state(browser)), (await browser.get("/api/v1/session")).text]
    assert not [text for text in shown if "secret-" in text]
