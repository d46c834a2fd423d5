"""A run of tests that is interrupted or killed leaves no process and no folder behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests import postgres
from tests.absence import absent
from tests.watchdog import of_the_run

pytestmark = [pytest.mark.process, pytest.mark.slow]

REPOSITORY = Path(__file__).parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
SCRIPT = ["scripts/test.sh", str(Path(sys.executable).parent / "pytest"), "-p", "no:cacheprovider"]
WAIT_S = 120  # on a busy machine, too


def waited(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until and not condition():
        time.sleep(0.1)
    return condition()


@pytest.mark.parametrize(
    ("command", "sent"),
    [
        (PYTEST, signal.SIGKILL),
        (PYTEST, signal.SIGTERM),
        (SCRIPT, signal.SIGKILL),
        (SCRIPT, signal.SIGINT),
    ],
    ids=["pytest is killed", "pytest is ended", "script is killed", "script is interrupted"],
)
def test_nothing_is_left_when_a_run_is_cut_off(
    command: list[str], sent: signal.Signals, tmp_path: Path
) -> None:
    if postgres.binaries() is None:
        absent("no PostgreSQL here: install it to run these (apt install postgresql)")
    told = tmp_path / "told"
    with (tmp_path / "log").open("w") as log:
        run = subprocess.Popen(
            [*command, "tests/left_running.py"],
            cwd=REPOSITORY,
            stdout=log,
            stderr=log,
            env={**os.environ, "ES_TELL": str(told)},
            preexec_fn=_interruptible,
        )
    try:
        assert waited(lambda: told.exists() and told.read_text() != ""), _log(tmp_path)
        folder = Path(told.read_text())
        assert {"postgres", "python"} <= {name_of(process.name()) for process in of_the_run(folder)}
        watchdog_of(folder).terminate()  # as who ends all programs of a checkout does
    finally:
        run.send_signal(sent)
        run.wait(WAIT_S)

    assert run.returncode != 0
    assert waited(lambda: not folder.exists())
    assert of_the_run(folder) == []


def watchdog_of(folder: Path) -> psutil.Process:
    (found,) = (
        p for p in psutil.process_iter(["cmdline"]) if str(folder) in (p.info["cmdline"] or ())
    )
    return found


def _interruptible() -> None:
    """As in a terminal; what runs in the background of a script ignores Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _log(folder: Path) -> str:
    return (folder / "log").read_text()


def name_of(program: str) -> str:
    """`python3.11` is Python."""
    return program.rstrip("0123456789.")


def test_a_run_that_ends_well_leaves_nothing(tmp_path: Path) -> None:
    alone = tmp_path / "temporary"
    alone.mkdir()
    done = subprocess.run(
        [*PYTEST, "-q", "tests/test_emotions.py"],
        cwd=REPOSITORY,
        capture_output=True,
        env={**os.environ, "TMPDIR": str(alone)},
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert list(alone.iterdir()) == []
