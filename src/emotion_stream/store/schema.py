"""Bringing the database to the schema of this version, with the migrations in the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from emotion_stream.errors import SchemaTooNew
from emotion_stream.store.database import open_engine, safe_url, speaking_of

# Any fixed number: replicas that start together take turns on it.
MIGRATION_LOCK = 7_305_011


async def migrate(url: str, revision: str = "head") -> tuple[str | None, str | None]:
    """Upgrade to `revision`; returns the revisions before and after.

    Raises StoreUnavailable, and SchemaTooNew where a newer version wrote the database.
    """
    # Rebuilding a table on SQLite drops the old one, which would cascade into its children.
    engine = open_engine(url, foreign_keys=False)
    try:
        with speaking_of(safe_url(url)):
            async with engine.execution_options(
                sqlite_begin="BEGIN IMMEDIATE"
            ).begin() as connection:
                return await connection.run_sync(_upgrade, revision, safe_url(url))
    finally:
        await engine.dispose()


def configuration(connection: Connection) -> Config:
    """What Alembic needs to know, with the connection to work on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(
    connection: Connection, revision: str, shown_url: str
) -> tuple[str | None, str | None]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    config = configuration(connection)
    before = _current(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if before is not None and before not in known:
        raise SchemaTooNew(
            f"The database {shown_url} was written by a newer version of Emotion Stream "
            f"(schema {before}). Install that version again, or name another database with "
            "EMOTION_STREAM_DATABASE_URL."
        )
    command.upgrade(config, revision)
    return before, _current(connection)


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
