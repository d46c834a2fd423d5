"""The model in the package: ours, as reported, and silent where nobody speaks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import EMOTIONS, Verdict
from emotion_stream.recognition.model import newest_model
from emotion_stream.recognition.recognizer import Recognizer
from tests import sounds

REPORTS = Path(__file__).parents[2] / "docs" / "reports"
MOST_BYTES = 8_000_000


@pytest.fixture(scope="module")
def shipped() -> Recognizer:
    return Recognizer()


def test_it_says_what_it_is(shipped: Recognizer) -> None:
    info = shipped.info

    assert info.labels == tuple(emotion.value for emotion in EMOTIONS)
    assert newest_model().name == f"emotion-{info.version}.onnx"
    assert info.sample_rate_hz == 16_000
    assert info.corpora
    assert "NC" in info.licence  # two of its corpora allow no commerce
    assert 1 / len(EMOTIONS) < info.unsure_below < 1


def test_it_is_small() -> None:
    assert len(newest_model().read_bytes()) <= MOST_BYTES


def test_it_is_the_file_that_was_judged(shipped: Recognizer) -> None:
    report = json.loads((REPORTS / shipped.info.version / "report.json").read_text())

    assert shipped.info.sha256 == report["shipped"]["sha256"]


@pytest.mark.parametrize(
    "samples",
    [sounds.silence(4), sounds.noise(4), sounds.tone(4), sounds.silence(4) + np.float32(0.3)],
    ids=["silence", "white noise", "tone", "dc"],
)
def test_it_says_nothing_where_nobody_speaks(shipped: Recognizer, samples: sounds.Samples) -> None:
    reading = shipped.analyze(Recording(samples, 16_000))

    assert reading.scores is None
    assert reading.quality.verdict is Verdict.NO_SPEECH


@pytest.mark.parametrize(
    "sentence", [sounds.SENTENCE, "No! Stop it, stop it now! I told you to leave me alone!"]
)
def test_it_reads_speech(shipped: Recognizer, sentence: str) -> None:
    reading = shipped.analyze(sounds.wav(sounds.speech(sentence)))

    assert reading.scores is not None
    assert sum(reading.scores.probabilities) == pytest.approx(1)
    assert reading.confidence is not None
    assert reading.emotion == reading.scores.told(shipped.info.unsure_below)


def test_the_level_of_the_microphone_does_not_change_the_emotion(shipped: Recognizer) -> None:
    loud = shipped.scores(Recording(sounds.speech(), 16_000))
    soft = shipped.scores(Recording(sounds.speech() * np.float32(0.02), 16_000))

    assert loud is not None
    assert soft is not None
    np.testing.assert_allclose(soft.probabilities, loud.probabilities, atol=0.01)
