"""The budget's ledger in the database, so that a restart forgets no call and no pause."""

from __future__ import annotations

from datetime import datetime

from emotion_stream.store import Database, spotify_calls


class StoredLedger:
    """Shared by all servers on one database. Every method raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, endpoint: str, now: datetime) -> None:
        async with self._database.write() as db:
            await spotify_calls.count(db, endpoint, now=now)

    async def used(self, endpoint: str, now: datetime) -> int:
        async with self._database.read() as db:
            return await spotify_calls.used(db, endpoint, now=now)

    async def free_at(self, endpoint: str, now: datetime) -> datetime | None:
        async with self._database.read() as db:
            return await spotify_calls.free_at(db, endpoint, now=now)

    async def pause(self, until: datetime, reason: str) -> None:
        async with self._database.write() as db:
            await spotify_calls.pause(db, until=until, reason=reason)

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        async with self._database.read() as db:
            return await spotify_calls.paused(db, now=now)
