"""`emotion-stream spotify check`: whether what the owner's list offers is still there."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.cli.configured import settings_from
from emotion_stream.errors import SpotifyError, UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from emotion_stream.music.spotify.curated import Curated
    from emotion_stream.music.spotify.ranking import Offered

SPACING_S = 0.5

spotify = typer.Typer(help="Look after what this server offers from Spotify.")


@spotify.callback()
def _spotify() -> None:
    """Without it typer would leave the word `check` out."""


@spotify.command()
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="List to check; default the one of EMOTION_STREAM_SPOTIFY_CURATED."),
    ] = None,
) -> None:
    """Ask Spotify for the title of every item in your list; no sign-in is needed.

    Ends with 1 where an item has gone or cannot be checked.
    """
    from emotion_stream.music.spotify.curated import read_curated

    path = file or settings_from().spotify_curated
    if path is None:
        raise UsageError(
            "There is no list to check: name a file, or set EMOTION_STREAM_SPOTIFY_CURATED."
        )
    failed = asyncio.run(_failed(read_curated(path)))
    if failed:
        typer.echo(f"{failed} of these cannot be offered.", err=True)
        raise typer.Exit(1)


async def _failed(curated: Curated) -> int:
    """Print a line for each item, and return how many are not all right."""
    failed = checked = 0
    async with outside() as http:
        async for offered, problem in _checked(http, curated):
            checked += 1
            failed += problem is not None
            verdict = "ok" if problem is None else f"FAILED: {problem}"
            typer.echo(f"{offered.item.link}  {offered.item.name}: {verdict}")
    typer.echo(f"{checked} item{'' if checked == 1 else 's'} checked.")
    return failed


async def _checked(
    http: httpx.AsyncClient, curated: Curated
) -> AsyncIterator[tuple[Offered, SpotifyError | None]]:
    from emotion_stream.music.spotify.addresses import SpotifyAddresses
    from emotion_stream.music.spotify.oembed import title_at

    oembed = SpotifyAddresses.real().oembed
    every = {offer.item.uri: offer for offers in curated.offers.values() for offer in offers}
    for place, offered in enumerate(every.values()):
        if place:
            await asyncio.sleep(SPACING_S)
        try:
            await title_at(http, oembed, offered.item.link)
        except SpotifyError as problem:
            yield offered, problem
        else:
            yield offered, None


def outside() -> httpx.AsyncClient:
    """The client that asks Spotify; tests put their own in its place."""
    import httpx

    return httpx.AsyncClient()
