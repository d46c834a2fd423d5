"""What `emotion-stream analyze` was given: files, folders, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from emotion_stream.errors import UsageError

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

_EMPTY = "not_found: there is no sound file in this folder."


@dataclass(frozen=True)
class Inputs:
    """What to analyse, in order; `alone` where it is one file and was named as one.

    `problems` are the folders that could not be looked through or hold nothing, and why.
    """

    names: tuple[str, ...]
    alone: bool
    problems: Mapping[str, str]


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
    problems: dict[str, str] = {}
    for path in paths:
        if path == STDIN or not Path(path).is_dir():
            names.append(path)
            continue
        files = [str(file) for file in sounds_under(Path(path), problems)]
        if not files:
            problems.setdefault(path, _EMPTY)
        names += files
    if not names:
        closed = [f" {name}: {why}" for name, why in problems.items() if why != _EMPTY]
        raise UsageError(f"There is no sound file under {', '.join(paths)}.{''.join(closed)}")
    return Inputs(tuple(names), len(paths) == 1 and names == list(paths), problems)


def sounds_under(folder: Path, problems: dict[str, str]) -> list[Path]:
    """Files that are sound by their ending or their first bytes; hidden ones are left out.

    Folders that cannot be opened, and links that cannot be followed, are put into `problems`.
    """
    from emotion_stream.audio.signature import looks_like_sound

    def is_sound(file: Path) -> bool:
        try:
            if not file.is_file():
                return False
        except OSError as error:  # a link to where one may not look
            _refused(problems, error)
            return False
        return file.suffix.lower() in EXTENSIONS or looks_like_sound(_first_bytes(file))

    return sorted(file for file in _visible_files(folder, problems) if is_sound(file))


def _visible_files(folder: Path, problems: dict[str, str]) -> Iterator[Path]:
    """Linked folders are followed, each folder once."""
    refused = partial(_refused, problems)
    seen: set[tuple[int, int]] = set()
    for name, folders, files in os.walk(folder, onerror=refused, followlinks=True):
        place = Path(name)
        try:
            status = place.stat()
        except OSError as error:  # gone or closed in the meantime
            refused(error)
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (place / each for each in files if not each.startswith("."))


def _refused(problems: dict[str, str], error: OSError) -> None:
    problems[str(error.filename)] = f"unreadable: {error.strerror}."


def _first_bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(12)
    except OSError:  # not ours to read: not found by its bytes
        return b""
