"""One shape for every failure: JSON for programs, a page for people."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from emotion_stream.settings import Settings
from emotion_stream.store import Session, sessions
from tests.store.moments import NOON
from tests.web.conftest import Running, cookie_header

pytestmark = pytest.mark.anyio

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def test_an_address_without_anything_is_a_json_failure(running: Running) -> None:
    async with running() as client:
        answer = await client.get("/api/v1/nothing")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert answer.json() == {
        "code": "not_found",
        "message": "Nothing lives at /api/v1/nothing.",
        "status": 404,
    }


async def test_a_wrong_method_names_the_right_ones(running: Running) -> None:
    async with running() as client:
        answer = await client.patch("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, PUT, DELETE"


async def test_a_person_gets_a_page(running: Running) -> None:
    async with running() as client:
        answer = await client.get("/nothing<script>", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nothing lives at" in answer.text
    assert "nothing<script>" not in answer.text


async def test_a_request_that_is_too_long_is_not_called_a_recording(running: Running) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b" " * 1000

    async with running() as client:
        for content in (b" " * 70_000, endless()):
            answer = await client.put("/api/v1/session", content=content)
            assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")
            assert "64 kB" in answer.json()["message"]
            assert "recording" not in answer.json()["message"]


async def test_the_api_stays_json_in_a_browser(running: Running) -> None:
    async with running() as client:
        answer = await client.get("/api/v1/nothing", headers=BROWSER)
    assert answer.json()["code"] == "not_found"


async def test_a_foreign_name_gets_a_page_too(running: Running) -> None:
    async with running() as client:
        answer = await client.get("/", headers={**BROWSER, "host": "evil.example"})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_database_that_is_away_is_said_and_survived(
    running: Running, tmp_path: Path
) -> None:
    file = tmp_path / "emotion-stream.sqlite3"
    async with running() as client:
        agreed = await client.put("/api/v1/session", json={"analyse": True, "history": True})
        cookie = cookie_header(client.cookies)
        assert agreed.status_code == 200
    async with running() as client:
        break_database(file)
        for call in (
            client.get("/api/v1/session", headers=cookie),
            client.put("/api/v1/session", json={"analyse": True, "history": True}),
            client.get("/api/v1/analyses/r_1", headers=cookie),
            client.get("/api/v1/health"),
        ):
            answer = await call
            assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
        asked = await client.post(
            "/api/v1/recommendations", json={"emotion": "sadness"}, headers=cookie
        )
        assert asked.status_code == 200
        heard = await client.post("/api/v1/analyses", files={"file": ("a", b"RIFF")})
        assert heard.status_code == 200


async def test_where_the_database_is_is_told_on_this_machine_only(
    running: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as client:
        break_database(tmp_path / "emotion-stream.sqlite3")
        here = await client.get("/api/v1/health")
        away = await client.get("/api/v1/health", headers={"x-forwarded-for": "192.0.2.7"})
    assert str(tmp_path) in here.json()["message"]
    assert str(tmp_path) not in away.json()["message"]
    assert away.json()["message"].startswith("The database does not answer.")
    assert caplog.text.count(str(tmp_path)) == 2


async def test_the_log_names_a_mistake_in_the_database_and_not_what_was_stored(
    running: Running,
    tmp_path: Path,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def nobody(*_: object) -> Session:
        return Session(987_654, NOON, analyse=True, history=True)

    monkeypatch.setattr(sessions, "lock", nobody)
    play = {"provider": "shop", "item_id": "dawn", "event": "started"}
    settings = Settings(data_dir=tmp_path, database_url=database_url)
    async with running(settings) as client:
        await client.put("/api/v1/session", json={"analyse": True, "history": True})
        with caplog.at_level(logging.ERROR):
            answer = await client.post("/api/v1/plays", json=play)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.json()["message"].split()[-1].rstrip(".") in caplog.text
    assert "IntegrityError" in caplog.text
    assert "plays.py" in caplog.text
    for private in ("987654", "Dawn"):
        assert private not in caplog.text


def break_database(file: Path) -> None:
    with sqlite3.connect(file) as direct:
        for table in ("plays", "corrections", "readings", "sessions"):
            direct.execute(f"DROP TABLE {table}")
    direct.close()
