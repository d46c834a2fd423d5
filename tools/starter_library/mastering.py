"""Mastering: silence trimmed, fades, EBU R128 loudness, true peak kept below the ceiling."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import soxr
from numpy.typing import NDArray

LOUDNESS_LUFS = -18.0
CEILING_DBTP = -1.4
FADE_IN_S, FADE_OUT_S = 0.01, 1.2
_SILENCE_DB = -58.0
_LEAST_CORRELATION = 0.25

Stereo = NDArray[np.float32]


def master(samples: Stereo, rate_hz: int, ceiling_dbtp: float = CEILING_DBTP) -> Stereo:
    """Trim, fade and normalise stereo samples of shape (n, 2), -1 to 1.

    Loudness is integrated loudness after EBU R128 (ITU-R BS.1770-4); where the true peak would
    pass the ceiling, peaks are turned down by a limiter that looks ahead.
    """
    samples = _narrowed(_faded(_trimmed(samples, rate_hz), rate_hz))
    loudness = integrated_lufs(samples, rate_hz)
    samples = samples * np.float32(10 ** ((LOUDNESS_LUFS - loudness) / 20))
    if true_peak_dbtp(samples, rate_hz) > ceiling_dbtp:
        samples = _limited(samples, rate_hz, ceiling_dbtp)
    return samples


def integrated_lufs(samples: Stereo, rate_hz: int) -> float:
    return float(pyloudnorm.Meter(rate_hz).integrated_loudness(samples.astype(np.float64)))


def true_peak_dbtp(samples: Stereo, rate_hz: int) -> float:
    """The highest level between the samples, by four-fold oversampling (BS.1770-4, annex 2)."""
    peak = float(np.abs(soxr.resample(samples, rate_hz, 4 * rate_hz)).max())
    return 20 * float(np.log10(max(peak, 1e-9)))


def _trimmed(samples: Stereo, rate_hz: int) -> Stereo:
    """Cut the silence before the first sound and after the last, leaving the tail of the room."""
    level = np.abs(samples).max(axis=1)
    loud = np.flatnonzero(level > level.max() * 10 ** (_SILENCE_DB / 20))
    start = max(0, int(loud[0]) - int(0.05 * rate_hz))
    end = min(len(samples), int(loud[-1]) + int(0.3 * rate_hz))
    return samples[start:end]


def _narrowed(samples: Stereo) -> Stereo:
    """Less of the difference between left and right where a mono speaker would lose sound."""
    middle = samples.mean(axis=1, keepdims=True)
    side = samples - middle
    for _ in range(8):
        narrowed = middle + side
        if np.corrcoef(narrowed.T)[0, 1] >= _LEAST_CORRELATION:
            break
        side *= np.float32(0.85)
    return np.asarray(middle + side, dtype=np.float32)


def _faded(samples: Stereo, rate_hz: int) -> Stereo:
    faded = samples.copy()
    rise, fall = int(FADE_IN_S * rate_hz), int(FADE_OUT_S * rate_hz)
    faded[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, None]
    curve = np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
    faded[-fall:] *= curve[:, None]
    return faded


def _limited(samples: Stereo, rate_hz: int, ceiling_dbtp: float) -> Stereo:
    """Turn down what passes the ceiling, beginning 5 ms before it and letting go over 80 ms."""
    ceiling = 10 ** ((ceiling_dbtp - 0.2) / 20)
    over = np.abs(soxr.resample(samples, rate_hz, 4 * rate_hz)).max(axis=1)
    blocks = len(samples)
    peaks = over[: 4 * (len(over) // 4)].reshape(-1, 4).max(axis=1)
    peaks = np.pad(peaks, (0, max(0, blocks - len(peaks))))[:blocks]
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    ahead = int(0.005 * rate_hz)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(wanted, (ahead, ahead), constant_values=1.0), 2 * ahead + 1
    )
    held = windows.min(axis=1)
    return (samples * _released(held, rate_hz)[:, None]).astype(np.float32)


def _released(gain: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """A gain that falls at once, and rises back smoothly, evaluated each millisecond."""
    hop = rate_hz // 1000
    steps = np.minimum.reduceat(gain, np.arange(0, len(gain), hop))
    smooth = np.empty_like(steps)
    current, keep = 1.0, float(np.exp(-1 / 80))
    for index, target in enumerate(steps):
        current = min(float(target), 1 - (1 - current) * keep)
        smooth[index] = current
    places = np.arange(len(steps)) * hop
    return np.minimum(np.interp(np.arange(len(gain)), places, smooth), gain)
