"""The one way from a sound to windows, shared by serving, training and evaluation.

```python
heard = hear("clip.wav")                 # a clip: everything at once
for window in heard.windows: ...         # 16 kHz mono float32, one level, at most 3 s
heard.quality.verdict, heard.waveform

listening = listen("lecture.mp3")        # any length: one pass, bounded memory
for window in listening: ...
listening.quality, listening.waveform    # known once the last window has been taken
```

The steps: decode to 16 kHz mono (`decoding`), take DC and rumble away (`cleaning`), find speech
(`speech`), cut and level windows (`windows`); `quality` and `waveform` watch the signal as it came.
The same source always gives the same windows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr

from emotion_stream.audio.cleaning import clean
from emotion_stream.audio.condition import Condition
from emotion_stream.audio.decoding import Source, decode
from emotion_stream.audio.quality import QualityMeter
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording, Samples
from emotion_stream.audio.silero import FRAME_SAMPLES
from emotion_stream.audio.speech import Stretch, detect
from emotion_stream.audio.waveform import Waveform
from emotion_stream.audio.windows import Window, windows
from emotion_stream.emotions import Quality
from emotion_stream.errors import AudioTooLong, UsageError

ProgressCallback = Callable[[float], None]

BLOCK_SAMPLES = 312 * FRAME_SAMPLES
"""The work is done ten seconds at a time, whatever the blocks of the decoder are."""


@dataclass(frozen=True)
class Heard:
    """All windows of a clip, and what it was like."""

    windows: tuple[Window, ...]
    quality: Quality
    waveform: tuple[float, ...]


class Listening:
    """The windows of one recording, taken once and in order; then its quality and waveform."""

    def __init__(
        self,
        blocks: Iterable[Samples],
        condition: Condition,
        progress: ProgressCallback | None = None,
    ) -> None:
        self._meter = QualityMeter(condition)
        self._waveform = Waveform()
        self._count = 0
        self._heard_samples = 0
        self._progress = progress
        # Cut to equal blocks again: cleaning hands on its own, and the detector levels block by
        # block, so that the same sound in other pieces would otherwise give other windows.
        self._windows = windows(self._measured(detect(blocks_of(clean(self._raw(blocks))))))

    def __iter__(self) -> Iterator[Window]:
        return self

    def __next__(self) -> Window:
        window = next(self._windows)
        self._count += 1
        return window

    @property
    def heard_s(self) -> float:
        """How much of the recording has been taken in so far."""
        return self._heard_samples / SAMPLE_RATE_HZ

    @property
    def quality(self) -> Quality:
        return self._meter.quality(windows=self._count)

    @property
    def waveform(self) -> tuple[float, ...]:
        return self._waveform.peaks()

    def _raw(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        for block in blocks_of(blocks):
            self._meter.add_raw(block)
            self._waveform.add(block)
            self._heard_samples += block.size
            if self._progress is not None:
                self._progress(self.heard_s)
            yield block

    def _measured(self, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
        for stretch in stretches:
            self._meter.add_stretch(stretch)
            yield stretch


def listen(
    source: Source | Recording,
    *,
    max_duration_s: float = math.inf,
    progress: ProgressCallback | None = None,
) -> Listening:
    """Listen to a path, bytes, a seekable binary file or a Recording, of any length.

    `progress` is called with the seconds heard so far, every ten and at the end.
    Errors come with the window they concern: every AudioError of `decode`, AudioTooLong past
    `max_duration_s`, OSError where a path cannot be read. UsageError where that is no number.
    """
    if math.isnan(max_duration_s):
        raise UsageError("A longest duration of nan s is no limit: give seconds, or inf for none.")
    condition = Condition()
    if isinstance(source, Recording):
        if source.duration_s > max_duration_s:
            raise AudioTooLong(
                f"The recording takes {source.duration_s:.1f} s, more than the "
                f"{max_duration_s:g} s that are analysed. Cut it into shorter parts."
            )
        return Listening(_resampled(source, condition), condition, progress)
    blocks = decode(source, max_duration_s=max_duration_s, condition=condition)
    return Listening(blocks, condition, progress)


def hear(source: Source | Recording, *, max_duration_s: float = math.inf) -> Heard:
    """Listen to a whole clip at once. Raises as `listen` does."""
    listening = listen(source, max_duration_s=max_duration_s)
    taken = tuple(listening)
    return Heard(taken, listening.quality, listening.waveform)


def blocks_of(blocks: Iterable[Samples], size: int = BLOCK_SAMPLES) -> Iterator[Samples]:
    """The same samples in blocks of `size`; the last may be shorter."""
    held: list[Samples] = []
    held_samples = 0
    for block in blocks:
        held.append(block)
        held_samples += block.size
        if held_samples < size:
            continue
        joined = np.concatenate(held)
        whole = held_samples // size * size
        yield from np.split(joined[:whole], whole // size)
        held, held_samples = [joined[whole:]], held_samples - whole
    if held_samples:
        yield np.concatenate(held)


def _resampled(recording: Recording, condition: Condition) -> Iterator[Samples]:
    parts = list(blocks_of([recording.samples]))
    stream = None
    if recording.sample_rate_hz != SAMPLE_RATE_HZ:
        stream = soxr.ResampleStream(recording.sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")
    for place, part in enumerate(parts):
        condition.hear(part[np.newaxis])
        last = place == len(parts) - 1
        yield part if stream is None else stream.resample_chunk(part, last=last)
