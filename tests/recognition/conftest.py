"""One recogniser on the tiny model, shared as a server shares it."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.recognition.recognizer import Recognizer
from tests.tiny_model import tiny_model


@pytest.fixture(scope="session")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("model") / "emotion-0.0.1.onnx")


@pytest.fixture(scope="session")
def recognizer(model_path: Path) -> Recognizer:
    return Recognizer(model_path)
