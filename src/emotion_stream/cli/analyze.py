"""`emotion-stream analyze`: how recordings sound, for people, as JSON or as CSV."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from emotion_stream.cli.inputs import STDIN, Inputs, found
from emotion_stream.cli.options import settings_from
from emotion_stream.errors import AudioError, EmptyAudio, NotWritten, UsageError

if TYPE_CHECKING:
    from emotion_stream.cli.progress import ProgressBar
    from emotion_stream.cli.readings import Writer
    from emotion_stream.emotions import Reading
    from emotion_stream.recognition.recognizer import Recognizer

_IN_MEMORY_BYTES = 32_000_000


def analyze(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object, or one per line for several inputs.")
    ] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One row per recording.")] = False,
    model: Annotated[Path | None, typer.Option(help="ONNX model to use.")] = None,
    max_duration: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Refuse longer recordings.")
    ] = None,
) -> None:
    """Say how the voices in recordings sound.

    Exit code: 0 all analysed, 1 some failed (each named on standard error), 2 wrong usage.
    """
    if as_json and as_csv:
        raise UsageError("Choose one of --json and --csv.")
    if max_duration is not None and not max_duration > 0:
        raise UsageError(f"--max-duration {max_duration:g} is not a length: give seconds over 0.")
    if sys.stdout is None:
        raise NotWritten("The results cannot be written: standard output is closed.")
    inputs = found(paths)
    failed: list[str] = []
    _write_every_name()
    with _written_out():
        _analyze_all(inputs, _writer(inputs, as_json, as_csv), model, max_duration, failed)
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def _writer(inputs: Inputs, as_json: bool, as_csv: bool) -> Writer:
    from emotion_stream.cli import readings

    if as_csv:
        return readings.csv_writer(sys.stdout)
    if as_json:
        return readings.json_writer(sys.stdout, alone=inputs.alone)
    return readings.text_writer(sys.stdout, alone=inputs.alone)


def _analyze_all(
    inputs: Inputs,
    write: Writer,
    model: Path | None,
    max_duration_s: float | None,
    failed: list[str],
) -> None:
    """Write the readings. What failed goes to `failed`, also where writing ends early."""
    from emotion_stream.cli.progress import ProgressBar
    from emotion_stream.cli.readings import shown
    from emotion_stream.recognition.recognizer import Recognizer

    recognizer = Recognizer(model or settings_from().model_path)
    with ProgressBar(len(inputs.names)) as progress:
        for name, problem in inputs.problems.items():
            failed.append(name)
            progress.say(shown(f"{name}: {problem}"))
        for name in inputs.names:
            try:
                reading = _analyze(recognizer, name, max_duration_s, progress)
            except (AudioError, OSError) as error:
                failed.append(name)
                progress.say(shown(f"{name}: {_reason(error)}"))
            else:
                progress.pause()
                write(name, reading)
            progress.finish_file()


def _analyze(
    recognizer: Recognizer, name: str, max_duration_s: float | None, progress: ProgressBar
) -> Reading:
    from emotion_stream.audio.decoding import stated_duration_s

    limit_s = float("inf") if max_duration_s is None else max_duration_s
    with _opened(name) as source:
        progress.start_file(name, stated_duration_s(source) if progress.wanted else None)
        return recognizer.analyze(source, max_duration_s=limit_s, progress=progress.hear)


@contextmanager
def _opened(name: str) -> Iterator[str | BinaryIO]:
    """What comes through a pipe is kept aside first, since some formats are read from their end."""
    if name != STDIN and not Path(name).is_fifo():
        yield name
        return
    with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as file:
        with _pipe(name) as pipe:
            shutil.copyfileobj(pipe, file)
        file.seek(0)
        yield cast(BinaryIO, file)


@contextmanager
def _pipe(name: str) -> Iterator[BinaryIO]:
    if name != STDIN:
        with Path(name).open("rb") as pipe:
            yield pipe
    elif sys.stdin is None:
        raise EmptyAudio("Standard input is closed. Send a recording through it.")
    else:
        yield sys.stdin.buffer


def _reason(error: AudioError | OSError) -> str:
    if isinstance(error, AudioError):
        return f"{error.code}: {error}"
    code = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
    return f"{code}: {(error.strerror or str(error)).rstrip('.')}."


def _write_every_name() -> None:
    """A file may have a name that the terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def _written_out() -> Iterator[None]:
    """A reader that stops early (`| head`) is no failure; a full disk is one, in a sentence."""
    try:
        yield
    except OSError as error:  # those of the inputs have been told by now
        # What is left in the buffer goes nowhere, instead of failing once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise NotWritten(
                f"The results cannot be written: {error.strerror or error}."
            ) from error
