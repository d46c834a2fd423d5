"""Mastering brings any sound to one loudness without clipping it."""

from __future__ import annotations

import numpy as np
import pytest

from tools.starter_library.mastering import (
    LOUDNESS_LUFS,
    Stereo,
    integrated_lufs,
    master,
    true_peak_dbtp,
)

RATE_HZ = 48_000


def tone(level: float, seconds: float = 4.0) -> Stereo:
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    wave = level * np.sin(2 * np.pi * 440 * time_s)
    return np.stack([wave, 0.8 * wave], axis=1).astype(np.float32)


@pytest.mark.parametrize("level", [0.01, 0.9])
def test_loudness_is_normalised(level: float) -> None:
    mastered = master(tone(level), RATE_HZ)
    assert integrated_lufs(mastered, RATE_HZ) == pytest.approx(LOUDNESS_LUFS, abs=0.6)
    assert mastered.dtype == np.float32


def test_peaks_are_held_under_the_ceiling() -> None:
    sound = tone(0.05)
    sound[RATE_HZ :: RATE_HZ // 2] = 0.98
    mastered = master(sound, RATE_HZ)
    assert true_peak_dbtp(mastered, RATE_HZ) <= -1.2


def test_silence_around_the_sound_is_cut_and_the_ends_fade() -> None:
    quiet = np.zeros((2 * RATE_HZ, 2), dtype=np.float32)
    mastered = master(np.concatenate([quiet, tone(0.3), quiet]), RATE_HZ)
    assert 4.0 <= len(mastered) / RATE_HZ <= 4.5
    assert np.abs(mastered[:4]).max() < 0.01
    assert np.abs(mastered[-4:]).max() < 0.01


def test_sound_that_would_vanish_in_mono_is_narrowed() -> None:
    sound = tone(0.3)
    rng = np.random.default_rng(1)
    sound[:, 1] = -sound[:, 0] + rng.normal(0, 0.2, len(sound)).astype(np.float32)
    assert np.corrcoef(sound.T)[0, 1] < -0.5
    assert np.corrcoef(master(sound, RATE_HZ).T)[0, 1] > np.corrcoef(sound.T)[0, 1] + 0.5
