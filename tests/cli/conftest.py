"""A small model and a recording for the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sounds
from tests.tiny_model import tiny_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model") / "emotion-0.0.1.onnx")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.wav"
    path.write_bytes(sounds.wav(sounds.speech()))
    return path
