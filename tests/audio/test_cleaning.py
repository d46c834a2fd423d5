"""Cleaning takes DC and rumble away and leaves the voice as it was."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.cleaning import clean
from tests import sounds


def cleaned(samples: sounds.Samples, block: int = 8_000) -> sounds.Samples:
    parts = [samples[place : place + block] for place in range(0, samples.size, block)]
    return np.concatenate(list(clean(parts)))


def gain_db(frequency_hz: float) -> float:
    """In the middle of two seconds, away from the edges."""
    before = sounds.tone(2, frequency_hz=frequency_hz)
    after = cleaned(before)
    inner = slice(8_000, 24_000)
    return float(20 * np.log10(after[inner].std() / before[inner].std()))


@pytest.mark.parametrize("frequency_hz", [80, 120, 250, 1_000, 4_000, 7_500])
def test_a_voice_passes_unchanged(frequency_hz: float) -> None:
    assert gain_db(frequency_hz) == pytest.approx(0, abs=0.3)


def test_the_phase_of_a_tone_is_kept() -> None:
    tone = sounds.tone(2, frequency_hz=1_000)

    np.testing.assert_allclose(cleaned(tone)[800:-800], tone[800:-800], atol=1e-3)


def test_rumble_is_gone() -> None:
    assert gain_db(5) < -25
    assert gain_db(2) < -40


def test_dc_is_gone_without_a_click_at_the_edges() -> None:
    np.testing.assert_allclose(cleaned(np.full(32_000, 0.7, np.float32)), 0, atol=1e-6)


@pytest.mark.parametrize("block", [1, 37, 400, 801, 5_000, 100_000])
@pytest.mark.parametrize("size", [1, 399, 801, 1_602, 4_000])
def test_the_blocks_do_not_matter_and_no_sample_is_lost(block: int, size: int) -> None:
    samples = sounds.noise(1)[:size] + np.float32(0.2)

    np.testing.assert_allclose(cleaned(samples, block), cleaned(samples, size), atol=1e-6)
    assert cleaned(samples, block).size == size


def test_nothing_gives_nothing() -> None:
    assert list(clean([])) == []
