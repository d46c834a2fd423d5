"""How usable a recording is: figures of the signal as it came, and a verdict in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emotion_stream.audio.condition import Condition
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Samples
from emotion_stream.audio.silero import FRAME_SAMPLES
from emotion_stream.audio.speech import Stretch
from emotion_stream.emotions import Quality, Verdict

SILENT_PEAK = 10 ** (-60 / 20)
TOO_QUIET_DBFS = -58.0
CLIPPED_RATIO = 0.002
NOISY_SNR_DB = 8.0
DAMAGED_RATIO = 0.05
# A blip this short is a mistake of the detector (a tone that sets in), not somebody who stopped.
LEAST_SPEECH_S = 0.25
_LEAST_PAUSE_FRAMES = 6
_FADE_FRAMES = 5
_FLOOR_POWER = 1e-10  # -100 dBFS, the noise of a 16-bit recording

_MESSAGES = {
    Verdict.GOOD: "The recording is clear.",
    Verdict.TOO_SHORT: "There is too little speech to judge. Speak for at least three seconds.",
    Verdict.TOO_QUIET: "The voice is very quiet. Move closer to the microphone or turn it up.",
    Verdict.CLIPPED: "The recording is too loud and distorts. Turn the microphone down.",
    Verdict.NOISY: "There is a lot of noise around the voice. Try a quieter place.",
    Verdict.NO_SPEECH: "No speech was heard. Check the microphone and speak again, or choose a "
    "recording of a voice.",
}


@dataclass
class _Power:
    """Mean square of some frames, summed up."""

    frames: int = 0
    total: float = 0.0

    def add(self, powers: npt.NDArray[np.float64]) -> None:
        self.frames += powers.size
        self.total += float(powers.sum())

    @property
    def mean(self) -> float:
        return self.total / self.frames if self.frames else 0.0


class QualityMeter:
    """Collects the figures while a recording passes; `quality` is its end."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        self._samples = 0
        self._peak = 0.0
        self._speech = _Power()
        self._pause = _Power()

    def add_raw(self, block: Samples) -> None:
        """Mono samples at 16 kHz, not cleaned yet."""
        size = np.abs(block)
        self._samples += block.size
        self._peak = max(self._peak, float(size.max(initial=0.0)))

    def add_stretch(self, stretch: Stretch) -> None:
        """Cleaned samples with their speech mask; the cut last frame is not counted."""
        whole = stretch.samples.size // FRAME_SAMPLES
        if not whole:
            return
        frames = stretch.samples[: whole * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
        powers = np.mean(np.square(frames, dtype=np.float64), axis=1)
        speech = stretch.speech[:whole]
        self._speech.add(powers[speech])
        self._pause.add(powers[~_near(speech)])

    def quality(self, *, windows: int) -> Quality:
        """The verdict, knowing how many windows of speech the recording gave."""
        speech_s = self._speech.frames * FRAME_SAMPLES / SAMPLE_RATE_HZ
        level_dbfs = _decibels(self._speech.mean) if self._speech.frames else None
        clipped_ratio = self._condition.clipped_ratio
        snr_db = self._snr_db()
        damaged_ratio = self._condition.damaged_ratio
        verdict = _verdict(windows, speech_s, level_dbfs, clipped_ratio, snr_db, self._samples)
        return Quality(
            verdict=verdict,
            message=_message(verdict, self._peak, damaged_ratio),
            duration_s=self._samples / SAMPLE_RATE_HZ,
            speech_s=speech_s,
            level_dbfs=level_dbfs,
            peak=self._peak,
            clipped_ratio=clipped_ratio,
            snr_db=snr_db,
            damaged_ratio=damaged_ratio,
        )

    def _snr_db(self) -> float | None:
        if not self._speech.frames or self._pause.frames < _LEAST_PAUSE_FRAMES:
            return None
        # Noise goes on while somebody speaks: what is left of the power is the voice.
        signal = self._speech.mean - self._pause.mean
        return max(_decibels(signal) - _decibels(self._pause.mean), -20.0)


def _near(speech: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Speech and the frames beside it, where words fade in and out: no measure of the noise."""
    reach = np.ones(2 * _FADE_FRAMES + 1)
    spread = np.convolve(speech, reach)[_FADE_FRAMES : _FADE_FRAMES + speech.size]
    return spread > 0


def _verdict(
    windows: int,
    speech_s: float,
    level_dbfs: float | None,
    clipped_ratio: float,
    snr_db: float | None,
    samples: int,
) -> Verdict:
    if windows == 0:
        short = speech_s >= LEAST_SPEECH_S or samples < LEAST_SPEECH_S * SAMPLE_RATE_HZ
        return Verdict.TOO_SHORT if short else Verdict.NO_SPEECH
    if clipped_ratio > CLIPPED_RATIO:
        return Verdict.CLIPPED
    if level_dbfs is not None and level_dbfs < TOO_QUIET_DBFS:
        return Verdict.TOO_QUIET
    if snr_db is not None and snr_db < NOISY_SNR_DB:
        return Verdict.NOISY
    return Verdict.GOOD


def _message(verdict: Verdict, peak: float, damaged_ratio: float) -> str:
    message = _MESSAGES[verdict]
    if verdict is Verdict.NO_SPEECH and peak < SILENT_PEAK:
        message = "The recording is silent. Check that the microphone is on and not muted."
    if damaged_ratio < DAMAGED_RATIO:
        return message
    if verdict is Verdict.GOOD:
        message = "What can be heard is clear."
    share = f"{damaged_ratio:.0%} of the recording"
    return f"{message} {share} is damaged or missing: copy it again, or record it again."


def _decibels(power: float) -> float:
    return 10 * math.log10(max(power, _FLOOR_POWER))
