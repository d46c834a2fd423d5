"""An empty database with today's tables, made by the migrations once and copied from then on."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import make_url

from emotion_stream.store import migrate

MIGRATIONS = Path(str(files("emotion_stream"))) / "store" / "migrations"
NEWEST = str(ScriptDirectory(str(MIGRATIONS)).get_current_head())

_made: list[bytes] = []


async def migrated(url: str) -> None:
    """Bring a database to today's tables, as `migrate` does.

    Migrating takes longer than most tests, and a new file of SQLite is the same each time.
    """
    parts = make_url(url)
    file = Path(str(parts.database)) if parts.get_backend_name() == "sqlite" else None
    if file is not None and _copied(file):
        return
    await migrate(url)
    if file is not None and not _made:
        _made.append(_content(file))


def _copied(file: Path) -> bool:
    if not _made or file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_made[0])
    return True


def _content(file: Path) -> bytes:
    return file.read_bytes()
