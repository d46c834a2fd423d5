"""What happens to a reading when the consent or the database goes while it is being made."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx
import pytest

from emotion_stream.emotions import Reading
from emotion_stream.settings import Settings
from emotion_stream.store import Database, sessions

from .conftest import Running
from .hearing import Hearing

pytestmark = pytest.mark.anyio


@dataclass
class Interrupted(Hearing):
    """Something happens while it listens."""

    meanwhile: Callable[[], None] = lambda: None

    def analyze(
        self, source: BinaryIO, *, max_duration_s: float, progress: Callable[[float], None]
    ) -> Reading:
        self.meanwhile()
        return super().analyze(source, max_duration_s=max_duration_s, progress=progress)


async def agree_and_upload(client: httpx.AsyncClient) -> httpx.Response:
    await client.put("/api/v1/session", json={"analyse": True, "history": True})
    return await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})


async def test_a_session_deleted_meanwhile_keeps_nothing(
    running: Running, settings: Settings
) -> None:
    hearing = Interrupted()
    async with running(recognizer=hearing) as client:

        def leave() -> None:
            asyncio.run(forget(settings, client.cookies["es_session"]))

        hearing.meanwhile = leave
        answer = await agree_and_upload(client)
        assert (answer.status_code, answer.json()["id"]) == (200, None)
        assert (await client.get("/api/v1/session")).json()["readings"] == []


async def test_a_database_lost_meanwhile_costs_the_history_and_not_the_reading(
    running: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def lose_tables() -> None:
        with sqlite3.connect(tmp_path / "emotion-stream.sqlite3") as direct:
            for table in ("plays", "corrections", "readings"):
                direct.execute(f"DROP TABLE {table}")
        direct.close()

    async with running(recognizer=Interrupted(meanwhile=lose_tables)) as client:
        answer = await agree_and_upload(client)
    assert (answer.status_code, answer.json()["id"]) == (200, None)
    assert answer.json()["emotion"] == "sadness"
    assert "could not be kept" in caplog.text


async def forget(settings: Settings, token: str) -> None:
    database = Database(settings.resolved_database_url)
    async with database.write() as db:
        await sessions.forget(db, token)
    await database.close()
