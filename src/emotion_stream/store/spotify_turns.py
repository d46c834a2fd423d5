"""Whose turn it is among the recipes for an emotion and a goal, in one session."""

from __future__ import annotations

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import SessionRow, SpotifyTurnRow


async def take(db: Transaction, session_id: int, emotion: str, goal: str) -> int:
    """The turn that has come, 0 first; the next call gets the one after.

    A session that has been deleted meanwhile begins at 0 each time, and nothing is kept.
    """
    if await db.get(SessionRow, session_id, with_for_update=True) is None:
        return 0
    row = await db.get(SpotifyTurnRow, (session_id, emotion, goal), populate_existing=True)
    if row is None:
        db.add(SpotifyTurnRow(session_id=session_id, emotion=emotion, goal=goal, turn=1))
        await db.flush()
        return 0
    turn = row.turn
    row.turn = turn + 1
    await db.flush()
    return turn
