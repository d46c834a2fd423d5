"""The figures of speed are there; how fast it is, no test can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.training.evaluate.evaluation import latency
from tests.tiny_model import tiny_model

pytestmark = pytest.mark.training


def test_it_tells_what_was_measured_on_what(tmp_path: Path) -> None:
    took = latency(tiny_model(tmp_path / "tiny.onnx"))
    assert 0 < took["least_ms"] <= took["median_ms"]
    assert (took["file"], took["threads"], took["window_s"]) == ("tiny.onnx", 1, 3.0)
    assert took["machine"]
