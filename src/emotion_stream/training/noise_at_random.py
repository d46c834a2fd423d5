"""Noise where none is recorded, and a stretch of any sound from a random place on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def from_anywhere(samples: Samples, rng: np.random.Generator, size: int) -> Samples:
    """`size` samples from a random place on, round and round."""
    start = int(rng.integers(samples.size))
    return np.take(samples, np.arange(start, start + size), mode="wrap")


def coloured_noise(rng: np.random.Generator, size: int, *, slope: float) -> Samples:
    """Noise whose power falls with frequency to the power `slope`: 0 is white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(rng.standard_normal(size))
    falling = np.maximum(np.arange(spectrum.size), 1) ** (-slope / 2)
    drawn = np.fft.irfft(spectrum * falling, size)
    return np.asarray(0.1 * drawn / drawn.std(), np.float32)
