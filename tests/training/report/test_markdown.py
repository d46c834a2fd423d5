"""report.md holds every table, and names only pictures that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from emotion_stream.training.report import render, write_report
from tests.training.report.full_report import full_report

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return full_report(tmp_path_factory.mktemp("full"))


def test_everything_that_was_measured_is_told(report: dict[str, Any], tmp_path: Path) -> None:
    write_report(report, tmp_path)
    text = (tmp_path / "report.md").read_text()
    assert text == render(report)
    for title in ("When it is sure", "Noise, channels and rooms", "What it hears", "Training"):
        assert f"\n## {title}\n" in text
    for cell in ("| precision |", "| F1 |", "| babble, 5 dB |", "| Opus, 16 kbit/s |", "612,345"):
        assert cell in text
    assert "a share of 0.5 of every emotion" in text
    assert "| silence | 6 | 0 | 0 | - |" in text
    named = re.findall(r"\((\w+\.png)\)", text)
    assert set(named) == {file.name for file in tmp_path.glob("*.png")}
    assert len(named) == 7
    assert all((tmp_path / name).stat().st_size < 150_000 for name in named)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    write_report(json.loads(before["report.json"]), tmp_path)
    assert before == {file.name: file.read_bytes() for file in tmp_path.iterdir()}
