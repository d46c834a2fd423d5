"""Short-time spectra of an excerpt: power, mel bands, and what they say about timbre."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ

FRAME_SAMPLES = 1024
HOP_SAMPLES = 512
FRAMES_PER_S = SAMPLE_RATE_HZ / HOP_SAMPLES
MEL_BANDS = 48

_TINY_POWER = 1e-12
_BLOCK_FRAMES = 256  # keeps the memory of a whole excerpt's complex spectra away
_HARMONIC_FRAMES = 13  # 0.3 s: longer than a drum stroke
_PERCUSSIVE_BANDS = 9
_AUDIBLE_DB = 45.0  # frames this far below the loudest say nothing about timbre

Frames = NDArray[np.float32]


@dataclass(frozen=True)
class Timbre:
    """How an excerpt sounds on average.

    `loudness_dbfs` is the RMS level without any offset, `centroid_octaves` log2 of the centroid in
    Hz, `flatness_db` the geometric over the arithmetic mean of the bands (0 is noise),
    `percussive_share` the part of the energy (0 to 1) that stands upright in the spectrogram.
    """

    loudness_dbfs: float
    centroid_octaves: float
    flatness_db: float
    percussive_share: float


def power_spectrogram(samples: NDArray[np.float32], frame_samples: int, hop_samples: int) -> Frames:
    """Hann-windowed power, shape (frames, frame_samples // 2 + 1); short input is padded."""
    padded = np.pad(samples, (0, max(0, frame_samples - len(samples))))
    frames = sliding_window_view(padded, frame_samples)[::hop_samples]
    window = np.hanning(frame_samples).astype(np.float32)
    power = np.empty((len(frames), frame_samples // 2 + 1), dtype=np.float32)
    for start in range(0, len(frames), _BLOCK_FRAMES):
        block = slice(start, start + _BLOCK_FRAMES)
        spectrum = np.fft.rfft(frames[block] * window, axis=1) / (frame_samples / 4)
        power[block] = spectrum.real**2 + spectrum.imag**2
    return power


def mel_power(power: Frames) -> Frames:
    """Power in `MEL_BANDS` bands, shape (frames, MEL_BANDS)."""
    return np.asarray(power @ _mel_matrix(power.shape[1]), dtype=np.float32)


def timbre(samples: NDArray[np.float32], power: Frames, mel: Frames) -> Timbre:
    """Averages over the audible frames; silence has finite, dull values."""
    level_db = 10 * np.log10(mel.sum(axis=1) + _TINY_POWER)
    audible = level_db > max(float(level_db.max()) - _AUDIBLE_DB, -75.0)
    mean_square = float(np.var(samples, dtype=np.float64)) if len(samples) else 0.0
    loudness_dbfs = 10 * math.log10(mean_square + 1e-8)
    if not audible.any():
        return Timbre(loudness_dbfs, math.log2(200.0), -60.0, 0.0)
    return Timbre(
        loudness_dbfs,
        _centroid_octaves(power[audible]),
        _flatness_db(mel[audible]),
        _percussive_share(mel),
    )


def _centroid_octaves(power: Frames) -> float:
    frequencies_hz = np.linspace(0, SAMPLE_RATE_HZ / 2, power.shape[1])
    magnitude = np.sqrt(power)
    centroid_hz = (magnitude @ frequencies_hz) / (magnitude.sum(axis=1) + 1e-9)
    return float(np.mean(np.log2(np.maximum(centroid_hz, 20.0))))


def _flatness_db(mel: Frames) -> float:
    safe = mel + mel.max(axis=1, keepdims=True) * 1e-6 + _TINY_POWER
    ratio_db = 10 * (np.log10(safe).mean(axis=1) - np.log10(safe.mean(axis=1)))
    return float(ratio_db.mean())


def _percussive_share(mel: Frames) -> float:
    """Median filtering (Fitzgerald 2010) on mel bands, which is far cheaper than on bins."""
    magnitude = np.sqrt(mel)
    sustained = _running_median(magnitude, _HARMONIC_FRAMES, axis=0)
    upright = _running_median(magnitude, _PERCUSSIVE_BANDS, axis=1)
    share = upright**2 / (upright**2 + sustained**2 + _TINY_POWER)
    # Steady broadband noise is upright as well as sustained: it counts half, drums count full.
    return float((share * mel).sum() / (mel.sum() + _TINY_POWER))


def _running_median(values: Frames, width: int, axis: int) -> Frames:
    before = [(0, 0), (0, 0)]
    before[axis] = (width // 2, width // 2)
    windows = sliding_window_view(np.pad(values, before, mode="edge"), width, axis=axis)
    middle = np.partition(windows, width // 2, axis=-1)[..., width // 2]
    return np.asarray(middle, dtype=np.float32)


@cache
def _mel_matrix(bins: int) -> Frames:
    """Triangles of equal area on the mel scale from 30 Hz up, shape (bins, MEL_BANDS)."""
    top_mel = 2595 * math.log10(1 + SAMPLE_RATE_HZ / 2 / 700)
    edges_mel = np.linspace(2595 * math.log10(1 + 30 / 700), top_mel, MEL_BANDS + 2)
    edges_hz = 700 * (10 ** (edges_mel / 2595) - 1)
    low, centre, high = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    bin_hz = np.linspace(0, SAMPLE_RATE_HZ / 2, bins)[:, None]
    # No band is narrower than a bin, or the lowest ones would be empty.
    spacing_hz = SAMPLE_RATE_HZ / 2 / (bins - 1)
    rising = (bin_hz - low) / np.maximum(centre - low, spacing_hz)
    falling = (high - bin_hz) / np.maximum(high - centre, spacing_hz)
    return np.asarray(np.maximum(0, np.minimum(rising, falling)), dtype=np.float32)
