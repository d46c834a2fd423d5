"""Turns count up for each emotion and goal of a session, and go with it."""

from __future__ import annotations

import pytest

from emotion_stream.store import Database, sessions, spotify_turns

from .moments import NOON

pytestmark = pytest.mark.anyio


async def new_session(database: Database) -> tuple[int, str]:
    async with database.write() as db:
        session, token = await sessions.agree(db, None, history=False, now=NOON)
    return session.id, token


async def take(database: Database, session_id: int, emotion: str, goal: str) -> int:
    async with database.write() as db:
        return await spotify_turns.take(db, session_id, emotion, goal)


async def test_each_emotion_and_goal_has_its_own_turn(database: Database) -> None:
    first, _ = await new_session(database)
    second, _ = await new_session(database)
    assert [await take(database, first, "sadness", "lift") for _ in range(3)] == [0, 1, 2]
    assert await take(database, first, "sadness", "calm") == 0
    assert await take(database, first, "anger", "lift") == 0
    assert await take(database, second, "sadness", "lift") == 0


async def test_a_session_that_is_gone_keeps_nothing(database: Database) -> None:
    session_id, token = await new_session(database)
    await take(database, session_id, "sadness", "lift")
    async with database.write() as db:
        await sessions.forget(db, token)
    assert [await take(database, session_id, "sadness", "lift") for _ in range(2)] == [0, 0]
