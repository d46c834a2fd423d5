"""Migrations reach the schema of the tables, go back, and refuse what is newer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text

from emotion_stream.errors import SchemaTooNew, StoreUnavailable, UsageError
from emotion_stream.store import Database, migrate, sessions
from emotion_stream.store.database import open_engine
from emotion_stream.store.schema import configuration
from emotion_stream.store.tables import Base
from tests.migrated import NEWEST

from .moments import NOON

pytestmark = pytest.mark.anyio


async def on(url: str, work: object) -> object:
    engine = open_engine(url, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def test_the_migrations_make_the_tables_that_the_code_has(database_url: str) -> None:
    await migrate(database_url)
    await on(database_url, lambda connection: command.check(configuration(connection)))


async def test_constraints_have_the_names_that_the_code_gives_them(database_url: str) -> None:
    def names(connection: Connection) -> set[str | None]:
        seen = inspect(connection)
        return {
            key["name"]
            for table in Base.metadata.tables
            for key in (
                seen.get_pk_constraint(table),
                *seen.get_foreign_keys(table),
                *seen.get_unique_constraints(table),
            )
        }

    await migrate(database_url)
    expected = {
        constraint.name
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
    }
    assert await on(database_url, names) == expected


async def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert await migrate(database_url) == (None, NEWEST)
    assert await migrate(database_url) == (NEWEST, NEWEST)


async def test_a_url_without_its_driver_gets_the_right_one(database_url: str) -> None:
    scheme, rest = database_url.split("://", 1)
    bare = f"{scheme.partition('+')[0]}://{rest}"
    assert await migrate(bare) == (None, NEWEST)
    assert await migrate(bare.replace("postgresql://", "postgres://")) == (NEWEST, NEWEST)


async def test_down_and_up_again(database_url: str) -> None:
    def down(connection: Connection) -> None:
        command.downgrade(configuration(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]

    await migrate(database_url)
    await on(database_url, down)
    assert await migrate(database_url) == (None, NEWEST)


async def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    def age(connection: Connection) -> None:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await migrate(database_url)
    await on(database_url, age)
    with pytest.raises(SchemaTooNew, match="newer version") as caught:
        await migrate(database_url)
    assert "secret-word" not in str(caught.value)


async def test_a_database_that_was_never_migrated_says_so(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(StoreUnavailable) as caught:
        await database.check()
    assert "emotion-stream migrate" in caught.value.detail
    await database.close()


async def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreUnavailable) as caught:
        await migrate("postgresql+psycopg://me:secret-word@127.0.0.1:1/nothing")
    assert "127.0.0.1" in caught.value.detail
    assert "127.0.0.1" not in str(caught.value)
    assert "secret-word" not in caught.value.in_full


@pytest.mark.parametrize("url", ["nonsense", "mysql+aiomysql://me:secret-word@127.0.0.1/x"])
async def test_a_url_that_makes_no_sense_is_a_usage_error(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        await migrate(url)
    assert "secret-word" not in str(caught.value)


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="EMOTION_STREAM_DATA_DIR"):
        await migrate(f"sqlite+aiosqlite:///{tmp_path}/file/below/x.sqlite3")


async def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").mkdir()
    with pytest.raises(StoreUnavailable, match=r"x\.sqlite3 cannot be opened"):
        await migrate(f"sqlite+aiosqlite:///{tmp_path}/x.sqlite3")


async def test_a_file_that_is_no_database_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    file.write_bytes(b"my only copy of something" * 100)
    with pytest.raises(StoreUnavailable) as caught:
        await migrate(f"sqlite+aiosqlite:///{file}")
    assert "not a database" in caught.value.detail
    assert file.read_bytes() == b"my only copy of something" * 100


async def test_sqlite_is_tuned_and_rebuilding_a_table_keeps_its_children(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    await migrate(url)
    database = Database(url)
    async with database.write() as db:
        await sessions.agree(db, None, history=True, now=NOON)
        for pragma, value in (("foreign_keys", 1), ("journal_mode", "wal"), ("busy_timeout", 5000)):
            assert (await db.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value
    await database.close()
    with sqlite3.connect(tmp_path / "x.sqlite3") as direct:
        assert direct.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    direct.close()
