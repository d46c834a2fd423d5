"""Sessions: who agreed to what, without knowing who it is."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import PlayRow, ReadingRow, SessionRow

HIGHEST_ID = 2**62  # fits a signed column of 64 bits


@dataclass(frozen=True)
class Session:
    """`id` is the row number, for the other queries; it never leaves the server."""

    id: int
    created_at: datetime
    analyse: bool
    history: bool


async def find(db: Transaction, token: str | None) -> Session | None:
    """The session of a cookie, None where there is none."""
    row = await _row(db, token)
    return None if row is None else _session(row)


async def lock(db: Transaction, token: str | None) -> Session | None:
    """As `find`, and nobody else changes the session before this transaction ends.

    Every writing transaction begins with it: what a consent allows is then still allowed when it is
    written, and two that write for one session take turns (on SQLite all writers do).
    """
    row = await _row(db, token, lock=True)
    return None if row is None else _session(row)


async def begin(db: Transaction, now: datetime) -> tuple[Session, str]:
    """A new session without any consent, and the value of its cookie."""
    row, token = _new(now)
    db.add(row)
    await db.flush()
    return _session(row), token


async def hold(db: Transaction, session_id: int) -> bool:
    """As `lock`, by row number; False where the session has been deleted."""
    query = select(SessionRow.id).where(SessionRow.id == session_id).with_for_update()
    return await db.scalar(query) is not None


async def agree(
    db: Transaction, token: str | None, *, history: bool, now: datetime
) -> tuple[Session, str]:
    """Record the consents, in a new session where the cookie belongs to none.

    Returns the session and the value of its cookie. Turning history off deletes what was kept.
    """
    row = await _row(db, token, lock=True)
    if row is None or token is None:
        # A value that the client made up is never adopted (session fixation).
        row, token = _new(now)
        db.add(row)
    if row.analyse_consent_at is None:
        row.analyse_consent_at = now
    if not history:
        row.history_consent_at = None
        await _forget_history(db, row.id)
    elif row.history_consent_at is None:
        row.history_consent_at = now
    await db.flush()
    return _session(row), token


async def forget(db: Transaction, token: str | None) -> int | None:
    """Delete the session and, by cascade, everything that hangs on it.

    Returns its row number, None where there was none.
    """
    session = await lock(db, token)
    if session is None:
        return None
    await db.execute(delete(SessionRow).where(SessionRow.id == session.id))
    return session.id


def _new(now: datetime) -> tuple[SessionRow, str]:
    token = secrets.token_urlsafe(32)
    # SQLite gives the number of a deleted row to the next one, and what is still under way for the
    # old session would then be taken for the new one.
    number = 1 + secrets.randbelow(HIGHEST_ID)
    return SessionRow(id=number, token_hash=_hashed(token), created_at=now), token


async def _forget_history(db: Transaction, session_id: int | None) -> None:
    await db.execute(delete(PlayRow).where(PlayRow.session_id == session_id))
    await db.execute(delete(ReadingRow).where(ReadingRow.session_id == session_id))


async def _row(db: Transaction, token: str | None, *, lock: bool = False) -> SessionRow | None:
    if token is None:
        return None
    query = select(SessionRow).where(SessionRow.token_hash == _hashed(token))
    if lock:
        # Read anew: what the transaction has in memory may be of before the lock was given.
        query = query.with_for_update().execution_options(populate_existing=True)
    return (await db.scalars(query)).one_or_none()


def _hashed(token: str) -> str:
    # The token is 256 random bits: a slow hash would protect nothing more.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _session(row: SessionRow) -> Session:
    return Session(
        row.id,
        row.created_at,
        analyse=row.analyse_consent_at is not None,
        history=row.history_consent_at is not None,
    )
