"""Fixtures of the whole suite: databases, corpora, contracts, a folder with permissions."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import postgres as server
from tests.absence import absent
from tests.postgres import Postgres

pytest_plugins = (
    "tests.leftovers",
    "tests.distribution",
    "tests.train_extra",
    "tests.processes",
)

NOBODY = 65_534


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop stays in the main thread once it runs.

    Raises where tests share an id: of those a worker runs the first alone, and nobody is told.
    """
    twice = [name for name, count in Counter(item.nodeid for item in items).items() if count > 1]
    if twice:
        raise pytest.UsageError(f"Several tests are called {twice[0]}: give each a name.")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Every application under test makes a client for HTTPS, and none of them calls out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the session. On a build machine its absence is a failure."""
    where = server.binaries()
    if where is None:
        absent("no PostgreSQL here: install it to run these (apt install postgresql)")
    with server.started(where) as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.process)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.new_database()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder named by EMOTION_STREAM_CORPORA, or `shared/corpora` beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "corpora"
    folder = Path(os.environ.get("EMOTION_STREAM_CORPORA", beside))
    if not folder.is_dir():
        absent(f"the development corpora are not in {folder}")
    return folder


@pytest.fixture(scope="session")
def contracts() -> Path:
    """The folder named by EMOTION_STREAM_CONTRACTS, or `shared/contracts` beside the checkout."""
    beside = Path(__file__).parents[2] / "shared" / "contracts"
    folder = Path(os.environ.get("EMOTION_STREAM_CONTRACTS", beside))
    if not folder.is_dir():
        absent(f"the descriptions of outside APIs are not in {folder}")
    return folder


@pytest.fixture
def ordinary_folder() -> Iterator[Path]:
    """A folder of a person whom permissions bind; the superuser may read everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)  # `os.access` asks about the real user
        try:
            yield folder
        finally:
            os.setresuid(0, 0, 0)
