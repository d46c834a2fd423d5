"""Speech cut to overlapping windows of one level, in one pass and bounded memory.

A passage is speech with pauses of at most `MAX_PAUSE_S`, and a margin around it. A passage longer
than a window gives windows every `HOP_S` and one that ends with it; a shorter one gives a single
window of its natural length. Silence between passages is in no window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Samples
from emotion_stream.audio.silero import FRAME_SAMPLES
from emotion_stream.audio.speech import Stretch

# Less context costs recall: against whole utterances 11 % at 0.5 s and 5 % at 3 s are reported
# (https://aes.org/publications/elibrary-page/?id=22745).
WINDOW_S = 3.0
HOP_S = 1.0
MARGIN_S = 0.16
MAX_PAUSE_S = 1.5
MIN_SPEECH_S = 0.35
MIN_SPEECH_RATIO = 0.25
LEVEL_DBFS = -23.0

_WINDOW = round(WINDOW_S * SAMPLE_RATE_HZ)
_HOP = round(HOP_S * SAMPLE_RATE_HZ)
_MARGIN = round(MARGIN_S * SAMPLE_RATE_HZ)
_MAX_PAUSE = round(MAX_PAUSE_S * SAMPLE_RATE_HZ)
# Less new speech than that after the last window is not worth another one.
_SHORTEST_TAIL = _HOP // 4
_HIGHEST_PEAK = 0.99


@dataclass(frozen=True, eq=False)
class Window:
    """Samples between two times of a recording: 16 kHz mono, RMS of the speech -23 dBFS.

    At most `WINDOW_S` long. One gain for the whole window, so its dynamics survive; lowered where
    the peak would pass 0.99. `speech_ratio` is the share of it that is speech.
    """

    start_s: float
    end_s: float
    samples: Samples
    speech_ratio: float


def windows(stretches: Iterable[Stretch]) -> Iterator[Window]:
    """Yield the windows of a recording in order; none where there is too little speech."""
    cutter = _Cutter()
    for stretch in stretches:
        yield from cutter.push(stretch)
    yield from cutter.close()


class _Cutter:
    """Holds the samples that a coming window may need: at most a stretch and some seconds."""

    def __init__(self) -> None:
        self._samples: Samples = np.empty(0, np.float32)
        self._speech: npt.NDArray[np.bool_] = np.empty(0, bool)
        self._held_from = 0
        self._next_start: int | None = None  # of the next window; None outside a passage
        self._passage_start = 0
        self._speech_end = 0

    @property
    def _held_to(self) -> int:
        return self._held_from + self._samples.size

    def push(self, stretch: Stretch) -> Iterator[Window]:
        first = self._held_to
        speech = np.repeat(stretch.speech, FRAME_SAMPLES)[: stretch.samples.size]
        self._samples = np.concatenate([self._samples, stretch.samples])
        self._speech = np.concatenate([self._speech, speech])
        for start, end in _runs(speech):
            yield from self._heard(first + start, first + end)
        if self._held_to - self._speech_end > _MAX_PAUSE:
            yield from self.close()
        self._forget()

    def close(self) -> Iterator[Window]:
        """End the passage: the window that ends with it, or the only one."""
        if self._next_start is None:
            return
        end = min(self._speech_end + _MARGIN, self._held_to)
        start = max(self._passage_start, end - _WINDOW)
        covered_to = self._next_start - _HOP + _WINDOW
        if self._next_start == self._passage_start or end - covered_to >= _SHORTEST_TAIL:
            yield from self._cut(start, end)
        self._next_start = None

    def _heard(self, start: int, end: int) -> Iterator[Window]:
        if start - self._speech_end > _MAX_PAUSE:
            yield from self.close()
        if self._next_start is None:
            self._passage_start = self._next_start = max(start - _MARGIN, self._held_from)
        self._speech_end = end
        while self._next_start + _WINDOW <= min(end + _MARGIN, self._held_to):
            yield from self._cut(self._next_start, self._next_start + _WINDOW)
            self._next_start += _HOP

    def _cut(self, start: int, end: int) -> Iterator[Window]:
        samples = self._samples[start - self._held_from : end - self._held_from]
        speech = self._speech[start - self._held_from : end - self._held_from]
        ratio = float(speech.mean())
        if speech.sum() >= MIN_SPEECH_S * SAMPLE_RATE_HZ and ratio >= MIN_SPEECH_RATIO:
            levelled = _levelled(samples, speech)
            yield Window(start / SAMPLE_RATE_HZ, end / SAMPLE_RATE_HZ, levelled, ratio)

    def _forget(self) -> None:
        if self._next_start is None:
            keep_from = self._held_to - _MARGIN
        else:
            # Whichever begins first: the next window in turn, or the one that ends with the
            # passage.
            keep_from = min(self._next_start, self._speech_end + _MARGIN - _WINDOW)
        drop = max(0, keep_from - self._held_from)
        self._samples, self._speech = self._samples[drop:], self._speech[drop:]
        self._held_from += drop


def _runs(mask: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(start, end) of each run of True."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _levelled(samples: Samples, speech: npt.NDArray[np.bool_]) -> Samples:
    rms = float(np.sqrt(np.mean(np.square(samples[speech], dtype=np.float64))))
    peak = float(np.abs(samples).max())
    if rms == 0:
        return samples.copy()
    gain = min(10 ** (LEVEL_DBFS / 20) / rms, _HIGHEST_PEAK / peak)
    return samples * np.float32(gain)
