"""What is wrong with a recording is said in a word, a sentence and figures."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.listening import hear
from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import Quality, Verdict
from tests import sounds


def quality(samples: sounds.Samples) -> Quality:
    return hear(Recording(samples.astype(np.float32), 16_000)).quality


def in_a_room(samples: sounds.Samples, noise_rms: float) -> sounds.Samples:
    """A second of the room before and after."""
    padded = np.concatenate([sounds.silence(1), samples, sounds.silence(1)])
    return padded + sounds.noise(padded.size / 16_000 + 1, rms=noise_rms)[: padded.size]


def test_clear_speech_is_good_and_measured() -> None:
    found = quality(in_a_room(sounds.speech(), 0.0005))

    assert found.verdict is Verdict.GOOD
    assert found.message == "The recording is clear."
    assert found.duration_s == pytest.approx(sounds.speech().size / 16_000 + 2, abs=1e-3)
    assert 2 < found.speech_s < found.duration_s
    assert found.level_dbfs is not None
    assert -40 < found.level_dbfs < -6
    assert found.peak == pytest.approx(np.abs(sounds.speech()).max(), abs=0.01)
    assert found.clipped_ratio < 1e-4
    assert found.snr_db is not None
    assert found.snr_db > 30


def test_the_figures_follow_the_level() -> None:
    loud = quality(in_a_room(sounds.speech(), 0.0005))
    soft = quality(in_a_room(sounds.speech(), 0.0005) * np.float32(0.1))

    assert loud.level_dbfs is not None
    assert soft.level_dbfs == pytest.approx(loud.level_dbfs - 20, abs=0.2)
    assert soft.peak == pytest.approx(loud.peak / 10, rel=1e-3)
    assert soft.verdict is Verdict.GOOD


def test_noise_around_the_voice_is_said_and_measured() -> None:
    speech = sounds.speech()
    rms = float(np.sqrt(np.mean(speech**2)))

    found = quality(in_a_room(speech, rms * 0.5))

    assert found.verdict is Verdict.NOISY
    assert found.snr_db == pytest.approx(6, abs=2.5)


def test_a_voice_far_too_soft_is_said() -> None:
    assert quality(sounds.speech() * np.float32(0.001)).verdict is Verdict.TOO_QUIET


def test_distortion_is_said() -> None:
    found = quality(np.clip(sounds.speech() * 12, -1, 1))

    assert found.verdict is Verdict.CLIPPED
    assert found.clipped_ratio > 0.01


def test_one_full_peak_is_no_distortion() -> None:
    speech = sounds.speech()
    assert quality(speech / np.abs(speech).max()).verdict is Verdict.GOOD


def test_silence_asks_for_the_microphone() -> None:
    found = quality(sounds.silence(3))

    assert found.verdict is Verdict.NO_SPEECH
    assert "silent" in found.message
    assert found.level_dbfs is None
    assert found.snr_db is None
    assert found.speech_s == 0


def test_a_rumbling_offset_does_not_change_the_level() -> None:
    plain = quality(in_a_room(sounds.speech(), 0.0005))
    shifted = quality(in_a_room(sounds.speech(), 0.0005) * np.float32(0.5) + np.float32(0.3))

    assert plain.level_dbfs is not None
    assert shifted.level_dbfs == pytest.approx(plain.level_dbfs - 6.02, abs=0.2)


def test_without_a_pause_the_noise_cannot_be_told() -> None:
    assert quality(sounds.speech()[4_000:20_000]).snr_db is None
