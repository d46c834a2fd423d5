"""Who speaks when: found at any level, and not in noise."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.speech import detect, hysteresis
from tests import sounds


def share_of_speech(samples: sounds.Samples) -> float:
    (stretch,) = detect([samples])
    return float(stretch.speech.mean())


@pytest.mark.parametrize("gain", [1.0, 0.1, 0.01, 0.001])
def test_speech_is_found_at_any_level(gain: float) -> None:
    assert share_of_speech(sounds.speech() * np.float32(gain)) > 0.6


def test_speech_is_found_without_the_speaking_program() -> None:
    assert share_of_speech(sounds.synthetic_speech()) > 0.3


@pytest.mark.parametrize("rms", [0.3, 0.03, 0.0003, 0.00003])
def test_noise_is_not_speech_at_any_level(rms: float) -> None:
    assert share_of_speech(sounds.noise(5, rms=rms)) < 0.02


def test_music_of_tones_is_not_speech() -> None:
    chords = [sum((sounds.tone(0.5, frequency_hz=hz * k, peak=0.1 / k)
                   for hz in (220, 277, 330) for k in (1, 2, 3)), sounds.silence(0.5))
              for _ in range(8)]  # fmt: skip
    assert share_of_speech(np.concatenate(chords)) < 0.1


def test_speech_starts_high_and_ends_low() -> None:
    probabilities = np.array([0.2, 0.4, 0.6, 0.4, 0.36, 0.3, 0.4, 0.1])

    mask = hysteresis(probabilities)

    assert mask.tolist() == [False, False, True, True, True, False, False, False]
    assert hysteresis(np.array([0.4, 0.4]), speaking=True).all()
    assert not hysteresis(np.array([0.4, 0.4])).any()
