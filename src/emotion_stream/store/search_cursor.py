"""How often a session asked for an emotion and a goal: so that the next list is another one."""

from __future__ import annotations

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import SpotifyTurnRow


async def take(db: Transaction, session_id: int, emotion: Emotion, goal: Goal) -> int:
    """Count one more turn, and return how many there were before it.

    The session must be locked (`sessions.hold`): then two that ask at once take different turns.
    """
    key = (session_id, emotion.value, goal.value)
    row = await db.get(SpotifyTurnRow, key, populate_existing=True)
    if row is None:
        row = SpotifyTurnRow(session_id=session_id, emotion=key[1], goal=key[2], turn=0)
        db.add(row)
    turn = row.turn
    row.turn = turn + 1
    await db.flush()
    return turn
