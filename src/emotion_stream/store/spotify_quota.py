"""How much of Spotify's quota was used, and until when it is left alone: for all processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import SpotifyCallRow, SpotifyPauseRow

SLOT = timedelta(minutes=10)  # one row for many calls: a day is 144 of each kind
WINDOW = timedelta(hours=24)
_ONE_PAUSE = 1


async def count(db: Transaction, endpoint: str, now: datetime) -> None:
    """One more call; two at once are both counted. What is older than a day is dropped."""
    await db.execute(delete(SpotifyCallRow).where(SpotifyCallRow.slot_at <= now - WINDOW - SLOT))
    values = {"endpoint": endpoint, "slot_at": _slot(now), "calls": 1}
    insert = _insert(db, SpotifyCallRow)
    await db.execute(
        insert.values(**values).on_conflict_do_update(
            index_elements=["endpoint", "slot_at"], set_={"calls": SpotifyCallRow.calls + 1}
        )
    )


async def used(db: Transaction, endpoint: str, now: datetime) -> int:
    """Calls within the last 24 hours, to ten minutes, too many rather than too few."""
    query = select(func.coalesce(func.sum(SpotifyCallRow.calls), 0)).where(
        SpotifyCallRow.endpoint == endpoint, SpotifyCallRow.slot_at > now - WINDOW - SLOT
    )
    return int((await db.scalars(query)).one())


async def pause(db: Transaction, until: datetime, reason: str) -> None:
    """Leave Spotify alone until then; a pause that ends later stays."""
    insert = _insert(db, SpotifyPauseRow).values(id=_ONE_PAUSE, until=until, reason=reason[:200])
    later = insert.excluded.until > SpotifyPauseRow.until
    await db.execute(
        insert.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "until": case((later, insert.excluded.until), else_=SpotifyPauseRow.until),
                "reason": case((later, insert.excluded.reason), else_=SpotifyPauseRow.reason),
            },
        )
    )


async def paused(db: Transaction, now: datetime) -> tuple[datetime, str] | None:
    """End and reason of the pause, None where it is over."""
    row = await db.get(SpotifyPauseRow, _ONE_PAUSE, populate_existing=True)
    return None if row is None or row.until <= now else (row.until, row.reason)


def _slot(now: datetime) -> datetime:
    return now.replace(minute=now.minute - now.minute % 10, second=0, microsecond=0)


def _insert(
    db: Transaction, table: type[SpotifyCallRow] | type[SpotifyPauseRow]
) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows ON CONFLICT, which both databases have and the standard has not."""
    dialect = db.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
