"""What happens when two write at once, and when the database goes away or its disk is full."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from anyio import to_thread
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from emotion_stream.errors import StoreUnavailable
from emotion_stream.store import Database, app_settings, migrate, readings
from emotion_stream.store.database import speaking_of
from tests.postgres import Postgres

from .moments import NOON, sad_reading

pytestmark = pytest.mark.anyio


async def test_a_reader_never_commits(database: Database) -> None:
    async with database.read() as db:
        await app_settings.put(db, "folder", "/music", now=NOON)
    async with database.read() as db:
        assert await app_settings.get(db, "folder") is None


async def test_many_writers_wait_for_each_other(database: Database) -> None:
    async def count_up(number: int) -> None:
        async with database.write() as db:
            await app_settings.get(db, "folder")  # reads first, then asks for the lock
            await app_settings.put(db, f"key {number}", "x", now=NOON)

    async with anyio.create_task_group() as group:
        for number in range(20):
            group.start_soon(count_up, number)
    async with database.read() as db:
        assert (await db.execute(text("SELECT count(*) FROM app_settings"))).scalar_one() == 20


async def test_a_mistake_of_ours_is_not_called_an_outage(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as db:
            await readings.keep(db, 999_999, sad_reading(), file=None, now=NOON)


async def test_a_server_that_goes_away_and_comes_back(postgres: Postgres) -> None:
    url = postgres.new_database()
    await migrate(url)
    database = Database(url)
    await database.check()
    postgres.pause()
    try:
        with pytest.raises(StoreUnavailable, match="does not answer") as caught:
            await database.check()
        assert "secret-word" not in caught.value.in_full
    finally:
        postgres.resume()
    await database.check()
    await database.close()


async def test_a_database_that_others_hold_says_when_to_ask_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("emotion_stream.store.database.BUSY_TIMEOUT_MS", 1)
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    await migrate(url)
    database = Database(url)
    async with database.write() as db:
        await app_settings.put(db, "held", "x", now=NOON)
        with pytest.raises(StoreUnavailable, match="busy") as caught:
            await put_small_and_large(database)
    await database.close()
    assert caught.value.retry_after_s == 5


def test_connections_that_are_all_taken_are_free_again_soon() -> None:
    with pytest.raises(StoreUnavailable, match="busy") as caught, speaking_of("a database"):
        raise PoolTimeout
    assert caught.value.retry_after_s == 5


async def test_a_full_disk_is_said_and_nothing_is_half_saved(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    await migrate(url)
    database = Database(url)
    try:
        async with database.write() as db:
            pages = (await db.execute(text("PRAGMA page_count"))).scalar_one()
            # SQLite reports a file at its allowed size exactly as it reports a full disk.
            await db.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StoreUnavailable) as caught:
            await put_small_and_large(database)
        assert "disk is full" in caught.value.detail
        async with database.read() as db:
            assert await app_settings.get(db, "small") is None
    finally:
        await database.close()


async def test_a_folder_made_for_the_diary_is_for_its_owner_only(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'new' / 'x.sqlite3'}")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


async def test_the_diary_is_for_its_owner_only_in_a_folder_made_by_others_too(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    await migrate(url)
    database = Database(url)
    async with database.write() as db:
        await app_settings.put(db, "folder", "/music", now=NOON)
        files = permissions(tmp_path)
    await database.close()
    assert files == dict.fromkeys(("x.sqlite3", "x.sqlite3-wal", "x.sqlite3-shm"), 0o600)


async def test_a_database_that_vanishes_is_an_outage(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'gone' / 'x.sqlite3'}"
    await migrate(url)
    database = Database(url)
    (tmp_path / "gone").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreUnavailable) as caught:
        async with database.read() as db:
            await app_settings.get(db, "folder")
    assert "unable to open database file" in caught.value.detail
    await database.close()
    await anyio.sleep(0.2)  # the driver's thread ends by itself, and needs the loop for it


def permissions(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


def test_a_database_has_one_tag_for_all_who_share_it(tmp_path: Path) -> None:
    urls = (
        f"sqlite:///{tmp_path / 'x.sqlite3'}",
        f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}",
        f"sqlite:///{tmp_path / 'y.sqlite3'}",
        "postgresql://me:word@db/es",
        "postgres://you@db/es",
        "postgresql://me:word@db/es2",
    )
    one, same, other, shared, shared_too, another = (Database(url).tag for url in urls)
    assert one == same
    assert shared == shared_too
    assert len({one, other, shared, another}) == 4


@pytest.mark.parametrize("is_replaced", [False, True])
async def test_a_file_that_is_deleted_while_it_is_used_is_noticed(
    tmp_path: Path, is_replaced: bool
) -> None:
    file = tmp_path / "x.sqlite3"
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    database = Database(url)
    await database.check()
    await to_thread.run_sync(file.rename, tmp_path / "kept-elsewhere")
    if is_replaced:
        await migrate(url)
    with pytest.raises(StoreUnavailable, match="gone") as caught:
        await database.check()
    assert str(file) in caught.value.detail
    await database.close()


async def put_small_and_large(database: Database) -> None:
    async with database.write() as db:
        await app_settings.put(db, "small", "kept?", now=NOON)
        await app_settings.put(db, "large", "x" * 1_000_000, now=NOON)
