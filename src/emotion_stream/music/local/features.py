"""What is measured of an excerpt, in one row: timbre, rhythm and tonality.

Short-time spectra give power and mel bands; onsets, tempo and the clarity of the pulse come
from the mel bands; major or minor from pitch classes against key profiles.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from emotion_stream.music.local import json_fields
from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ

# Short-time spectra of an excerpt: power, mel bands, and what they say about timbre.

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
        # By half the sum of the window: a sine at full scale has a power of 1 in its bin.
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
    # One empty band would take the geometric mean to nothing: none is more than 60 dB down.
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
    # O'Shaughnessy's mel scale, as in HTK.
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


# Onsets, tempo and how clear the pulse is, from mel bands.

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
    # Twice as long at least: the end must not be correlated with the beginning.
    size = 1 << (2 * len(centred) - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(centred, size)) ** 2
    lags = np.arange(len(centred) // 2 + 1)
    # The longer the lag the fewer products: without this, slow beats would seem less clear.
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


# Major or minor, and how clearly: pitch classes against key profiles.

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
    # The key-finding algorithm of Krumhansl & Schmuckler: a profile turned to each tonic.
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


@dataclass(frozen=True)
class Features:
    """The figures of `Timbre`, `Rhythm` and `Tonality`; all finite. `tempo_bpm` may be None.

    `audible_s` is how much sound they were measured of.
    """

    audible_s: float
    loudness_dbfs: float
    onsets_per_s: float
    flux_db: float
    centroid_octaves: float
    flatness_db: float
    percussive_share: float
    tempo_bpm: float | None
    pulse_clarity: float
    key_clarity: float
    mode: float

    def as_dict(self) -> dict[str, float | None]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> Features:
        """Undo `as_dict`. Raises KeyError, TypeError or OverflowError where it is not one."""
        tempo_bpm = json_fields.optional_number(values["tempo_bpm"])
        names = [field.name for field in fields(cls) if field.name != "tempo_bpm"]
        return cls(
            tempo_bpm=tempo_bpm, **{name: json_fields.number(values[name]) for name in names}
        )


def features_of(samples: NDArray[np.float32]) -> Features:
    """Measure the samples of an excerpt; silence and single samples included."""
    power = power_spectrogram(samples, FRAME_SAMPLES, HOP_SAMPLES)
    mel = mel_power(power)
    sound, beat, key = timbre(samples, power, mel), rhythm(mel), tonality(samples)
    return Features(
        audible_s=round(len(samples) / SAMPLE_RATE_HZ, 1),
        loudness_dbfs=sound.loudness_dbfs,
        onsets_per_s=beat.onsets_per_s,
        flux_db=beat.flux_db,
        centroid_octaves=sound.centroid_octaves,
        flatness_db=sound.flatness_db,
        percussive_share=sound.percussive_share,
        tempo_bpm=beat.tempo_bpm,
        pulse_clarity=beat.pulse_clarity,
        key_clarity=key.key_clarity,
        mode=key.mode,
    )
