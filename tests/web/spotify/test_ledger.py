"""What was asked of Spotify, and until when it is left alone, outlives a restart."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from emotion_stream.errors import SpotifyPaused, StoreUnavailable
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.budget import Budget
from emotion_stream.music.spotify.client import SpotifyClient
from emotion_stream.music.spotify.transport import Transport
from emotion_stream.store import Database, migrate
from emotion_stream.web.spotify.ledger import StoredLedger
from tests.music.spotify.recorded import NOON, TOKEN, Clock, recorded

pytestmark = pytest.mark.anyio


class Started:
    """A server's Spotify on a database, from its start until it stops."""

    def __init__(self, url: str, answer: str) -> None:
        self.database = Database(url)
        self.budget = Budget(StoredLedger(self.database), searches_per_day=3)
        self.requests = 0
        clock = Clock()
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        addresses = SpotifyAddresses.real()
        transport = Transport(http, addresses, self.budget, clock=clock, sleep=clock.sleep)
        self.client = SpotifyClient(transport)
        self._recorded = recorded(answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        return self._recorded.response()


async def test_a_pause_and_the_counts_survive_a_restart(database_url: str) -> None:
    await migrate(database_url)
    first = Started(database_url, "429_quota")
    with pytest.raises(SpotifyPaused, match="used up"):
        await first.client.search(TOKEN, "x")
    await first.database.close()

    second = Started(database_url, "search")
    with pytest.raises(SpotifyPaused, match=r"used up\. .* until 00:58 UTC on 26") as caught:
        await second.client.search(TOKEN, "x")
    assert second.requests == 0
    assert await second.budget.paused(NOON) == (
        caught.value.until,
        "The quota that Spotify gives this installation is used up.",
    )
    assert await second.budget.searches_left(NOON) == 2
    await second.database.close()


async def test_the_ceiling_holds_for_all_servers_on_a_database(database_url: str) -> None:
    await migrate(database_url)
    servers = [Started(database_url, "search") for _ in range(2)]
    for number in range(3):
        await servers[number % 2].client.search(TOKEN, f"question {number}")
    for server in servers:
        with pytest.raises(SpotifyPaused, match="12:10 UTC on 26 November"):
            await server.client.search(TOKEN, "one more")
        await server.client.search(TOKEN, "question 0" if server is servers[0] else "question 1")
        await server.database.close()


async def test_without_a_database_nothing_is_asked(tmp_path: Path) -> None:
    server = Started(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}", "me")
    with pytest.raises(StoreUnavailable):
        await server.client.me(TOKEN)
    assert server.requests == 0
    await server.database.close()
