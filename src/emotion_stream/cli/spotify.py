"""`emotion-stream spotify`: a look at the owner's own list of Spotify items."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.cli.options import settings_from
from emotion_stream.errors import SpotifyError, UsageError

if TYPE_CHECKING:
    import httpx

    from emotion_stream.music.spotify.curated import Curated
    from emotion_stream.music.spotify.endpoints import SpotifyEndpoints

PAUSE_S = 0.5

spotify = typer.Typer(help="Look after your own list of Spotify items.")


@spotify.callback()
def _spotify() -> None:
    """Without it typer would leave the word `check` out."""


@spotify.command()
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="Your list; default EMOTION_STREAM_SPOTIFY_CURATED."),
    ] = None,
) -> None:
    """Ask Spotify, without an account, whether everything in your list is still there."""
    from emotion_stream.music.spotify.curated import read_curated

    settings = settings_from()
    source = file or settings.spotify_curated
    if source is None:
        raise UsageError("Name your list, or set EMOTION_STREAM_SPOTIFY_CURATED.")
    items = read_curated(source.expanduser())
    missing = asyncio.run(_checked(items, settings.spotify_sandbox))
    typer.echo(f"{len(items) - missing} of {len(items)} items are there.")
    if missing:
        raise typer.Exit(1)


async def _checked(items: tuple[Curated, ...], sandbox: str | None) -> int:
    from emotion_stream.music.spotify.endpoints import SpotifyEndpoints

    addresses = SpotifyEndpoints.stand_in(sandbox) if sandbox else SpotifyEndpoints.real()
    async with _client() as http:
        return await _missing(http, addresses, items)


def _client() -> httpx.AsyncClient:
    import httpx

    return httpx.AsyncClient()


async def _missing(
    http: httpx.AsyncClient, addresses: SpotifyEndpoints, items: tuple[Curated, ...]
) -> int:
    """Print a line for each item; returns how many are not there or could not be asked for."""
    from emotion_stream.music.spotify.client import title_of

    missing = 0
    for place, entry in enumerate(items):
        if place:
            await asyncio.sleep(PAUSE_S)
        item = entry.item
        try:
            title = await title_of(http, addresses, item)
        except SpotifyError as error:
            missing += 1
            typer.echo(f"MISSING  {item.uri}  {item.name}: {error}", err=True)
        else:
            told = "" if title in ("", item.name) else f" (Spotify: {title})"
            typer.echo(f"ok       {item.uri}  {item.name}{told}")
    return missing
