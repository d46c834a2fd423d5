"""The stretches of a recording that can be heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLOCKS_PER_S = 10
_FLOOR_POWER = 10 ** (-60.0 / 10)  # of full scale; dither lies at -96 dB, a tape's hiss near -60
_RANGE_POWER = 10 ** (-50.0 / 10)  # of the loudest tenth of a second
_PAUSE_S = 3.0


def audible_part(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float32]:
    """The samples without their silent stretches; a pause of up to 3 s belongs to the music.

    A steady offset cannot be heard, however high.
    """
    block = sample_rate_hz // _BLOCKS_PER_S
    if not len(samples):
        return samples
    whole = np.pad(samples, (0, -len(samples) % block), mode="edge")
    power = whole.reshape(-1, block).var(axis=1)
    heard = power > max(_FLOOR_POWER, float(power.max()) * _RANGE_POWER)
    places = np.flatnonzero(heard)
    gaps = np.diff(places)
    for index in np.flatnonzero((gaps > 1) & (gaps <= _PAUSE_S * _BLOCKS_PER_S)):
        heard[places[index] : places[index + 1]] = True
    kept: NDArray[np.float32] = samples[np.repeat(heard, block)[: len(samples)]]
    return kept
