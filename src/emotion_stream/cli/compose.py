"""`emotion-stream compose`: builds the starter library anew from its scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from emotion_stream.errors import UsageError


def compose(
    out: Annotated[Path, typer.Option("--out", help="Folder for the sound files and catalogue.")],
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Id of a piece; may be given again.")
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="Write MIDI files only, without rendering.")
    ] = False,
    lacking: Annotated[
        bool, typer.Option("--missing", help="Only the pieces that the folder does not hold yet.")
    ] = False,
) -> None:
    """Compose and render the starter library (needs the `compose` extra and fluidsynth)."""
    try:
        from emotion_stream.composing.catalogue import make_library, missing, write_scores
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed; install emotion-stream[compose] to compose."
        ) from error
    out.mkdir(parents=True, exist_ok=True)
    wanted = frozenset(only or ())
    if lacking:
        absent = missing(out)
        wanted = wanted & absent if wanted else absent
        if not wanted:  # an empty choice would mean all of them
            typer.echo("Nothing is missing.")
            return
    build = write_scores if scores else make_library
    for path in build(out, wanted):
        typer.echo(str(path))
