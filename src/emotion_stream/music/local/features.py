"""What is measured of an excerpt, in one row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from emotion_stream.music.local import stored
from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ
from emotion_stream.music.local.rhythm import rhythm
from emotion_stream.music.local.spectrum import (
    FRAME_SAMPLES,
    HOP_SAMPLES,
    mel_power,
    power_spectrogram,
    timbre,
)
from emotion_stream.music.local.tonality import tonality


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
        tempo_bpm = stored.optional_number(values["tempo_bpm"])
        names = [field.name for field in fields(cls) if field.name != "tempo_bpm"]
        return cls(tempo_bpm=tempo_bpm, **{name: stored.number(values[name]) for name in names})


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
