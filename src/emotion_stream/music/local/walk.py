"""The music files below a folder, found without leaving it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from emotion_stream.music.local.analysis import PLAYABLE_SUFFIXES, UNPLAYABLE_SUFFIXES, Skipped


@dataclass(frozen=True, order=True)
class FoundFile:
    """A file by its path below the folder, with what tells that it has changed."""

    relative: str
    size_bytes: int
    mtime_ns: int


@dataclass
class Walk:
    """What one walk saw: files worth looking at, in a fixed order, and what was left out.

    `unread` are the paths below the folder of which nothing could be learnt this time.
    """

    files: list[FoundFile] = field(default_factory=list)
    skipped: Counter[Skipped] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)


def walk(folder: Path, now_ns: int, settle_s: float, stopped: Callable[[], bool]) -> Walk:
    """Look at every name below `folder` (hidden ones are passed over in silence).

    Links are not followed: what they point to inside the folder is found itself, and what lies
    outside is none of our business. Files touched within `settle_s` of `now_ns` may still be
    growing and are left for the next walk. Raises OSError where the folder itself is unreadable.
    """
    result = Walk()
    waiting = [(folder, list(_entries(folder)))]
    while waiting and not stopped():
        _, entries = waiting.pop()
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                below = _look(entry, folder, result, now_ns, settle_s)
                if below is not None:
                    waiting.append((below, list(_entries(below))))
            except FileNotFoundError:
                continue  # it vanished while we looked
            except OSError:
                result.skipped[Skipped.UNREADABLE] += 1
                result.unread.append(os.path.relpath(entry.path, folder))
    result.files.sort()
    return result


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        yield from entries


def _look(
    entry: os.DirEntry[str], folder: Path, result: Walk, now_ns: int, settle_s: float
) -> Path | None:
    """Note what the entry is; the path of a folder to go into."""
    if entry.is_symlink():
        if not Path(os.path.realpath(entry.path)).is_relative_to(folder):
            result.skipped[Skipped.OUTSIDE] += 1
        return None
    if entry.is_dir(follow_symlinks=False):
        return Path(entry.path)
    suffix = os.path.splitext(entry.name)[1].lower()
    if suffix in UNPLAYABLE_SUFFIXES:
        result.skipped[Skipped.NOT_PLAYABLE] += 1
    elif suffix in PLAYABLE_SUFFIXES and entry.is_file(follow_symlinks=False):
        status = entry.stat(follow_symlinks=False)
        if abs(now_ns - status.st_mtime_ns) < settle_s * 1e9:
            result.skipped[Skipped.CHANGING] += 1
        elif not status.st_size:
            result.skipped[Skipped.EMPTY] += 1
        else:
            relative = os.path.relpath(entry.path, folder)
            result.files.append(FoundFile(relative, status.st_size, status.st_mtime_ns))
    return None
