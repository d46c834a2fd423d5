"""The real application on a real database, with a small recogniser and a small shelf of music."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from emotion_stream.errors import ModelError
from emotion_stream.music.provider import Provider
from emotion_stream.settings import Settings
from emotion_stream.web import create_app
from emotion_stream.web.services import Recognizer
from tests.migrated import migrated
from tests.web.fake_provider import FakeProvider
from tests.web.fake_recognizer import FakeRecognizer
from tests.web.server_process import Served, served

BASE_URL = "http://127.0.0.1:8000"

Running = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


def session_cookie(cookies: httpx.Cookies) -> tuple[str, str]:
    """Name and value of the one session cookie."""
    ((name, value),) = cookies.items()
    return name, value


def cookie_header(cookies: httpx.Cookies) -> dict[str, str]:
    """The session cookie for a client that does not keep it."""
    return {"cookie": "=".join(session_cookie(cookies))}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, analyses_per_minute=1000)


@pytest.fixture
def running(settings: Settings, tmp_path: Path) -> Running:
    """`async with running(...) as client`: the started application and a fresh client."""

    @asynccontextmanager
    async def run(
        settings: Settings = settings,
        recognizer: Recognizer | ModelError | None = None,
        providers: Sequence[Provider] | None = None,
    ) -> AsyncIterator[httpx.AsyncClient]:
        await migrated(settings.resolved_database_url)
        shop = FakeProvider(tmp_path)
        app = create_app(
            settings,
            recognizer=recognizer or FakeRecognizer(),
            providers=(shop,) if providers is None else providers,
        )
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url=BASE_URL, timeout=10
            ) as client,
        ):
            yield client

    return run


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application behind a real server, in a process of its own."""
    folder = tmp_path_factory.mktemp("served")
    changed = ["max_upload_mb=4", "analyses_per_minute=1000000", "max_queued_analyses=1"]
    command = [sys.executable, "-m", "tests.web.server_process", str(folder), *changed]
    with served(command, folder) as running:
        yield running
