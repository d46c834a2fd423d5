"""Onsets, tempo and how clear the pulse is, from mel bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from emotion_stream.music.local.spectrum import FRAMES_PER_S, Frames

_RANGE_DB = 60.0
_SLOWEST_BPM, _FASTEST_BPM = 45.0, 210.0
_COMMON_BPM, _COMMON_WIDTH_OCTAVES = 115.0, 0.9
_NEIGHBOURS = 9  # frames on either side of an onset: 0.2 s
_ONSET_RISE_DB = 1.0


@dataclass(frozen=True)
class Rhythm:
    """`flux_db` is the mean rise per frame and band; `pulse_clarity` (0 to 1) is the height of the
    tempo's peak in the autocorrelation of the onsets. `tempo_bpm` is None without any pulse."""

    onsets_per_s: float
    flux_db: float
    tempo_bpm: float | None
    pulse_clarity: float


def rhythm(mel: Frames) -> Rhythm:
    """The rhythm of an excerpt; independent of its level."""
    strength = _onset_strength(mel)
    duration_s = max(len(strength), 1) / FRAMES_PER_S
    tempo_bpm, clarity = _tempo(strength)
    return Rhythm(_onset_count(strength) / duration_s, float(strength.mean()), tempo_bpm, clarity)


def _onset_strength(mel: Frames) -> NDArray[np.float64]:
    """Mean rise in dB over the bands, per frame; the floor lies 60 dB under the loudest band."""
    top = float(mel.max())
    if top <= 1e-10:
        return np.zeros(len(mel))
    level_db = 10 * np.log10(np.maximum(mel / top, 10 ** (-_RANGE_DB / 10)))
    rises = np.maximum(0, np.diff(level_db, axis=0, prepend=level_db[:1]))
    return np.asarray(rises.mean(axis=1), dtype=np.float64)


def _onset_count(strength: NDArray[np.float64]) -> int:
    """Local maxima that stand clearly above their surroundings."""
    padded = np.pad(strength, _NEIGHBOURS, mode="edge")
    around = sliding_window_view(padded, 2 * _NEIGHBOURS + 1)
    near = around[:, _NEIGHBOURS - 3 : _NEIGHBOURS + 4].max(axis=1)
    threshold = around.mean(axis=1) + _ONSET_RISE_DB
    return int(np.sum((strength >= near) & (strength > threshold)))


def _tempo(strength: NDArray[np.float64]) -> tuple[float | None, float]:
    centred = strength - strength.mean()
    energy = float(centred @ centred)
    first = round(FRAMES_PER_S * 60 / _FASTEST_BPM)
    last = min(round(FRAMES_PER_S * 60 / _SLOWEST_BPM), len(strength) // 2)
    if energy <= 1e-9 or last <= first + 2:
        return None, 0.0
    size = 1 << (2 * len(centred) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(centred, size)) ** 2
    lags = np.arange(first, last + 1)
    unbiased = len(centred) / (len(centred) - lags)
    heights = np.fft.irfft(spectrum)[lags] / energy * unbiased
    octaves = np.log2(FRAMES_PER_S * 60 / lags / _COMMON_BPM)
    weighted = heights * np.exp(-0.5 * (octaves / _COMMON_WIDTH_OCTAVES) ** 2)
    best = int(np.argmax(weighted))
    clarity = float(np.clip(heights[best], 0.0, 1.0))
    if clarity < 0.05:
        return None, clarity
    return FRAMES_PER_S * 60 / (first + _peak(weighted, best)), clarity


def _peak(values: NDArray[np.float64], index: int) -> float:
    """The place of a maximum between samples, by a parabola through three of them."""
    if not 0 < index < len(values) - 1:
        return float(index)
    before, here, after = values[index - 1 : index + 2]
    curve = before - 2 * here + after
    return float(index + 0.5 * (before - after) / curve) if curve < 0 else float(index)
