"""One training at a time in a run folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from emotion_stream.errors import RunBusy
from emotion_stream.training.whole_file import unwritten


@contextlib.contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold `<folder>/.lock`. The system lets go of it when the process ends, however it ends.

    Raises RunBusy where another process holds it.
    """
    file = folder / ".lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = file.open("a+")
    except OSError as error:
        raise unwritten(error, file) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise RunBusy(
                f"{folder} is being trained in by process {lock.read().strip() or '?'}. Wait for "
                "it, or give another --out."
            ) from error
        with contextlib.suppress(OSError):  # a full disk: the number is a courtesy
            os.truncate(file, 0)
            lock.write(str(os.getpid()))
            lock.flush()
        yield
