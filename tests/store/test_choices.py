"""Choices made in the page outlive a restart."""

from __future__ import annotations

import pytest

from emotion_stream.store import Database, choices

from .moments import NOON, later

pytestmark = pytest.mark.anyio


async def test_a_choice_is_put_changed_and_removed(database: Database) -> None:
    async with database.write() as db:
        assert await choices.get(db, "folder") is None
        await choices.put(db, "folder", "/music", now=NOON)
    async with database.write() as db:
        assert await choices.get(db, "folder") == "/music"
        await choices.put(db, "folder", "/müsic/🎵", now=later(1))
    async with database.write() as db:
        assert await choices.get(db, "folder") == "/müsic/🎵"
        await choices.remove(db, "folder")
        await choices.remove(db, "folder")
        assert await choices.get(db, "folder") is None
