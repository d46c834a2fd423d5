"""The page shows figures of the very model in use, and none of another one."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.web.pages import report_figures
from tests.web.fake_recognizer import Info

REPORT = {
    "shipped": {"sha256": "0" * 64},
    "findings": {
        "uar": {"mean_over_folds": 0.635, "interval_95": [0.589, 0.679]},
        "accuracy": 0.628,
        "sure": {"coverage": 0.81, "accuracy": 0.69},
        "speakers": 20,
        "utterances": 1200,
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / Info.version).mkdir()
    (tmp_path / Info.version / "report.json").write_text(json.dumps(REPORT))
    return tmp_path


def test_the_findings_are_put_in_words(folder: Path) -> None:
    assert report_figures(Info(), [folder / "elsewhere", folder]) == {
        "Unweighted average recall (UAR)": "64% (95% interval 59% to 68%)",
        "Accuracy": "63%",
        "Accuracy where it is sure (81% of the recordings)": "69%",
        "Speakers": "20",
        "Recordings": "1200",
    }


def test_the_report_of_another_file_is_not_shown(folder: Path) -> None:
    assert report_figures(replace(Info(), sha256="1" * 64), [folder]) is None
    assert report_figures(replace(Info(), version="9.9.9"), [folder]) is None


@pytest.mark.parametrize("content", ["{", "[]", '{"shipped": {"sha256": "%s"}}' % ("0" * 64)])
def test_a_report_that_cannot_be_read_is_passed_over(
    folder: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / Info.version / "report.json").write_text(content)
    with caplog.at_level(logging.WARNING):
        assert report_figures(Info(), [folder]) is None
    assert "cannot be read" in caplog.text


def test_the_shipped_model_has_its_figures() -> None:
    figures = report_figures(Recognizer().info)
    assert figures is not None
    assert int(figures["Unweighted average recall (UAR)"].split("%")[0]) >= 55
