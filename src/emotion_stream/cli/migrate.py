"""`emotion-stream migrate`: bring the database to the schema of this version."""

from __future__ import annotations

import asyncio

import typer

from emotion_stream.cli.options import settings_from


def migrate() -> None:
    """Bring the database up to date; `serve` does it by itself."""
    from emotion_stream import store
    from emotion_stream.store.database import safe_url

    url = settings_from().resolved_database_url
    before, after = asyncio.run(store.migrate(url))
    if before == after:
        typer.echo(f"{safe_url(url)} is up to date (schema {after}).")
    else:
        typer.echo(f"{safe_url(url)}: schema {before or 'none'} -> {after}.")
