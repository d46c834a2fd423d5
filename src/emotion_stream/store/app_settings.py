"""Choices made in the page that outlive a restart, such as the music folder."""

from __future__ import annotations

from datetime import datetime

from emotion_stream.store.database import Transaction
from emotion_stream.store.tables import AppSettingRow

MUSIC_FOLDER = "music_folder"


async def get(db: Transaction, key: str) -> str | None:
    row = await db.get(AppSettingRow, key)
    return None if row is None else row.value


async def put(db: Transaction, key: str, value: str, *, now: datetime) -> None:
    await db.merge(AppSettingRow(key=key, value=value, updated_at=now))
    await db.flush()


async def remove(db: Transaction, key: str) -> None:
    row = await db.get(AppSettingRow, key)
    if row is not None:
        await db.delete(row)
        await db.flush()
