"""Two trainings never share a run folder; a dead one holds nothing back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from emotion_stream.errors import NotWritten, RunBusy
from emotion_stream.training.fit.run_folder import run_lock

pytestmark = pytest.mark.training

HOLDS = """
import sys
from pathlib import Path
from emotion_stream.training.fit.run_folder import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.process
def test_the_second_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(RunBusy, match=f"by process {first.pid}"), run_lock(tmp_path):
            pass
        first.send_signal(signal.SIGKILL)
    with run_lock(tmp_path):
        assert (tmp_path / ".lock").read_text() == str(os.getpid())


def test_who_is_done_lets_go_at_once(tmp_path: Path) -> None:
    for _ in range(2):
        context = run_lock(tmp_path)
        with context:
            pass
        done = subprocess.run(
            [sys.executable, "-c", HOLDS, tmp_path], input="", capture_output=True, text=True
        )
        assert done.stdout == "held\n"


def test_a_folder_that_cannot_be_written_is_named(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o500)
    with (
        pytest.raises(NotWritten, match=r"run/\.lock.*Permission"),
        run_lock(ordinary_folder / "run"),
    ):
        pass
