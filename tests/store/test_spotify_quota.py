"""Counting calls and pausing, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from emotion_stream.store import Database, spotify_quota

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 25, 12, 3, tzinfo=UTC)


async def count(database: Database, endpoint: str, now: datetime) -> None:
    async with database.write() as db:
        await spotify_quota.count(db, endpoint, now)


async def used(database: Database, endpoint: str, now: datetime) -> int:
    async with database.read() as db:
        return await spotify_quota.used(db, endpoint, now)


async def test_calls_are_counted_by_endpoint_for_a_rolling_day(database: Database) -> None:
    for minutes in (0, 1, 30):
        await count(database, "search", NOON + timedelta(minutes=minutes))
    await count(database, "me", NOON)
    assert await used(database, "search", NOON + timedelta(hours=1)) == 3
    assert await used(database, "me", NOON) == 1
    assert await used(database, "search", NOON + timedelta(hours=24, minutes=25)) == 1
    assert await used(database, "search", NOON + timedelta(hours=25)) == 0


async def test_calls_at_the_same_time_are_all_counted(database: Database) -> None:
    await asyncio.gather(*(count(database, "search", NOON) for _ in range(12)))
    assert await used(database, "search", NOON) == 12


async def test_what_is_a_day_old_is_dropped(database: Database) -> None:
    await count(database, "search", NOON)
    await count(database, "me", NOON + timedelta(days=2))
    assert await used(database, "search", NOON) == 0


async def test_the_later_end_of_two_pauses_holds(database: Database) -> None:
    for hours, reason in ((3, "long"), (1, "short")):
        async with database.write() as db:
            await spotify_quota.pause(db, NOON + timedelta(hours=hours), reason)
    async with database.read() as db:
        assert await spotify_quota.paused(db, NOON) == (NOON + timedelta(hours=3), "long")
        assert await spotify_quota.paused(db, NOON + timedelta(hours=3)) is None
