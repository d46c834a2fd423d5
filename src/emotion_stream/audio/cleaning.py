"""Removal of DC and sub-sonic rumble from a stream, with zero phase.

Subtracts a local mean taken twice over 25 ms: nothing of DC is left, 5 Hz is 26 dB down, a low
male voice (80 Hz) and all above it pass within 0.3 dB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Samples

_HALF_SAMPLES = SAMPLE_RATE_HZ * 25 // 2000
_WIDTH_SAMPLES = 2 * _HALF_SAMPLES + 1
_REACH_SAMPLES = 2 * _HALF_SAMPLES  # of the two means, on either side


def clean(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Yield the same number of samples, aligned in time, without DC and rumble.

    The edges are continued with their own mean, so a recording that starts away from zero has no
    click. Memory: one block and 50 ms.
    """
    # In double precision: a running sum over ten seconds loses the last digits of a float32.
    held: npt.NDArray[np.float64] = np.empty(0)
    started = False
    for block in blocks:
        held = np.concatenate([held, block])
        if not started and held.size >= _WIDTH_SAMPLES:
            held, started = _begun(held), True
        if started and held.size > 2 * _REACH_SAMPLES:
            yield _cleaned(held)
            held = held[-2 * _REACH_SAMPLES :]
    if held.size and not started:
        held = _begun(held)
    if held.size > _REACH_SAMPLES:
        yield _cleaned(_ended(held))


def _begun(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.concatenate([np.full(_REACH_SAMPLES, _edge(samples[:_WIDTH_SAMPLES])), samples])


def _ended(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.concatenate([samples, np.full(_REACH_SAMPLES, _edge(samples[-_WIDTH_SAMPLES:]))])


def _edge(samples: npt.NDArray[np.floating]) -> float:
    return float(samples.mean(dtype=np.float64))


def _cleaned(samples: npt.NDArray[np.float64]) -> Samples:
    inner = samples[_REACH_SAMPLES:-_REACH_SAMPLES]
    return (inner - _local_mean(_local_mean(samples))).astype(np.float32)


def _local_mean(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(samples)])
    means: npt.NDArray[np.float64] = (
        sums[_WIDTH_SAMPLES:] - sums[:-_WIDTH_SAMPLES]
    ) / _WIDTH_SAMPLES
    return means
