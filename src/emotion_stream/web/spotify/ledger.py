"""The counters and the pause of Spotify, in the database that all processes share."""

from __future__ import annotations

from datetime import datetime

from emotion_stream.store import Database, spotify_quota


class StoredLedger:
    """A `Ledger`; every entry is a transaction of its own, so that no failure takes it back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, endpoint: str, now: datetime) -> None:
        async with self._database.write() as db:
            await spotify_quota.count(db, endpoint, now)

    async def used(self, endpoint: str, now: datetime) -> int:
        async with self._database.read() as db:
            return await spotify_quota.used(db, endpoint, now)

    async def pause(self, until: datetime, reason: str) -> None:
        async with self._database.write() as db:
            await spotify_quota.pause(db, until, reason)

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        async with self._database.read() as db:
            return await spotify_quota.paused(db, now)
