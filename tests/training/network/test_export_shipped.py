"""The model in the package is the one the committed report goes with."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_stream import __version__
from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import EMOTIONS, Verdict
from emotion_stream.recognition.model import newest_model
from emotion_stream.recognition.recognizer import Recognizer
from tests.sounds import noise, silence, speech, tone

REPORT = Path(__file__).parents[3] / "docs" / "reports" / __version__


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((REPORT / "report.json").read_text())
    return content


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


def test_is_the_file_of_the_report(report: dict[str, Any], recognizer: Recognizer) -> None:
    assert report["shipped"]["file"] == newest_model().name == f"emotion-{__version__}.onnx"
    assert report["shipped"]["sha256"] == recognizer.info.sha256
    assert set(recognizer.info.corpora) == set(report["corpora"])


def test_is_small() -> None:
    file = files("emotion_stream") / "assets" / f"emotion-{__version__}.onnx"
    assert len(file.read_bytes()) <= 8_000_000


@pytest.mark.training
def test_the_page_is_drawn_from_the_figures(report: dict[str, Any]) -> None:
    from emotion_stream.training.report import render

    assert (REPORT / "report.md").read_text() == render(report)
    for picture in ("confusion.png", "coverage.png", "curves.png"):
        assert (REPORT / picture).is_file()


def test_the_report_reaches_the_bar_on_speakers_never_heard(report: dict[str, Any]) -> None:
    assert report["findings"]["uar"]["mean_over_folds"] >= 0.55
    assert report["findings"]["speakers"] == 20
    for model in report["models"].values():
        parts = [set(model["split"][part]) for part in ("train", "validation", "test")]
        assert sum(map(len, parts)) == len(set.union(*parts))


def test_the_page_of_results_states_the_figures_of_the_report(report: dict[str, Any]) -> None:
    page = (REPORT.parents[1] / "results.md").read_text()
    found = report["findings"]
    for share in (
        found["uar"]["mean_over_folds"],
        found["uar"]["pooled"],
        found["accuracy"],
        *found["recall"].values(),
    ):
        assert f"{100 * share:.1f} %" in page
    assert f"{found['calibration_error']:.3f}" in page


def test_the_page_on_personal_calibration_shows_the_table_of_the_report() -> None:
    page = (REPORT.parents[1] / "personal-calibration.md").read_text()
    report = (REPORT / "report.md").read_text()
    _, *lines = page.partition("| told |")[2].partition("\n\n")[0].splitlines()
    rows = [line for line in lines if " points |" in line]
    assert rows
    assert all(row in report for row in rows)


@pytest.mark.parametrize(
    "sound", [silence(3.0), tone(3.0), noise(3.0), np.full(48_000, 0.5, np.float32)]
)
def test_what_is_no_speech_has_no_emotion(recognizer: Recognizer, sound: np.ndarray) -> None:
    reading = recognizer.analyze(Recording(sound, 16_000))
    assert (reading.scores, reading.emotion) == (None, None)
    assert reading.quality.verdict in (Verdict.NO_SPEECH, Verdict.TOO_SHORT)


def test_hears_speech_whatever_its_level(recognizer: Recognizer) -> None:
    loud = recognizer.analyze(Recording(speech(), 16_000))
    quiet = recognizer.analyze(Recording(0.1 * speech(), 16_000))
    assert loud.scores is not None
    assert quiet.scores is not None
    assert sum(loud.scores.probabilities) == pytest.approx(1)
    np.testing.assert_allclose(loud.scores.probabilities, quiet.scores.probabilities, atol=0.05)
    assert len(loud.scores.probabilities) == len(EMOTIONS)
