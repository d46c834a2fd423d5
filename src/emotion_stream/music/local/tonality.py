"""Major or minor, and how clearly: pitch classes against key profiles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ
from emotion_stream.music.local.spectrum import Frames, power_spectrogram

_FRAME_SAMPLES, _HOP_SAMPLES = 4096, 4096
_LOWEST_HZ, _HIGHEST_HZ = 65.0, 2100.0

# Probe-tone ratings of Krumhansl & Kessler 1982 (doi:10.1037/0033-295X.89.4.334), tonic first.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


@dataclass(frozen=True)
class Tonality:
    """`key_clarity` is the best correlation with a key (0 to 1); `mode` is how much better major
    fits than minor (-1 to 1)."""

    key_clarity: float
    mode: float


def tonality(samples: NDArray[np.float32]) -> Tonality:
    """The key feeling of an excerpt; noise and silence have none."""
    power = power_spectrogram(samples, _FRAME_SAMPLES, _HOP_SAMPLES)
    chroma = _chroma(power)
    if chroma.std() <= 1e-6:
        return Tonality(0.0, 0.0)
    major, minor = (_best_correlation(chroma, profile) for profile in (_MAJOR, _MINOR))
    return Tonality(max(major, minor, 0.0), major - minor)


def _chroma(power: Frames) -> NDArray[np.float64]:
    """Share of each pitch class, shape (12,); every frame counts the same, however loud."""
    classes = np.sqrt(power) @ _pitch_class_matrix(power.shape[1])
    sums = classes.sum(axis=1, keepdims=True)
    sounding = classes[sums[:, 0] > 1e-4 * max(float(sums.max()), 1e-6)]
    if not len(sounding):
        return np.zeros(12)
    shares = sounding / sounding.sum(axis=1, keepdims=True)
    return np.asarray(shares.mean(axis=0), dtype=np.float64)


def _best_correlation(chroma: NDArray[np.float64], profile: tuple[float, ...]) -> float:
    keys = np.stack([np.roll(profile, tonic) for tonic in range(12)])
    centred = keys - keys.mean(axis=1, keepdims=True)
    deviation = chroma - chroma.mean()
    norms = np.linalg.norm(centred, axis=1) * np.linalg.norm(deviation)
    return float(np.max(centred @ deviation / norms))


@cache
def _pitch_class_matrix(bins: int) -> Frames:
    """Bins to pitch classes (C first), shape (bins, 12); bins between two pitches count less."""
    bin_hz = np.linspace(0, SAMPLE_RATE_HZ / 2, bins)
    pitches = 69 + 12 * np.log2(np.maximum(bin_hz, 1.0) / 440)
    off = (pitches[:, None] - np.arange(12) + 6) % 12 - 6
    weights = np.exp(-0.5 * (off / 0.25) ** 2)
    weights[(bin_hz < _LOWEST_HZ) | (bin_hz > _HIGHEST_HZ)] = 0
    return np.asarray(weights, dtype=np.float32)
