"""Readings that a session keeps, and the person's corrections of them."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import defer

from emotion_stream.emotions import (
    EMOTIONS,
    Affect,
    Emotion,
    Moment,
    Quality,
    Reading,
    Scores,
)
from emotion_stream.errors import NotFound
from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import CorrectionRow, JsonText, ReadingRow
from emotion_stream.store.text import shortened

ID_FORM = re.compile(r"r_[\w-]{1,30}", re.ASCII)


@dataclass(frozen=True)
class StoredReading:
    """A reading with what it got when it was kept. `file` is the name the person gave it."""

    id: str
    created_at: datetime
    file: str | None
    reading: Reading
    correction: Emotion | None = None


async def keep(
    db: Transaction, session_id: int, reading: Reading, *, file: str | None, now: datetime
) -> StoredReading:
    """Add a reading to the history of a session."""
    new_id = f"r_{secrets.token_urlsafe(16)}"
    shown = None if file is None else shortened(file, 255)
    # Hours of speech are megabytes of JSON: the event loop goes on while a thread writes them.
    columns = await asyncio.to_thread(_columns, reading)
    await db.execute(
        insert(ReadingRow).values(
            id=new_id, session_id=session_id, created_at=now, file=shown, **columns
        )
    )
    return StoredReading(new_id, now, shown, reading)


async def newest(db: Transaction, session_id: int, limit: int) -> list[StoredReading]:
    """The latest readings first, without their timelines and waveforms."""
    query = (
        _with_corrections()
        .where(ReadingRow.session_id == session_id)
        .order_by(ReadingRow.created_at.desc(), ReadingRow.id)
        .limit(limit)
        .options(defer(ReadingRow.timeline), defer(ReadingRow.waveform))
    )
    found = await db.execute(query)
    return [_stored(row, said, timeline=(), waveform=()) for row, said in found]


async def get(db: Transaction, session_id: int, reading_id: str) -> StoredReading:
    """One reading of this session. Raises NotFound, also for a reading of another session."""
    await check(db, session_id, reading_id)
    query = _with_corrections().where(ReadingRow.id == reading_id)
    row, said = (await db.execute(query)).one()
    return await asyncio.to_thread(_stored, row, said, timeline=row.timeline, waveform=row.waveform)


async def check(db: Transaction, session_id: int, reading_id: str) -> None:
    """Raises NotFound where the session has no such reading."""
    found = None
    if ID_FORM.fullmatch(reading_id):  # PostgreSQL refuses a NUL even in a question
        query = select(ReadingRow.id).where(
            ReadingRow.id == reading_id, ReadingRow.session_id == session_id
        )
        found = await db.scalar(query)
    if found is None:
        raise NotFound(f"There is no reading {shortened(reading_id, 40)} in this session.")


async def remove(db: Transaction, session_id: int, reading_id: str) -> None:
    """Delete one reading of this session with its correction. Raises NotFound."""
    await check(db, session_id, reading_id)
    await db.execute(delete(ReadingRow).where(ReadingRow.id == reading_id))


async def correct(
    db: Transaction, session_id: int, reading_id: str, emotion: Emotion | None, *, now: datetime
) -> None:
    """Set what the person says it was, or take it back with None. Raises NotFound."""
    await check(db, session_id, reading_id)
    await db.execute(delete(CorrectionRow).where(CorrectionRow.reading_id == reading_id))
    if emotion is not None:
        db.add(CorrectionRow(reading_id=reading_id, emotion=emotion.value, created_at=now))
    await db.flush()


def _with_corrections() -> Select[ReadingRow, CorrectionRow]:
    return select(ReadingRow, CorrectionRow).outerjoin(
        CorrectionRow, CorrectionRow.reading_id == ReadingRow.id
    )


def _columns(reading: Reading) -> dict[str, object]:
    return {
        "start_s": reading.start_s,
        "end_s": reading.end_s,
        "emotion": reading.emotion and reading.emotion.value,
        "quality": reading.quality.as_dict(),
        "timeline": JsonText(json.dumps([moment.as_dict() for moment in reading.timeline])),
        "waveform": list(reading.waveform),
        **_score_columns(reading),
    }


def _score_columns(reading: Reading) -> dict[str, float]:
    columns = {} if reading.scores is None else reading.scores.as_dict()
    if reading.affect is not None:
        affect = reading.affect
        columns |= {"valence": affect.valence, "arousal": affect.arousal, "spread": affect.spread}
    return columns


def _stored(
    row: ReadingRow,
    said: CorrectionRow | None,
    *,
    timeline: Sequence[Mapping[str, Any]],
    waveform: Sequence[float],
) -> StoredReading:
    reading = Reading(
        start_s=row.start_s,
        end_s=row.end_s,
        scores=_scores(row),
        emotion=None if row.emotion is None else Emotion(row.emotion),
        quality=Quality.from_dict(row.quality),
        affect=_affect(row),
        timeline=tuple(map(Moment.from_dict, timeline)),
        waveform=tuple(waveform),
    )
    correction = None if said is None else Emotion(said.emotion)
    return StoredReading(row.id, row.created_at, row.file, reading, correction)


def _scores(row: ReadingRow) -> Scores | None:
    values = [getattr(row, emotion.value) for emotion in EMOTIONS]
    return None if None in values else Scores(tuple(values))


def _affect(row: ReadingRow) -> Affect | None:
    if row.valence is None or row.arousal is None or row.spread is None:
        return None
    return Affect(row.valence, row.arousal, row.spread)
