"""A small model and a recording for the command line."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from emotion_stream.cli import main
from tests import sounds
from tests.cli.program import Ended, Run
from tests.tiny_model import tiny_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model") / "emotion-0.0.1.onnx")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(sounds.wav(sounds.speech()))
    return path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the program in this process."""

    def called(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["emotion-stream", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        told = capsys.readouterr()
        return Ended(int(str(code or 0)), told.out, told.err)

    return called


@pytest.fixture
def run(model: Path, call: Run) -> Run:
    """Analyse on the tiny model."""
    return partial(call, "analyze", "--model", model)
