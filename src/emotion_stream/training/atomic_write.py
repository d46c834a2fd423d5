"""A file is there whole or not at all, whatever ends the process or fills the disk."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emotion_stream.errors import DiskFull, NotWritten

_UNFINISHED = re.compile(r"\.\d+\.part$")
_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def atomic_write(file: Path) -> Iterator[Path]:
    """The path to write to; what lies there takes the place of `file` when the block has ended.

    Where the block fails nothing is left. Raises DiskFull or NotWritten, in place of the OSError,
    with the name of the file.
    """
    # With the process in its name: two runs may fill one cache at the same time.
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        yield part
        _keep(part)
        part.replace(file)
    except OSError as error:
        raise unwritten(error, file) from error
    finally:
        part.unlink(missing_ok=True)


def unwritten(error: OSError, file: Path) -> DiskFull | NotWritten:
    """In words of ours, with the way out."""
    if error.errno in _NO_SPACE:
        return DiskFull(
            f"The disk is full: {file} was not written. Free some space and give the same command "
            "again: it goes on from what is there."
        )
    return NotWritten(f"{file} cannot be written: {error.strerror or error}.")


def remove_unfinished(folder: Path) -> None:
    """Of processes that were killed. Only where no other one writes under `folder`."""
    for part in folder.rglob("*.part"):
        if _UNFINISHED.search(part.name):
            part.unlink(missing_ok=True)


def _keep(part: Path) -> None:
    """Some file systems tell that they are full only here."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
