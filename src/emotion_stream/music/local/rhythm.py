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
# When a tempo is told: set by hand so that no piece of the starter library gets a wrong one.
_CLEAR = 0.3  # height of the peak
_TRIPLE, _DIVIDED, _EVEN, _RIVAL = 0.4, 0.3, 0.95, 0.85  # of the peak
_FAST_FOR_BARE_BPM = 110.0  # half of it is too slow for a beat; a faster bare pulse may be halves
_BLUR = np.array([1.0, 4.0, 6.0, 4.0, 1.0]) / 16  # fast pulses fall between frames
_NEIGHBOURS = 9  # frames on either side of an onset: 0.2 s
_ONSET_RISE_DB = 1.0


@dataclass(frozen=True)
class Rhythm:
    """`flux_db` is the mean rise per frame and band; `pulse_clarity` (0 to 1) is the height of the
    tempo's peak in the autocorrelation of the onsets. `tempo_bpm` is None where there is no clear
    pulse, and where half, double or a third of it would do as well."""

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
    heights = _autocorrelation(np.convolve(strength, _BLUR, "same"))
    first = round(FRAMES_PER_S * 60 / _FASTEST_BPM)
    last = min(round(FRAMES_PER_S * 60 / _SLOWEST_BPM), len(heights) - 1)
    if last <= first + 2:
        return None, 0.0
    weighted = heights * _commonness(np.arange(len(heights)))
    best = first + int(np.argmax(weighted[first : last + 1]))
    clarity = float(np.clip(heights[best], 0.0, 1.0))
    if clarity < _CLEAR or _is_ambiguous(heights, best):
        return None, clarity
    return FRAMES_PER_S * 60 / _peak(weighted, best), clarity


def _autocorrelation(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the onsets, by lag in frames, up to half of them; empty where nothing happens."""
    centred = strength - strength.mean()
    energy = float(centred @ centred)
    if energy <= 1e-9:
        return np.zeros(0)
    size = 1 << (2 * len(centred) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(centred, size)) ** 2
    lags = np.arange(len(centred) // 2 + 1)
    unbiased = len(centred) / (len(centred) - lags)
    return np.asarray(np.fft.irfft(spectrum)[lags] / energy * unbiased, dtype=np.float64)


def _commonness(lags: NDArray[np.int_]) -> NDArray[np.float64]:
    """How usual a beat of so many frames is, 0 to 1."""
    octaves = np.log2(FRAMES_PER_S * 60 / np.maximum(lags, 1) / _COMMON_BPM)
    return np.asarray(np.exp(-0.5 * (octaves / _COMMON_WIDTH_OCTAVES) ** 2), dtype=np.float64)


def _is_ambiguous(heights: NDArray[np.float64], best: int) -> bool:
    """Whether a period that is related to the best one could as well be the beat.

    A pulse is as high again at each of its multiples, so what tells beats from groups of beats is
    what lies between them: halves make a beat of the period, thirds make it three beats in two.
    """
    here = heights[best]
    half, double = _height(heights, best / 2), _height(heights, best * 2)
    if max(_height(heights, best / 3), _height(heights, best * 2 / 3)) >= _TRIPLE * here:
        return True
    if best < FRAMES_PER_S * 60 / _FAST_FOR_BARE_BPM and half < _DIVIDED * here:
        return True
    if half >= _EVEN * here:  # nothing sets every second pulse apart
        return True
    rivals = ((half, best // 2), (double, best * 2))
    salience = here * _commonness(np.array(best))
    slowest = FRAMES_PER_S * 60 / _SLOWEST_BPM
    return any(
        height * _commonness(np.array(lag)) >= _RIVAL * salience
        for height, lag in rivals
        if lag <= slowest
    )


def _height(heights: NDArray[np.float64], lag: float) -> float:
    """The highest within 3 % of a lag, 0 beyond the end."""
    near = heights[max(1, int(lag * 0.97)) : int(np.ceil(lag * 1.03)) + 1]
    return float(near.max()) if len(near) else 0.0


def _peak(values: NDArray[np.float64], index: int) -> float:
    """The place of a maximum between samples, by a parabola through three of them."""
    if not 0 < index < len(values) - 1:
        return float(index)
    before, here, after = values[index - 1 : index + 2]
    curve = before - 2 * here + after
    return float(index + 0.5 * (before - after) / curve) if curve < 0 else float(index)
