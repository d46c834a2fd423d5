"""Plays are noted where the person agreed, and only of things that exist."""

from __future__ import annotations

import pytest

from tests.web.conftest import Running

pytestmark = pytest.mark.anyio

PLAYS = "/api/v1/plays"
DAWN = {"provider": "shop", "item_id": "dawn", "event": "skipped", "position_s": 12.5}


async def test_a_play_is_kept_with_its_reading(running: Running) -> None:
    async with running() as client:
        await client.put("/api/v1/session", json={"analyse": True, "history": True})
        reading = (await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})).json()
        answer = await client.post(PLAYS, json={**DAWN, "reading_id": reading["id"]})
        assert answer.status_code == 201
        play = answer.json()
        assert {**DAWN, "reading_id": reading["id"], "title": "Dawn"}.items() <= play.items()
        assert (await client.get("/api/v1/session")).json()["plays"] == [play]


async def test_without_a_session_nothing_is_kept(running: Running) -> None:
    async with running() as client:
        answer = await client.post(PLAYS, json=DAWN)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"provider": "nowhere"}, 404, "provider_not_found"),
        ({"item_id": "nothing"}, 404, "item_not_found"),
        ({"item_id": "\x00"}, 404, "item_not_found"),
        ({"reading_id": "r_nothing"}, 404, "not_found"),
        ({"reading_id": "\x00"}, 404, "not_found"),
        ({"event": "liked"}, 422, "invalid_request"),
        ({"position_s": -1}, 422, "invalid_request"),
        ({"position_s": "soon"}, 422, "invalid_request"),
        ({"position_s": 1e300}, 422, "invalid_request"),
    ],
)
async def test_nonsense_is_refused(
    running: Running, change: dict[str, object], status: int, code: str
) -> None:
    async with running() as client:
        await client.put("/api/v1/session", json={"analyse": True, "history": True})
        answer = await client.post(PLAYS, json={**DAWN, **change})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert (await client.get("/api/v1/session")).json()["plays"] == []
