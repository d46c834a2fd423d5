"""Choices made in the page outlive a restart."""

from __future__ import annotations

import pytest

from emotion_stream.store import Database, app_settings
from tests.store.moments import NOON, later

pytestmark = pytest.mark.anyio


async def test_a_choice_is_put_changed_and_removed(database: Database) -> None:
    async with database.write() as db:
        assert await app_settings.get(db, "folder") is None
        await app_settings.put(db, "folder", "/music", now=NOON)
    async with database.write() as db:
        assert await app_settings.get(db, "folder") == "/music"
        await app_settings.put(db, "folder", "/müsic/🎵", now=later(1))
    async with database.write() as db:
        assert await app_settings.get(db, "folder") == "/müsic/🎵"
        await app_settings.remove(db, "folder")
        await app_settings.remove(db, "folder")
        assert await app_settings.get(db, "folder") is None
