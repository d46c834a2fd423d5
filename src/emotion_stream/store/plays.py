"""What a session has played, for its history and for the next list."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from emotion_stream.store import readings
from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import PlayRow
from emotion_stream.store.text import shortened


class PlayEvent(StrEnum):
    STARTED = "started"
    FINISHED = "finished"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class StoredPlay:
    """`position_s` is where in the item it happened."""

    id: str
    created_at: datetime
    provider: str
    item_id: str
    title: str
    event: PlayEvent
    position_s: float
    reading_id: str | None


async def keep(
    db: Transaction,
    session_id: int,
    *,
    provider: str,
    item_id: str,
    title: str,
    event: PlayEvent,
    position_s: float,
    reading_id: str | None,
    now: datetime,
) -> StoredPlay:
    """Add a play to the history. Raises NotFound where the reading is not of this session."""
    if reading_id is not None:
        await readings.check(db, session_id, reading_id)
    row = PlayRow(
        id=f"p_{secrets.token_urlsafe(16)}",
        session_id=session_id,
        reading_id=reading_id,
        created_at=now,
        provider=provider,
        item_id=item_id,
        title=shortened(title, 500),
        event=event.value,
        position_s=position_s,
    )
    db.add(row)
    await db.flush()
    return _play(row)


async def newest(db: Transaction, session_id: int, limit: int) -> list[StoredPlay]:
    """The latest plays first."""
    query = (
        select(PlayRow)
        .where(PlayRow.session_id == session_id)
        .order_by(PlayRow.created_at.desc(), PlayRow.id)
        .limit(limit)
    )
    return [_play(row) for row in await db.scalars(query)]


def _play(row: PlayRow) -> StoredPlay:
    return StoredPlay(
        row.id,
        row.created_at,
        row.provider,
        row.item_id,
        row.title,
        PlayEvent(row.event),
        row.position_s,
        row.reading_id,
    )
