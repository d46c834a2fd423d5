"""The drawing of a recording of any length."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.waveform import Waveform
from tests import sounds


def peaks(samples: sounds.Samples, block: int) -> tuple[float, ...]:
    waveform = Waveform()
    for place in range(0, samples.size, block):
        waveform.add(samples[place : place + block])
    return waveform.peaks()


@pytest.mark.parametrize("size", [1, 79, 80, 47_920, 48_000, 48_080, 1_000_000])
@pytest.mark.parametrize("block", [33, 16_000])
def test_at_most_600_peaks_that_hold_the_largest(size: int, block: int) -> None:
    samples = sounds.noise(size / 16_000, rms=0.1)
    samples[size // 2] = -0.9

    found = peaks(samples, max(block, size // 500))

    assert 1 <= len(found) <= 600
    assert max(found) == pytest.approx(0.9, abs=1e-3)
    assert found.index(max(found)) == pytest.approx(len(found) / 2, abs=0.02 * len(found) + 1)


def test_the_blocks_do_not_matter() -> None:
    samples = sounds.noise(7)

    assert peaks(samples, 123) == peaks(samples, 160_000)


def test_what_passes_full_scale_is_drawn_at_full_scale() -> None:
    assert peaks(np.full(800, 2.5, np.float32), 800) == (1.0,) * 10


def test_nothing_is_no_peak() -> None:
    assert Waveform().peaks() == ()
