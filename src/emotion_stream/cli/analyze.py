"""`emotion-stream analyze`: how recordings sound, for people, as JSON or as CSV."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

import typer

from emotion_stream.cli.configured import settings_from
from emotion_stream.errors import AudioError, EmotionStreamError, EmptyAudio, UsageError

if TYPE_CHECKING:
    from emotion_stream.cli.progress import Progress
    from emotion_stream.cli.readings import Writer
    from emotion_stream.emotions import Reading
    from emotion_stream.recognition.recognizer import Recognizer

STDIN = "-"
EXTENSIONS = frozenset(
    [
        ".wav",
        ".wave",
        ".w64",
        ".aif",
        ".aiff",
        ".au",
        ".caf",
        ".flac",
        ".mp3",
        ".mp4",
        ".m4a",
        ".m4b",
        ".aac",
        ".ogg",
        ".oga",
        ".opus",
        ".webm",
        ".weba",
        ".mkv",
        ".mka",
        ".mov",
        ".3gp",
        ".amr",
        ".wma",
    ]
)
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
    inputs = found(paths)
    failed = 0
    _write_every_name()
    with _written_out():
        failed = _analyze_all(inputs, _writer(inputs, as_json, as_csv), model, max_duration)
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


@dataclass(frozen=True)
class Inputs:
    """What to analyse, in order; `alone` where it is one file and was named as one."""

    names: tuple[str, ...]
    alone: bool


def found(paths: Sequence[str]) -> Inputs:
    """The files named, and the sound files under the folders named, sorted.

    A path that does not exist stays: it fails like any other input. Raises UsageError where
    nothing is left.
    """
    if paths.count(STDIN) > 1:
        raise UsageError("Standard input (-) can be read once.")
    if "" in paths:  # an unset variable of a script would otherwise mean the current folder
        raise UsageError("One of the paths is empty.")
    names: list[str] = []
    for path in paths:
        if path != STDIN and Path(path).is_dir():
            names += [str(file) for file in sounds_under(Path(path))]
        else:
            names.append(path)
    if not names:
        raise UsageError(f"There is no sound file under {', '.join(paths)}.")
    return Inputs(tuple(names), alone=len(paths) == 1 and names == list(paths))


def sounds_under(folder: Path) -> list[Path]:
    """Files that are sound by their ending or their first bytes; hidden ones are left out."""
    from emotion_stream.audio.signature import looks_like_sound

    def is_sound(file: Path) -> bool:
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            return False
        if not file.is_file():
            return False
        return file.suffix.lower() in EXTENSIONS or looks_like_sound(_first_bytes(file))

    return sorted(file for file in folder.rglob("*") if is_sound(file))


def _first_bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(12)
    except OSError:  # not ours to read: not found by its bytes
        return b""


def _writer(inputs: Inputs, as_json: bool, as_csv: bool) -> Writer:
    from emotion_stream.cli import readings

    if as_csv:
        return readings.csv_writer(sys.stdout)
    if as_json:
        return readings.json_writer(sys.stdout, alone=inputs.alone)
    return readings.text_writer(sys.stdout, alone=inputs.alone)


def _analyze_all(
    inputs: Inputs, write: Writer, model: Path | None, max_duration_s: float | None
) -> int:
    """How many failed."""
    from emotion_stream.cli.progress import Progress
    from emotion_stream.cli.readings import shown
    from emotion_stream.recognition.recognizer import Recognizer

    recognizer = Recognizer(model or settings_from().model_path)
    failed = 0
    with Progress(len(inputs.names)) as progress:
        for name in inputs.names:
            try:
                reading = _analyze(recognizer, name, max_duration_s, progress)
            except (AudioError, OSError) as error:
                failed += 1
                progress.say(shown(f"{name}: {_reason(error)}"))
            else:
                progress.pause()
                write(name, reading)
            progress.finish_file()
    return failed


def _analyze(
    recognizer: Recognizer, name: str, max_duration_s: float | None, progress: Progress
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
            raise EmotionStreamError(
                f"The results cannot be written: {error.strerror or error}."
            ) from error
