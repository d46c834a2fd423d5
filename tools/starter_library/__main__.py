"""`python -m tools.starter_library`: builds the starter library anew from its scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from emotion_stream.cli import run
from emotion_stream.errors import UsageError

app = typer.Typer(add_completion=False)


@app.command()
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
    """Compose and render the starter library (needs the group `compose`, and fluidsynth)."""
    try:
        from tools.starter_library.catalogue import make_library, missing, write_scores
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed; to compose, pip install --group compose."
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


if __name__ == "__main__":
    run(app, "starter_library")
