"""A training that is killed goes on, and ends with the weights of one that was not."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from emotion_stream.training.fit.checkpoint import read_checkpoint
from tests.training.killed_run import trainer

pytestmark = [pytest.mark.training, pytest.mark.slow, pytest.mark.process]

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """As in the processes that are killed: the order of a sum is part of its last digits."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def _killed(folder: Path, where: str, count: int) -> None:
    command = [sys.executable, "-m", "tests.training.killed_run", folder, where, str(count)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


def _epochs(folder: Path) -> int:
    return len(read_checkpoint(folder / "checkpoint.pt")["history"])


def test_kills_within_and_between_epochs_change_no_bit(tmp_path: Path) -> None:
    unbroken = trainer(tmp_path / "unbroken")
    expected = unbroken.run(lambda epoch: None).state_dict()
    folder = tmp_path / "killed"

    _killed(folder, "step", 6)  # in the second epoch
    assert _epochs(folder) == 1
    _killed(folder, "write", 2)  # the third epoch has ended, its checkpoint is not yet there
    assert list(folder.glob("checkpoint.pt.*.part"))
    assert _epochs(folder) == 2

    last = trainer(folder)
    got = last.run(lambda epoch: None).state_dict()
    assert [(row.epoch, row.loss) for row in last.history] == [
        (row.epoch, row.loss) for row in unbroken.history
    ]
    for name in expected:
        torch.testing.assert_close(got[name], expected[name], atol=0, rtol=0)
