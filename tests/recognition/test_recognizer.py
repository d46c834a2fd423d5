"""A recording becomes a reading; what is not speech becomes none."""

from __future__ import annotations

import io
import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import Verdict
from emotion_stream.errors import AudioTooLong, InvalidSamples, NotAudio
from emotion_stream.recognition.recognizer import Recognizer
from tests import sounds
from tests.tiny_model import tiny_model


def test_speech_gives_a_distribution_an_affect_and_a_timeline(recognizer: Recognizer) -> None:
    reading = recognizer.analyze(sounds.wav(sounds.speech()))

    assert reading.scores is not None
    assert sum(reading.scores.probabilities) == pytest.approx(1)
    assert reading.emotion == reading.scores.top
    assert reading.affect == reading.scores.affect
    assert reading.quality.verdict is Verdict.GOOD
    assert reading.end_s == pytest.approx(sounds.speech().size / 16_000, abs=0.01)
    assert reading.timeline
    assert 100 < len(reading.waveform) <= 600
    json.dumps(reading.as_dict(), allow_nan=False)


def test_every_kind_of_source_gives_the_same(recognizer: Recognizer, tmp_path: Path) -> None:
    data = sounds.wav(sounds.speech())
    path = tmp_path / "clip.wav"
    path.write_bytes(data)

    expected = recognizer.analyze(data)

    assert recognizer.analyze(path) == expected
    assert recognizer.analyze(str(path)) == expected
    assert recognizer.analyze(io.BytesIO(data)) == expected


def test_the_whole_is_the_mean_of_its_windows_weighted_by_speech(recognizer: Recognizer) -> None:
    spoken = np.concatenate([sounds.speech(), sounds.silence(0.8), sounds.speech()])
    reading = recognizer.analyze(Recording(spoken, 16_000))

    assert reading.scores is not None
    assert len(reading.timeline) >= 5
    parts = np.array([moment.scores.probabilities for moment in reading.timeline])
    whole = np.array(reading.scores.probabilities)
    assert (whole >= parts.min(axis=0) - 1e-9).all()
    assert (whole <= parts.max(axis=0) + 1e-9).all()
    starts = [moment.start_s for moment in reading.timeline]
    assert starts == sorted(starts)
    assert all(m.end_s - m.start_s == pytest.approx(3) for m in reading.timeline)


def test_a_model_that_is_never_sure_says_so(tmp_path: Path) -> None:
    unsure = Recognizer(tiny_model(tmp_path / "emotion-1.onnx", unsure_below="1.1"))

    reading = unsure.analyze(Recording(sounds.speech(), 16_000))

    assert reading.unsure
    assert reading.emotion is None
    assert reading.scores is not None
    assert all(moment.emotion is None for moment in reading.timeline)


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [
        (sounds.silence(5), Verdict.NO_SPEECH),
        (sounds.silence(5) + np.float32(0.3), Verdict.NO_SPEECH),
        (sounds.noise(5), Verdict.NO_SPEECH),
        (sounds.noise(5, rms=0.001), Verdict.NO_SPEECH),
        (sounds.tone(5), Verdict.NO_SPEECH),
        (np.full(1, 0.1, np.float32), Verdict.TOO_SHORT),
        (sounds.speech()[6_000:9_000], Verdict.TOO_SHORT),
    ],
    ids=["silence", "dc", "white noise", "soft noise", "tone", "one sample", "half a word"],
)
def test_no_speech_is_no_emotion(
    recognizer: Recognizer, samples: sounds.Samples, verdict: Verdict
) -> None:
    reading = recognizer.analyze(Recording(samples, 16_000))

    assert reading.scores is None
    assert reading.emotion is None
    assert reading.affect is None
    assert reading.confidence is None
    assert reading.timeline == ()
    assert not reading.unsure
    assert reading.quality.verdict is verdict
    assert recognizer.scores(Recording(samples, 16_000)) is None


def test_errors_of_the_sound_pass_through(recognizer: Recognizer) -> None:
    with pytest.raises(NotAudio):
        recognizer.analyze(b"just some words")
    with pytest.raises(AudioTooLong):
        recognizer.analyze(sounds.wav(sounds.speech()), max_duration_s=1)
    with pytest.raises(InvalidSamples):
        recognizer.analyze(Recording(np.array([0.0, math.nan]), 16_000))


def test_progress_is_told_in_seconds_heard(recognizer: Recognizer) -> None:
    told: list[float] = []

    reading = recognizer.analyze(Recording(sounds.speech(), 16_000), progress=told.append)

    assert told == sorted(told)
    assert told[-1] == pytest.approx(reading.quality.duration_s)


@pytest.mark.parametrize(
    "source", [Recording(sounds.silence(45), 16_000), sounds.wav(sounds.silence(45))]
)
def test_progress_is_told_where_nobody_speaks(
    recognizer: Recognizer, source: Recording | bytes
) -> None:
    told: list[float] = []

    recognizer.analyze(source, progress=told.append)

    assert len(told) == 5
    assert all(later - earlier <= 10 for earlier, later in pairwise([0.0, *told]))
    assert told[-1] == pytest.approx(45)


def test_whoever_watches_the_progress_can_end_a_silent_recording(recognizer: Recognizer) -> None:
    def gone(heard_s: float) -> None:
        if heard_s > 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recognizer.analyze(Recording(sounds.silence(60), 16_000), progress=gone)


def test_eight_threads_hear_what_one_hears(recognizer: Recognizer) -> None:
    spoken = sounds.speech()
    clips = [Recording(np.roll(spoken, -4_000 * place), 16_000) for place in range(8)] * 2
    expected = [recognizer.analyze(clip) for clip in clips]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(recognizer.analyze, clips)) == expected


@pytest.mark.process
def test_it_is_imported_from_the_package() -> None:
    program = "from emotion_stream import Recognizer, Recording; print(Recognizer.__module__)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "emotion_stream.recognition.recognizer"
