"""A migrated database of each kind."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from emotion_stream.store import Database
from tests.migrated import migrated


@pytest.fixture
async def database(database_url: str, anyio_backend: str) -> AsyncIterator[Database]:
    await migrated(database_url)
    database = Database(database_url)
    yield database
    await database.close()
