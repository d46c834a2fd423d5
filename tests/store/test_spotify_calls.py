"""Calls of Spotify are counted without loss for a day, and a pause outlives a restart."""

from __future__ import annotations

from datetime import timedelta

import anyio
import pytest
from sqlalchemy import text

from emotion_stream.store import Database, spotify_calls

from .moments import NOON, NOON_IN_INDIA, later

pytestmark = pytest.mark.anyio


async def rows(database: Database) -> int:
    async with database.read() as db:
        return int((await db.execute(text("SELECT count(*) FROM spotify_calls"))).scalar_one())


async def counted(database: Database, *minutes: float, endpoint: str = "search") -> None:
    for minute in minutes:
        async with database.write() as db:
            await spotify_calls.count(db, endpoint, now=later(minute))


async def used(database: Database, minute: float, endpoint: str = "search") -> int:
    async with database.read() as db:
        return await spotify_calls.used(db, endpoint, now=later(minute))


async def test_calls_that_are_counted_at_once_are_all_counted(database: Database) -> None:
    async with anyio.create_task_group() as group:
        for number in range(40):
            group.start_soon(counted, database, number % 2 * 10)
    assert await used(database, 20) == 40
    assert await rows(database) == 2


async def test_each_endpoint_has_its_own_count(database: Database) -> None:
    await counted(database, 0, 1)
    await counted(database, 0, endpoint="me")
    assert (await used(database, 5), await used(database, 5, "me")) == (2, 1)
    assert await used(database, 5, "play") == 0


async def test_calls_leave_after_a_day_at_the_time_that_was_told(database: Database) -> None:
    await counted(database, 4, 15)
    async with database.read() as db:
        free_at = await spotify_calls.free_at(db, "search", now=later(60))
        assert await spotify_calls.free_at(db, "me", now=later(60)) is None
    assert free_at == later(24 * 60 + 10)
    assert await used(database, 24 * 60 + 9.9) == 2
    assert await used(database, 24 * 60 + 10) == 1
    assert await used(database, 24 * 60 + 20) == 0


async def test_old_slots_are_deleted_with_a_new_one_and_only_of_the_endpoint(
    database: Database,
) -> None:
    await counted(database, 0, 11)
    await counted(database, 0, endpoint="me")
    await counted(database, 24 * 60 + 10)
    assert await rows(database) == 3


async def test_the_zone_of_the_clock_does_not_matter(database: Database) -> None:
    async with database.write() as db:
        await spotify_calls.count(db, "search", now=NOON)
        await spotify_calls.count(db, "search", now=NOON_IN_INDIA)
        assert await spotify_calls.used(db, "search", now=NOON_IN_INDIA) == 2
    assert await rows(database) == 1


async def test_calls_of_a_clock_that_was_ahead_are_not_counted(database: Database) -> None:
    await counted(database, 365 * 24 * 60)
    assert await used(database, 0) == 0


async def test_a_pause_ends_and_the_longer_one_stays(database: Database) -> None:
    async with database.write() as db:
        assert await spotify_calls.paused(db, now=NOON) is None
        await spotify_calls.pause(db, until=later(60), reason="Quota.")
        await spotify_calls.pause(db, until=later(1), reason="Too often.")
    async with database.read() as db:
        assert await spotify_calls.paused(db, now=NOON) == (later(60), "Quota.")
        assert await spotify_calls.paused(db, now=later(60)) is None
    async with database.write() as db:
        await spotify_calls.pause(db, until=later(90), reason="x" * 500)
    async with database.read() as db:
        until, reason = await spotify_calls.paused(db, now=NOON) or (NOON, "")
        assert (until, len(reason)) == (later(90), 200)


async def test_a_pause_of_a_clock_that_was_ahead_gives_way(database: Database) -> None:
    async with database.write() as db:
        await spotify_calls.pause(db, until=NOON + timedelta(days=400), reason="Wrong.")
        await spotify_calls.pause(db, until=later(5), reason="Right.")
        db.expunge_all()
        assert await spotify_calls.paused(db, now=NOON) == (later(5), "Right.")
