"""How often Spotify was called within a day, and until when it is left alone.

Calls are counted in slots of ten minutes, so that a day is 145 rows for an endpoint at most. Both
writes are one statement: replicas that count at the same moment lose nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import SpotifyCallRow, SpotifyPauseRow
from emotion_stream.store.words import shortened

SLOT = timedelta(minutes=10)
KEPT = timedelta(hours=24)
ONLY_PAUSE = 1


async def count(db: Transaction, endpoint: str, *, now: datetime) -> None:
    """Add one call at `now`; what is older than a day is deleted when a slot begins."""
    calls = await db.scalar(
        _insert(db)(SpotifyCallRow)
        .values(endpoint=endpoint, slot_at=_slot_of(now), calls=1)
        .on_conflict_do_update(
            index_elements=[SpotifyCallRow.endpoint, SpotifyCallRow.slot_at],
            set_={"calls": SpotifyCallRow.calls + 1},
        )
        .returning(SpotifyCallRow.calls)
    )
    if calls == 1:
        # Only the rows of this endpoint, whose newest row is held: nobody waits crosswise.
        await db.execute(
            delete(SpotifyCallRow).where(
                SpotifyCallRow.endpoint == endpoint, SpotifyCallRow.slot_at <= now - SLOT - KEPT
            )
        )


async def used(db: Transaction, endpoint: str, *, now: datetime) -> int:
    """Calls within the last 24 hours; up to ten minutes more are counted, never fewer."""
    query = select(func.coalesce(func.sum(SpotifyCallRow.calls), 0)).where(
        *_within_a_day(endpoint, now)
    )
    return int(await db.scalar(query) or 0)


async def free_at(db: Transaction, endpoint: str, *, now: datetime) -> datetime | None:
    """When the oldest slot that `used` counts is counted no longer; None where it counts none."""
    oldest = await db.scalar(
        select(func.min(SpotifyCallRow.slot_at)).where(*_within_a_day(endpoint, now))
    )
    return None if oldest is None else oldest + SLOT + KEPT


async def pause(db: Transaction, *, until: datetime, reason: str) -> None:
    """Write a pause down; a longer one that stands already stays.

    One that is longer by more than a day was written while a clock was wrong, and goes.
    """
    insert = _insert(db)(SpotifyPauseRow).values(
        id=ONLY_PAUSE, until=until, reason=shortened(reason, 200)
    )
    await db.execute(
        insert.on_conflict_do_update(
            index_elements=[SpotifyPauseRow.id],
            set_={"until": insert.excluded.until, "reason": insert.excluded.reason},
            where=or_(SpotifyPauseRow.until < until, SpotifyPauseRow.until > until + KEPT),
        )
    )


async def paused(db: Transaction, *, now: datetime) -> tuple[datetime, str] | None:
    """Until when, and why; None where no pause lasts at `now`."""
    row = await db.get(SpotifyPauseRow, ONLY_PAUSE)
    return None if row is None or row.until <= now else (row.until, row.reason)


def _insert(db: Transaction) -> type[sqlite.Insert] | type[postgresql.Insert]:
    """The statement of the dialect: both have ON CONFLICT, the common one has not."""
    return sqlite.Insert if db.get_bind().dialect.name == "sqlite" else postgresql.Insert


def _slot_of(now: datetime) -> datetime:
    return now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % SLOT


def _within_a_day(endpoint: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Slots from the future, of a clock that was wrong, are not counted."""
    return (
        SpotifyCallRow.endpoint == endpoint,
        SpotifyCallRow.slot_at > now - SLOT - KEPT,
        SpotifyCallRow.slot_at <= now + SLOT,
    )
