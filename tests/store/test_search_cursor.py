"""Turns are counted per session, emotion and goal, and go with the session."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.store import Database, Transaction, search_cursor, sessions
from emotion_stream.store.tables import SpotifyTurnRow
from tests.store.moments import NOON

pytestmark = pytest.mark.anyio


async def take(db: Transaction, owner: int, emotion: Emotion = Emotion.SADNESS) -> int:
    assert await sessions.hold(db, owner)
    return await search_cursor.take(db, owner, emotion, Goal.LIFT)


async def test_each_turn_is_taken_once(database: Database) -> None:
    async with database.write() as db:
        one, _ = await sessions.agree(db, None, history=False, now=NOON)
        other, _ = await sessions.agree(db, None, history=False, now=NOON)
        assert [await take(db, one.id) for _ in range(3)] == [0, 1, 2]
    async with database.write() as db:
        assert await take(db, one.id) == 3
        assert await take(db, one.id, Emotion.CALM) == 0
        assert await take(db, other.id) == 0


async def test_turns_go_with_the_session(database: Database) -> None:
    async with database.write() as db:
        session, token = await sessions.agree(db, None, history=False, now=NOON)
        await take(db, session.id)
    async with database.write() as db:
        await sessions.forget(db, token)
        assert await db.scalar(select(func.count()).select_from(SpotifyTurnRow)) == 0
        assert not await sessions.hold(db, session.id)
