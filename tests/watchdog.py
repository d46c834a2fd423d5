"""Whatever ends a test run, nothing of it stays: no process, no file in the temporary folder.

The run has a temporary folder of its own, and everything that it starts inherits `TMPDIR`. This
program waits until the run has ended - also when it was killed and can no longer clean up - then
ends the processes that still have the folder in their environment, and removes it:
`python watchdog.py FOLDER`, with a pipe from the run as standard input that nobody ever writes to.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

# PostgreSQL needs a moment to stop in order; what has not stopped by then is killed.
GRACE_S = 5.0
KILLED_S = 5.0


@dataclass(frozen=True)
class Watchdog:
    """The temporary folder of this run, and the process that clears up after it."""

    folder: Path
    process: subprocess.Popen[bytes]

    def done(self) -> None:
        """The run has ended: returns when all is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.read()  # nothing is written; it closes when the program ends
        self.process.stdout.close()


def watched() -> Watchdog:
    """Give this process, and all that it starts from now on, a temporary folder that will go."""
    folder = Path(tempfile.mkdtemp(prefix="es-tests-")).resolve()
    # Tests that take the place of another user, and PostgreSQL's own, pass through it.
    folder.chmod(0o711)
    # Out of reach: of Ctrl-C in a terminal, and of who ends a program with all its children.
    process = subprocess.Popen(
        [sys.executable, __file__, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    process.wait()  # it has left a child of its own
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None  # which is read from the environment anew
    return Watchdog(folder, process)


def of_the_run(folder: Path) -> list[psutil.Process]:
    """The processes whose temporary folder it is, or lies within it."""
    return [process for process in psutil.process_iter() if _has(process, folder)]


def _has(process: psutil.Process, folder: Path) -> bool:
    if process.pid == os.getpid():
        return False
    try:
        theirs = process.environ().get("TMPDIR", "")
        return process.status() != psutil.STATUS_ZOMBIE and Path(theirs).is_relative_to(folder)
    except (psutil.Error, OSError):  # it has just ended, or belongs to somebody else
        return False


def end_all(folder: Path) -> None:
    """Stop the processes of the run in order, then by force; what they start meanwhile, too."""
    began = time.monotonic()
    asked: set[psutil.Process] = set()
    while (left := of_the_run(folder)) and time.monotonic() < began + GRACE_S + KILLED_S:
        for process in left:
            try:
                if time.monotonic() > began + GRACE_S:
                    process.kill()
                elif process not in asked:
                    process.terminate()
            except psutil.Error:
                continue
        asked.update(left)
        time.sleep(0.05)


def main() -> None:
    folder = Path(sys.argv[1])
    if os.fork():
        os._exit(0)
    for asked_to_end in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_end, signal.SIG_IGN)  # it ends by itself, when its work is done
    sys.stdin.buffer.read()
    end_all(folder)
    for _ in range(20):  # what the last process wrote while it ended
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(0.1)


if __name__ == "__main__":
    main()
