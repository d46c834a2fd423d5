"""Decoded frames of any form to mono blocks at 16 kHz."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from emotion_stream.audio.condition import Condition
from emotion_stream.audio.recording import (
    HIGHEST_RATE_HZ,
    LOWEST_RATE_HZ,
    MOST_CHANNELS,
    SAMPLE_RATE_HZ,
    AnySamples,
    Samples,
    check_finite,
)
from emotion_stream.errors import DamagedAudio

# From this many planes on, PyAV reads past the end of FFmpeg's list of them: the process dies.
_PACKED_FROM_CHANNELS = 8
# What is left of the power of the loudest channel: one alone in 7.1 leaves -18 dB, one microphone
# wired the wrong way round next to nothing.
_UNDONE = 10 ** (-20 / 10)
_RESTORED = 10 ** (-14 / 10)
_NO_POWER = 1e-20
# Silence comes ten seconds at a time, however long it is.
_REST_SAMPLES = 10 * SAMPLE_RATE_HZ


class Mixer:
    """Frames to 16 kHz mono; starts anew where a file changes its form in the middle."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._form: tuple[int, str, str] | None = None
        self._resampler: AudioResampler | None = None
        self._samples_in = 0
        self._alone: int | None = None

    def push(self, frame: AudioFrame) -> Iterator[Samples]:
        form = (frame.sample_rate, frame.format.name, frame.layout.name)
        if form != self._form:
            yield from self.finish()
            _check_form(frame)
            self._form, self._alone = form, None
            # Mono is the mean, taken below: FFmpeg's own mix makes two equal channels 3 dB louder.
            self._resampler = AudioResampler("flt", frame.layout.name, SAMPLE_RATE_HZ)
        channels = _channels(frame)
        if channels.dtype.kind == "f":
            check_finite(channels, frame.sample_rate, self._samples_in)
        self._condition.hear(channels)
        self._samples_in += frame.samples
        yield from self._resampled(frame)

    def rest(self, duration_s: float) -> Iterator[Samples]:
        """Silence after all that was pushed; the next frame begins anew."""
        yield from self.finish()
        self._form = None
        left = round(duration_s * SAMPLE_RATE_HZ)
        while left > 0:
            yield np.zeros(min(left, _REST_SAMPLES), np.float32)
            left -= _REST_SAMPLES

    def finish(self) -> Iterator[Samples]:
        if self._resampler is not None:
            yield from self._resampled(None)
            self._resampler = None

    def _resampled(self, frame: AudioFrame | None) -> Iterator[Samples]:
        if self._resampler is None:
            return
        for resampled in self._resampler.resample(frame):
            packed = np.asarray(resampled.to_ndarray(), np.float32)
            channels = packed.reshape(-1, resampled.layout.nb_channels)
            if channels.size:
                yield self._mixed(channels)

    def _mixed(self, channels: Samples) -> Samples:
        """`(samples, channels)` to their mean, or to one of them while they undo each other."""
        mean: Samples = channels.mean(axis=1, dtype=np.float32)
        if channels.shape[1] == 1:
            return mean
        powers = np.mean(np.square(channels, dtype=np.float64), axis=0)
        left = float(np.mean(np.square(mean, dtype=np.float64))) / max(powers.max(), _NO_POWER)
        if left >= (_UNDONE if self._alone is None else _RESTORED):
            self._alone = None
            return mean
        # Held on to: to change between opposite channels is a click.
        if self._alone is None or powers[self._alone] < powers.max() / 4:
            self._alone = int(np.argmax(powers))
        return channels[:, self._alone].copy()


def _check_form(frame: AudioFrame) -> None:
    if not LOWEST_RATE_HZ <= frame.sample_rate <= HIGHEST_RATE_HZ:
        raise DamagedAudio(
            f"A sample rate of {frame.sample_rate} Hz is not sound: the file is damaged, or give "
            f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ} Hz."
        )
    if frame.layout.nb_channels > MOST_CHANNELS:
        raise DamagedAudio(
            f"{frame.layout.nb_channels} channels are too many: mix down to {MOST_CHANNELS}."
        )


def _channels(frame: AudioFrame) -> AnySamples:
    """The samples of a frame as `(channels, samples)`."""
    if frame.format.is_planar and frame.layout.nb_channels >= _PACKED_FROM_CHANNELS:
        packed = AudioResampler("flt", frame.layout.name, frame.sample_rate).resample(frame)
        return np.concatenate([_channels(each) for each in packed], axis=1)
    samples = frame.to_ndarray()
    return samples if frame.format.is_planar else samples.reshape(-1, frame.layout.nb_channels).T
