"""Accounts on a real database of each kind, with Spotify's side of the sign-in in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from emotion_stream.music.spotify import models
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import Person
from emotion_stream.store import Database, sessions
from emotion_stream.store.encryption import KEY_FILE, TokenCipher
from emotion_stream.web.spotify.accounts import Accounts, ClientId, TokenEndpoint
from tests.migrated import migrated
from tests.store.moments import NOON
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

CLIENT_ID = "0123456789abcdef"
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def endpoint() -> FakeTokenEndpoint:
    return FakeTokenEndpoint()


@pytest.fixture
async def database(database_url: str, anyio_backend: str) -> AsyncIterator[Database]:
    await migrated(database_url)
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def accounts_of(
    endpoint: FakeTokenEndpoint, tmp_path: Path, anyio_backend: str
) -> AsyncIterator[Callable[[Database], Accounts]]:
    """Another process each time, with the same key and the same Spotify."""
    http = endpoint.client()
    addresses = SpotifyEndpoints.real()

    async def who(token: str) -> Person:
        answer = await http.get(f"{addresses.api}/me")
        return models.person(answer.json())

    def make(database: Database) -> Accounts:
        return Accounts(
            database,
            TokenCipher(tmp_path / KEY_FILE),
            ClientId(database, CLIENT_ID),
            TokenEndpoint(http, addresses, who),
        )

    yield make
    await http.aclose()


@pytest.fixture
def accounts(accounts_of: Callable[[Database], Accounts], database: Database) -> Accounts:
    return accounts_of(database)


@pytest.fixture
async def session_id(database: Database) -> int:
    async with database.write() as db:
        session, _ = await sessions.begin(db, NOON)
    return session.id
