"""The connection to the database: reading, writing, and what is said when it does not answer."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from sqlite3 import DatabaseError as SQLiteError
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from emotion_stream.errors import StoreUnavailable, UsageError
from emotion_stream.store.tables import to_json

Transaction = AsyncSession

BUSY_TIMEOUT_MS = 5_000
CONNECT_TIMEOUT_S = 5
RETRY_AFTER_S = 5
# Hosts and manuals write these; the drivers they stand for elsewhere are not asynchronous.
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


class Database:
    """One engine and the two ways to use it. `tag` tells databases apart, in eight letters.

    On SQLite a writing transaction takes the write lock when it begins (BEGIN IMMEDIATE): one that
    reads first and asks for the lock later fails at once when another wrote in between, whatever
    the busy timeout (https://www.sqlite.org/isolation.html).
    """

    def __init__(self, url: str) -> None:
        self.safe_url = safe_url(url)
        self.tag = _tag(url)
        self._engine = open_engine(url)
        self._file = _file_of(url)
        self._identity = _identity(self._file)
        writing = self._engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        # Rows are read after a commit: expired ones would ask the database again, which asyncio
        # forbids (https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html).
        self._readers = async_sessionmaker(self._engine, expire_on_commit=False)
        self._writers = async_sessionmaker(writing, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that is always rolled back. Raises StoreUnavailable."""
        with speaking_of(self.safe_url):
            async with self._readers() as transaction:
                yield transaction

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction, committed when the block ends, rolled back on an error.

        Raises StoreUnavailable.
        """
        with speaking_of(self.safe_url):
            async with self._writers() as transaction, transaction.begin():
                yield transaction

    async def check(self) -> None:
        """Raises StoreUnavailable where the database or its tables are not there.

        An SQLite file that is deleted lives on, unseen, until the last connection to it is closed.
        """
        if await asyncio.to_thread(_identity, self._file) != self._identity:
            raise StoreUnavailable(
                "The database has gone: what is said now is lost when the server stops.",
                detail=f"{self._file} was deleted or replaced. Start the server again.",
            )
        async with self.read() as transaction:
            await transaction.execute(text("SELECT 1 FROM sessions LIMIT 1"))

    async def close(self) -> None:
        await self._engine.dispose()


class speaking_of:  # noqa: N801 - reads as a verb, like contextlib.suppress
    """Turns a failure of the database into StoreUnavailable; mistakes of ours pass through."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None and _is_busy(error):
            raise StoreUnavailable(
                f"The database is busy. Nothing was saved; try again in {RETRY_AFTER_S} seconds.",
                retry_after_s=RETRY_AFTER_S,
            ) from error
        if error is not None and (reason := unavailable_because(error)):
            raise StoreUnavailable(
                "The database does not answer. Nothing was saved; try again later.",
                detail=f"{self._url}: {reason}. Check that it runs and that its disk has room.",
            ) from error


def unavailable_because(error: BaseException) -> str | None:
    """One line on why the database is out of reach, or None where that is not what happened."""
    if isinstance(error, DBAPIError):
        reason = (str(error.orig).strip().splitlines() or ["no reason given"])[0]
        if type(error.orig).__name__ == "UndefinedTable" or reason.startswith("no such table"):
            return "its tables are missing, run `emotion-stream migrate`"
        return reason if error.connection_invalidated or _is_outage(error.orig) else None
    if isinstance(error, OSError) and not isinstance(error, SQLAlchemyError):
        return error.strerror or type(error).__name__
    return None


def _is_busy(error: BaseException) -> bool:
    """True where others hold the database and asking again helps."""
    if isinstance(error, DBAPIError):
        return str(error.orig) == "database is locked"
    return isinstance(error, PoolTimeout)


def quotes_rows(error: BaseException) -> bool:
    """True where the text of an error may hold what is stored: PostgreSQL names the values of a row
    that it refuses, and no setting of the driver hides them."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, DBAPIError):
            return True
        link = link.__cause__ or link.__context__
    return False


def _is_outage(error: object) -> bool:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    # SQLite calls a file that is damaged or no database a bare DatabaseError.
    return bool(kinds & {"OperationalError", "InterfaceError"}) or type(error) is SQLiteError


def safe_url(url: str) -> str:
    """The URL with the password hidden, for logs and messages. UsageError if it is not a URL."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError as error:
        # The text of a broken URL may hold the password: it is not repeated.
        raise UsageError(
            "The database URL cannot be read; write it like "
            "postgresql+psycopg://user:password@host/name."
        ) from error


def open_engine(url: str, *, foreign_keys: bool = True) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL; no connection is made yet.

    Raises UsageError where the driver is not installed, StoreUnavailable where the folder of an
    SQLite file cannot be made.
    """
    shown_url, parsed = safe_url(url), make_url(url)
    parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
    try:
        if parsed.get_backend_name() == "sqlite":
            _check_file(_file_of(url))
            # Hidden here and below: parameters are what people said of their moods, and errors are
            # logged.
            engine = create_async_engine(parsed, hide_parameters=True, json_serializer=to_json)
            return _tuned_for_sqlite(engine, foreign_keys=foreign_keys)
        return create_async_engine(
            parsed,
            hide_parameters=True,
            json_serializer=to_json,
            # A restart of the server or a firewall may have closed what lies in the pool.
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    except (ImportError, SQLAlchemyError) as error:
        raise UsageError(
            f"The driver of {shown_url} is not there ({error}). SQLite works out of the box; "
            "for PostgreSQL install emotion-stream[postgres] and write postgresql+psycopg://..."
        ) from error


def _tag(url: str) -> str:
    """The same for all servers that share the database, whatever user and driver they take."""
    parsed, file = make_url(url), _file_of(url)
    where = (parsed.host, parsed.port, parsed.database) if file is None else file.absolute()
    return hashlib.sha256(repr(where).encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _file_of(url: str) -> Path | None:
    """The file of an SQLite database, None for other databases."""
    parsed = make_url(url)
    name = parsed.database or ":memory:"
    is_file = parsed.get_backend_name() == "sqlite" and not name.startswith((":memory:", "file:"))
    return Path(name) if is_file else None


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another one at its path; None where there is none."""
    try:
        status = None if file is None else file.stat()
    except OSError:
        return None
    return None if status is None else (status.st_dev, status.st_ino)


def _check_file(database: Path | None) -> None:
    """Make the folder and the file, and open it once, here, where a failure is still simple to say.

    The driver's thread outlives a connection that could not be opened, and complains about it.
    """
    if database is None:
        return
    _make_folder(database.parent)
    try:
        # A diary of moods is for its owner only; the files beside it take over its permissions.
        os.close(os.open(database, os.O_RDONLY | os.O_CREAT, 0o600))
        sqlite3.connect(database).close()
    except (OSError, SQLiteError) as error:
        raise StoreUnavailable(
            f"The database {database} cannot be opened: {error}. "
            "Check its permissions, or choose another folder with EMOTION_STREAM_DATA_DIR."
        ) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {folder} of the database cannot be made: {error.strerror}. "
            "Choose another one with EMOTION_STREAM_DATA_DIR."
        ) from error


def _tuned_for_sqlite(engine: AsyncEngine, *, foreign_keys: bool) -> AsyncEngine:
    pragmas = (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",  # readers do not wait for a writer, nor it for them
        "synchronous = NORMAL",  # with WAL a power cut may cost the last commits, never the file
        # Off in SQLite unless each connection turns them on; deleting a session relies on them.
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _on_connect(connection: Any, record: object) -> None:  # Any: the driver's own class
        connection.isolation_level = None  # we begin transactions ourselves, below
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").close()
        except Exception:
            connection.close()  # the pool has not taken it yet, and would only drop it
            raise

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:
        begin = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        connection.exec_driver_sql(begin)

    return engine
