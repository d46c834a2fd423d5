"""Sound in memory: mono samples and their rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from emotion_stream.errors import EmptyAudio, InvalidSamples

Samples = npt.NDArray[np.float32]
# What a caller hands in may be of any type; it is looked at below.
AnySamples = npt.NDArray[Any]

SAMPLE_RATE_HZ = 16_000
"""The one rate everything behind the decoder works at."""

LOWEST_RATE_HZ = 4_000
HIGHEST_RATE_HZ = 384_000
MOST_CHANNELS = 8
"""7.1."""

LARGEST_SAMPLE = np.float32(1e6)
"""Far above any scale that samples come in; squares and sums of larger ones overflow."""
# A list of integers is int64: nobody knows the scale it was meant in.
_WIDEST_INTEGER_BYTES = 4


@dataclass(frozen=True, eq=False)
class Recording:
    """Mono float32 samples (full scale is 1.0) at `sample_rate_hz`, a copy that does not change.

    Taken are floats, and int8, int16 and int32, whose full scale is known. Raises EmptyAudio
    without samples; InvalidSamples for another shape or type, for values that are not finite or
    above a million and for a rate outside 4 to 384 kHz.
    """

    samples: Samples
    sample_rate_hz: int

    def __post_init__(self) -> None:
        if not LOWEST_RATE_HZ <= self.sample_rate_hz <= HIGHEST_RATE_HZ:
            raise InvalidSamples(
                f"A sample rate of {self.sample_rate_hz} Hz is not sound: "
                f"give {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz."
            )
        samples = np.asarray(self.samples)
        if samples.ndim != 1:
            raise InvalidSamples(
                f"Samples of shape {samples.shape} are not mono: "
                "use Recording.from_channels for (channels, samples)."
            )
        if samples.size == 0:
            raise EmptyAudio("The recording has no samples.")
        kept = as_float32(samples, self.sample_rate_hz)
        if np.may_share_memory(kept, samples):
            kept = kept.copy()
        kept.setflags(write=False)
        object.__setattr__(self, "samples", kept)

    @classmethod
    def from_channels(cls, channels: npt.ArrayLike, sample_rate_hz: int) -> Recording:
        """Mix `(channels, samples)`, at most 8 channels, down to mono by the mean.

        Raises as the class does.
        """
        array = np.asarray(channels)
        if array.ndim != 2 or array.shape[0] == 0:
            raise InvalidSamples(f"Samples of shape {array.shape} are not (channels, samples).")
        if array.shape[0] > MOST_CHANNELS:
            raise InvalidSamples(
                f"Samples of shape {array.shape} would be {array.shape[0]} channels, more than "
                f"{MOST_CHANNELS}: give (channels, samples); did you mean samples.T?"
            )
        if array.shape[1] == 0:
            raise EmptyAudio("The recording has no samples.")
        return cls(as_float32(array, sample_rate_hz).mean(axis=0), sample_rate_hz)

    @property
    def duration_s(self) -> float:
        return self.samples.size / self.sample_rate_hz


def as_float32(samples: AnySamples, sample_rate_hz: int) -> Samples:
    """Floats as float32, integers scaled to full scale 1.0. Raises as `Recording` does.

    The last axis is time; the message names the first bad place.
    """
    if samples.dtype.kind == "i" and samples.dtype.itemsize <= _WIDEST_INTEGER_BYTES:
        # By the negative end, which is one further out: -1.0 is reached and 1.0 never passed.
        full_scale = -float(np.iinfo(samples.dtype).min)
        return np.asarray(samples / full_scale, np.float32)
    if not np.issubdtype(samples.dtype, np.floating):
        raise InvalidSamples(
            f"Samples of type {samples.dtype} are not sound: give floats from -1 to 1, "
            "or int8, int16 or int32."
        )
    check_finite(samples, sample_rate_hz)
    return np.asarray(samples, np.float32)


def check_finite(samples: AnySamples, sample_rate_hz: int, first_sample: int = 0) -> None:
    """InvalidSamples at the first NaN, infinity or absurd value along the last axis."""
    sound = np.abs(samples) <= LARGEST_SAMPLE
    if sound.all():
        return
    channels = samples.reshape(-1, samples.shape[-1])
    place = int(np.argmin(sound.reshape(channels.shape).all(axis=0)))
    value = next(each for each in channels[:, place] if not abs(each) <= LARGEST_SAMPLE)
    where = f"Sample {place + first_sample} (at {(place + first_sample) / sample_rate_hz:.3f} s)"
    if not np.isfinite(value):
        raise InvalidSamples(
            f"{where} is not a finite number: "
            "the recording holds NaN or infinite values and cannot be analysed."
        )
    raise InvalidSamples(
        f"{where} is {value:.3g}, where full scale is 1: the recording is damaged, "
        "or divide its samples by the largest value they can have."
    )
