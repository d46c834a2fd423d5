"""What happens to a reading when the consent or the database goes while it is being made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import anyio
import httpx
import pytest
from sqlalchemy import text

from emotion_stream.emotions import Reading
from emotion_stream.settings import Settings
from emotion_stream.store import Database, StoredReading, readings, sessions
from emotion_stream.store.tables import Base
from tests.web.conftest import Running, cookie_header, session_cookie
from tests.web.fake_recognizer import FakeRecognizer

pytestmark = pytest.mark.anyio

SESSION = "/api/v1/session"
BOTH = {"analyse": True, "history": True}
NO_HISTORY = {"analyse": True, "history": False}
DAWN = {"provider": "shop", "item_id": "dawn", "event": "started"}
ROUNDS = 8


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return Settings(data_dir=tmp_path, database_url=database_url, analyses_per_minute=1000)


@dataclass
class Interrupted(FakeRecognizer):
    """Something happens while it listens."""

    meanwhile: Callable[[], None] = lambda: None

    def analyze(
        self, source: BinaryIO, *, max_duration_s: float, progress: Callable[[float], None]
    ) -> Reading:
        self.meanwhile()
        return super().analyze(source, max_duration_s=max_duration_s, progress=progress)


async def agree_and_upload(client: httpx.AsyncClient) -> httpx.Response:
    await client.put(SESSION, json=BOTH)
    return await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})


async def test_a_session_deleted_meanwhile_keeps_nothing(
    running: Running, settings: Settings
) -> None:
    recognizer = Interrupted()
    async with running(recognizer=recognizer) as client:

        def leave() -> None:
            asyncio.run(forget(settings, session_cookie(client.cookies)[1]))

        recognizer.meanwhile = leave
        answer = await agree_and_upload(client)
        assert (answer.status_code, answer.json()["id"]) == (200, None)
        assert (await client.get("/api/v1/session")).json()["readings"] == []


async def test_a_database_lost_meanwhile_costs_the_history_and_not_the_reading(
    running: Running, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    def lose_tables() -> None:
        asyncio.run(drop_tables(settings))

    async with running(recognizer=Interrupted(meanwhile=lose_tables)) as client:
        answer = await agree_and_upload(client)
    assert (answer.status_code, answer.json()["id"]) == (200, None)
    assert (answer.json()["emotion"], answer.json()["unsaved"]) == ("sadness", True)
    assert "could not be kept" in caplog.text


async def test_without_a_history_nothing_is_called_unsaved(
    running: Running, settings: Settings
) -> None:
    def lose_tables() -> None:
        asyncio.run(drop_tables(settings))

    async with running(recognizer=Interrupted(meanwhile=lose_tables)) as client:
        await client.put(SESSION, json=NO_HISTORY)
        answer = await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})
    assert (answer.status_code, answer.json()["unsaved"]) == (200, False)


@pytest.mark.parametrize("change", ["withdraw", "leave"])
async def test_nothing_is_written_after_the_consent_has_gone(
    running: Running, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """The consent goes at the last moment: after it was looked at, before the reading is kept."""
    keep = readings.keep
    async with running() as client, anyio.create_task_group() as group:
        await client.put(SESSION, json=BOTH)
        cookie = cookie_header(client.cookies)
        changed = anyio.Event()

        async def change_mind() -> None:
            if change == "leave":
                await client.delete(SESSION, headers=cookie)
            else:
                await client.put(SESSION, json=NO_HISTORY, headers=cookie)
            changed.set()

        async def keep_late(*args: Any, **options: Any) -> StoredReading:  # Any: those of `keep`
            group.start_soon(change_mind)
            with anyio.move_on_after(0.5):  # it waits for us, or else it is through by then
                await changed.wait()
            return await keep(*args, **options)

        monkeypatch.setattr(readings, "keep", keep_late)
        answer = await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})
        await changed.wait()
        kept = await client.get(f"/api/v1/analyses/{answer.json()['id']}", headers=cookie)
    assert (answer.status_code, kept.status_code) == (200, 404)


async def test_a_double_tap_is_two_answers_and_no_failure(running: Running) -> None:
    async with running() as client:
        for _ in range(ROUNDS):
            address = f"/api/v1/analyses/{(await agree_and_upload(client)).json()['id']}"
            said = [
                client.put(f"{address}/correction", json={"emotion": e}) for e in ("calm", "fear")
            ]
            assert await statuses(*said) == [200, 200]
            undone, gone = await statuses(
                client.put(f"{address}/correction", json={"emotion": "anger"}),
                client.delete(address),
            )
            assert undone in (200, 404)
            assert gone == 204


async def test_a_play_while_everything_is_deleted_is_kept_or_not_and_no_failure(
    running: Running,
) -> None:
    async with running() as client:
        for _ in range(ROUNDS):
            reading = (await agree_and_upload(client)).json()["id"]
            cookie = cookie_header(client.cookies)
            played, left = await statuses(
                client.post("/api/v1/plays", json={**DAWN, "reading_id": reading}, headers=cookie),
                client.delete(SESSION, headers=cookie),
            )
            assert played in (201, 204)
            assert left == 204


async def statuses(*calls: Awaitable[httpx.Response]) -> list[int]:
    """The statuses of calls that are made at the same time."""
    return [answer.status_code for answer in await asyncio.gather(*calls)]


TABLES = [table.name for table in Base.metadata.sorted_tables]


async def drop_tables(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    async with database.write() as db:
        for table in (name for name in reversed(TABLES) if name != "app_settings"):
            await db.execute(text(f"DROP TABLE {table}"))
    await database.close()


async def forget(settings: Settings, token: str) -> None:
    database = Database(settings.resolved_database_url)
    async with database.write() as db:
        await sessions.forget(db, token)
    await database.close()
