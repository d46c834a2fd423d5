"""Spotify is made when the server starts, from its settings and its database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import anyio.to_thread
import httpx

from emotion_stream.errors import SpotifyCuratedInvalid, StoreUnavailable
from emotion_stream.music.spotify.client import SpotifyClient
from emotion_stream.music.spotify.curated import Curated, read_curated
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.recipes import Recipes
from emotion_stream.music.spotify.transport import Budget, Transport
from emotion_stream.settings import Settings
from emotion_stream.store import Database, spotify_quota
from emotion_stream.store.encryption import KEY_FILE, TokenCipher
from emotion_stream.web.spotify.accounts import Accounts, ClientId, TokenEndpoint
from emotion_stream.web.spotify.search_cache import SearchCache
from emotion_stream.web.spotify.service import Allowance, Spotify, SpotifyService, person_of

# The counters and the pause of Spotify, in the database that all processes share.


class StoredLedger:
    """A `Ledger`; every entry is a transaction of its own, so that no failure takes it back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, endpoint: str, now: datetime) -> None:
        async with self._database.write() as db:
            await spotify_quota.count(db, endpoint, now)

    async def used(self, endpoint: str, now: datetime) -> int:
        async with self._database.read() as db:
            return await spotify_quota.used(db, endpoint, now)

    async def pause(self, until: datetime, reason: str) -> None:
        async with self._database.write() as db:
            await spotify_quota.pause(db, until, reason)

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        async with self._database.read() as db:
            return await spotify_quota.paused(db, now)


log = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


async def open_spotify(
    settings: Settings,
    database: Database,
    *,
    http: httpx.AsyncClient | None = None,
    clock: Callable[[], datetime] = _now,
) -> Spotify:
    """Nothing is asked of Spotify, and no key is made, before somebody signs in.

    A list of the owner that cannot be read, or a database that does not answer, is logged: the
    server starts all the same. `clock` tells UTC.
    """
    http_client = http or httpx.AsyncClient()
    addresses = endpoints_of(settings)
    budget = Budget(
        StoredLedger(database), searches_per_day=settings.spotify_searches_per_day, clock=clock
    )
    transport = Transport(http_client, addresses, budget, clock=clock)
    client, search_cache = SpotifyClient(transport), SearchCache()

    def gone(session_id: int) -> None:
        search_cache.forget(session_id)
        client.forget(person_of(session_id))

    def all_gone() -> None:
        search_cache.forget_all()
        client.forget()

    accounts = Accounts(
        database,
        TokenCipher(settings.data_dir / KEY_FILE),
        await _client_id(settings, database, all_gone),
        TokenEndpoint(http_client, addresses, client.me),
        gone=gone,
    )
    return Spotify(
        accounts=accounts,
        service=SpotifyService(client, accounts, Recipes.shipped(), database, search_cache),
        addresses=addresses,
        allowance=lambda now: _allowance(budget),
        curated=await anyio.to_thread.run_sync(_curated, settings.spotify_curated),
        transport=transport,
        gone=gone,
        own_http=http_client if http is None else None,
    )


def endpoints_of(settings: Settings) -> SpotifyEndpoints:
    """Spotify's own addresses, or those of the stand-in where the settings name one."""
    sandbox = settings.spotify_sandbox
    return SpotifyEndpoints.stand_in(sandbox) if sandbox else SpotifyEndpoints.real()


async def _allowance(budget: Budget) -> Allowance:
    until, reason = await budget.pause() or (None, None)
    return Allowance(until, reason, await budget.searches_left())


async def _client_id(
    settings: Settings, database: Database, changed: Callable[[], None]
) -> ClientId:
    client = ClientId(database, settings.spotify_client_id, changed=changed)
    try:
        await client.find()
    except StoreUnavailable as error:
        log.error("no client id of Spotify: %s", error.in_full)
    return client


def _curated(file: Path | None) -> tuple[Curated, ...]:
    try:
        return read_curated(file)
    except SpotifyCuratedInvalid as error:
        log.error("no list of Spotify items: %s", error.in_full)
        return ()
