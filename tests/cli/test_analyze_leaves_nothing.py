"""A call leaves nothing in the home folder or the temporary folder, and tells nobody of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import program

pytestmark = pytest.mark.process


def _everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_analyze_leaves_nothing_behind(model: Path, talk: Path, tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "ORT_DISABLE_TELEMETRY" and not name.startswith("XDG_")
    }
    environment = {**kept, "HOME": str(home), "TMPDIR": str(temporary)}

    ended = subprocess.run(program(model, talk), env=environment, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert _everything_in(home) == []
    assert _everything_in(temporary) == []


def test_onnxruntime_is_told_before_it_is_imported() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ORT_DISABLE_TELEMETRY"}
    command = (
        "import emotion_stream, os, sys\n"
        "print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "False"]
