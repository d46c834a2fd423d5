"""What is in memory goes with the sign-in, and a late note brings nothing back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from emotion_stream.settings import Settings
from emotion_stream.store.tables import SpotifyAccountRow
from emotion_stream.web.spotify.service import person_of
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

from .browsing import Site, sign_in, site_of
from .conftest import CLIENT_ID

pytestmark = pytest.mark.anyio

PLAY = {"uri": "spotify:track:1a2b", "event": "skipped"}


@pytest.fixture
async def site(
    settings: Settings, endpoint: FakeTokenEndpoint, anyio_backend: str
) -> AsyncIterator[Site]:
    async with site_of(settings, endpoint) as site:
        yield site


async def set_up(site: Site) -> httpx.AsyncClient:
    browser = site.browser()
    await browser.put("/api/v1/spotify/client", json={"client_id": CLIENT_ID})
    await sign_in(site, browser)
    return browser


@pytest.mark.parametrize("address", ["spotify", "session", "spotify/client"])
async def test_lists_and_answers_in_memory_go_with_the_sign_in(site: Site, address: str) -> None:
    browser = await set_up(site)
    spotify = site.app.state.services.spotify
    offers, kept = spotify.service._search_cache, spotify.transport._kept
    number = await only_number(site)
    offers.of_session(number)
    kept[(person_of(number), "a search")] = (1e12, {})
    assert (await browser.delete(f"/api/v1/{address}")).is_success
    assert len(offers) == 0
    assert not kept


async def only_number(site: Site) -> int:

    async with site.app.state.services.database.read() as db:
        return int((await db.scalars(select(SpotifyAccountRow.session_id))).one())


async def test_a_note_of_the_player_after_signing_out_is_not_kept(site: Site) -> None:
    browser = await set_up(site)
    await browser.put("/api/v1/session", json={"analyse": True, "history": True})
    first = await browser.post("/api/v1/spotify/plays", json=PLAY | {"event": "started"})
    assert first.status_code == 201
    await browser.delete("/api/v1/spotify")
    assert (await browser.post("/api/v1/spotify/plays", json=PLAY)).status_code == 204
    assert (await browser.get("/api/v1/session")).json()["plays"] == []
