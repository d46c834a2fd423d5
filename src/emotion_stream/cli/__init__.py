"""The command line: `emotion-stream analyze | serve | migrate | library | corpora | train | ...`.

One file per command; what a command needs is imported when it runs, so that `--help` is instant.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from emotion_stream import __version__
from emotion_stream.cli.analyze import analyze
from emotion_stream.cli.corpora import corpora
from emotion_stream.cli.library import library
from emotion_stream.cli.migrate import migrate
from emotion_stream.cli.serve import serve
from emotion_stream.cli.spotify import spotify
from emotion_stream.cli.train import evaluate, export, train
from emotion_stream.errors import EmotionStreamError, UsageError

app = typer.Typer(
    name="emotion-stream",
    help="Hear how a voice sounds and play music that fits.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"emotion-stream {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Options of the program itself."""


for command in (analyze, serve, migrate, train, export, evaluate):
    app.command()(command)
app.add_typer(library, name="library")
app.add_typer(corpora, name="corpora")
app.add_typer(spotify, name="spotify")


def main() -> None:
    """Run the command line; the entry point of the `emotion-stream` program."""
    run(app, "emotion-stream")


def run(program: Callable[[], object], name: str) -> None:
    """Run a command line. A failure of ours is the name of the program, its code and one sentence
    on standard error, and exit code 2 for a mistake in the options, else 1."""
    try:
        program()
    except EmotionStreamError as error:
        typer.echo(f"{name}: {error.code}: {error.in_full}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
