"""`emotion-stream library`: a look at a music folder the way the server sees it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.cli.options import settings_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from emotion_stream.music.provider import Item, ProviderStatus

POLL_S = 0.1
GUESSES = (
    "Valence and arousal are guesses from the sound and the tags (±: one standard deviation of "
    "both); a tempo with ~ was heard. The order says more than the numbers."
)

library = typer.Typer(help="Look at a folder of music the way the server sees it.")


@library.callback()
def _library() -> None:
    """Without it typer would leave the word `scan` out."""


@library.command()
def scan(
    folder: Annotated[Path, typer.Argument(help="Folder of music; nothing in it is changed.")],
) -> None:
    """Print the tracks of a folder with their estimated valence and arousal."""
    from emotion_stream.music.provider import ProviderState
    from emotion_stream.web.app import MUSIC_CACHE

    cache_file = settings_from().data_dir / MUSIC_CACHE
    status, items = asyncio.run(_scanned(folder.absolute(), cache_file))
    if items:
        _print_table(items)
        typer.echo(GUESSES)
    typer.echo(
        f"{status.message} {status.detail}".rstrip(), err=status.state is ProviderState.ERROR
    )
    if status.state is ProviderState.ERROR:
        raise typer.Exit(1)


async def _scanned(folder: Path, cache_file: Path) -> tuple[ProviderStatus, Sequence[Item]]:
    """Look through the folder once; what was worked out is kept for the server."""
    from emotion_stream.cli.progress import ProgressBar
    from emotion_stream.emotions import Affect
    from emotion_stream.music.local.provider import LocalFolder, checked_folder
    from emotion_stream.music.provider import Goal, Kind, ProviderState, Wish

    source = LocalFolder(checked_folder(folder), cache_file)
    await source.start()
    try:
        with ProgressBar(0) as progress:
            while (status := source.status()).state is ProviderState.SCANNING:
                progress.count("Listening", status.done, status.total)
                await asyncio.sleep(POLL_S)
        if status.state is ProviderState.ERROR:
            return status, ()
        anything = Wish((Affect(0, 0),), tuple(Kind), Goal.STAY, 1)
        return status, await source.candidates(anything)
    finally:
        await source.close()


def _print_table(items: Sequence[Item]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Title", "By")
    for heading in ("Valence", "Arousal", "±", "BPM", "Minutes"):
        table.add_column(heading, justify="right")
    for item in sorted(items, key=lambda item: (item.creators, item.title)):
        tempo = "" if item.tempo_bpm is None else f"{item.tempo_bpm:.0f}"
        tempo = f"~{tempo}" if item.tempo_is_estimate else tempo
        place = (f"{item.affect.valence:+.2f}", f"{item.affect.arousal:+.2f}")
        names = (Text(item.title), Text(", ".join(item.creators)))
        sigma, minutes = f"{item.affect_sigma:.2f}", f"{item.duration_s / 60:.1f}"
        table.add_row(*names, *place, sigma, tempo, minutes)
    Console().print(table)
