"""Peaks of equal slices of a recording of unknown length, for drawing it."""

from __future__ import annotations

import numpy as np

from emotion_stream.audio.recording import Samples

MOST_PEAKS = 600
_FIRST_SLICE_SAMPLES = 80


class Waveform:
    """At most 600 peaks from 0 to 1; the slices double in length when there are too many."""

    def __init__(self) -> None:
        self._slice_samples = _FIRST_SLICE_SAMPLES
        self._peaks: Samples = np.empty(0, np.float32)
        self._rest: Samples = np.empty(0, np.float32)

    def add(self, block: Samples) -> None:
        samples = np.concatenate([self._rest, np.abs(block)])
        whole = samples.size // self._slice_samples * self._slice_samples
        slices = samples[:whole].reshape(-1, self._slice_samples)
        self._rest = samples[whole:]
        self._peaks = np.concatenate([self._peaks, slices.max(axis=1, initial=0.0)])
        while self._peaks.size >= MOST_PEAKS:
            self._double()

    def peaks(self) -> tuple[float, ...]:
        """The peaks so far; the last slice may be shorter."""
        last = [self._rest.max()] if self._rest.size else []
        return tuple(round(min(float(peak), 1.0), 4) for peak in [*self._peaks, *last])

    def _double(self) -> None:
        if self._peaks.size % 2:
            # The odd last slice goes on growing as samples of its own peak.
            grown = np.full(self._slice_samples, self._peaks[-1], np.float32)
            self._rest = np.concatenate([grown, self._rest])
            self._peaks = self._peaks[:-1]
        self._peaks = self._peaks.reshape(-1, 2).max(axis=1)
        self._slice_samples *= 2
