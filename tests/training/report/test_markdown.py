"""report.md holds every table, and names only pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("torch")

from emotion_stream.training.report import render, write_report
from tests.training.report.full import full_report

pytestmark = pytest.mark.training


def test_everything_that_was_measured_is_told(tmp_path: Path) -> None:
    report = full_report(tmp_path)
    out = tmp_path / "report"
    write_report(report, out)
    text = (out / "report.md").read_text()
    assert text == render(report)
    for title in ("When it is sure", "Noise, channels and rooms", "What it hears", "Training"):
        assert f"\n## {title}\n" in text
    for cell in ("| precision |", "| F1 |", "| babble, 5 dB |", "| Opus, 16 kbit/s |", "612,345"):
        assert cell in text
    assert "a share of 0.5 of every emotion" in text
    assert "| silence | 6 | 0 | 0 | - |" in text
    named = re.findall(r"\((\w+\.png)\)", text)
    assert set(named) == {file.name for file in out.glob("*.png")}
    assert len(named) == 7
    assert all((out / name).stat().st_size < 150_000 for name in named)


def test_the_same_figures_give_the_same_files(tmp_path: Path) -> None:
    report = full_report(tmp_path)
    for name in ("one", "two"):
        write_report(report, tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name
