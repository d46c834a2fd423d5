"""Plays are kept with the reading they followed, and outlive it."""

from __future__ import annotations

from datetime import datetime

import pytest

from emotion_stream.errors import NotFound
from emotion_stream.store import (
    Database,
    PlayEvent,
    StoredPlay,
    Transaction,
    plays,
    readings,
    sessions,
)

from .moments import NOON, later, sad_reading

pytestmark = pytest.mark.anyio


async def new_session(db: Transaction) -> int:
    session, _ = await sessions.agree(db, None, history=True, now=NOON)
    return session.id


async def play(
    db: Transaction, owner: int, *, now: datetime = NOON, reading_id: str | None = None
) -> StoredPlay:
    return await plays.keep(
        db,
        owner,
        provider="starter",
        item_id="dawn",
        title="Dawn\x00",
        event=PlayEvent.SKIPPED,
        position_s=12.5,
        reading_id=reading_id,
        now=now,
    )


async def test_plays_come_back_newest_first_and_limited(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        kept = [await play(db, owner, now=later(minute)) for minute in (0, 2, 1)]
    async with database.read() as db:
        assert await plays.newest(db, owner, 2) == [kept[1], kept[2]]
    assert kept[0].title == "Dawn "
    assert kept[0].event is PlayEvent.SKIPPED


async def test_a_play_outlives_its_reading(database: Database) -> None:
    async with database.write() as db:
        owner = await new_session(db)
        kept = await readings.keep(db, owner, sad_reading(), file=None, now=NOON)
        made = await play(db, owner, reading_id=kept.id)
        assert made.reading_id == kept.id
    async with database.write() as db:
        await readings.remove(db, owner, kept.id)
    async with database.read() as db:
        assert [found.reading_id for found in await plays.newest(db, owner, 9)] == [None]


async def test_a_play_cannot_name_a_reading_of_another_session(database: Database) -> None:
    async with database.write() as db:
        owner, stranger = await new_session(db), await new_session(db)
        kept = await readings.keep(db, owner, sad_reading(), file=None, now=NOON)
        with pytest.raises(NotFound):
            await play(db, stranger, reading_id=kept.id)
