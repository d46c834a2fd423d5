"""Where there is speech: the Silero voice activity detector on a levelled signal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from emotion_stream.audio.recording import Samples
from emotion_stream.audio.silero import FRAME_SAMPLES, SpeechProbability

# Two thresholds, so that a word whose probability wavers about one of them stays in one piece.
_START_PROBABILITY = 0.5
_STOP_PROBABILITY = 0.35
# Where the detector is at its best; found on acted and everyday speech and on noises.
_LEVEL_DBFS = -36.0
# A quiet microphone is lifted at most this far: what lies under it is the hiss of the converter.
_MOST_GAIN = 10 ** (45 / 20)
_LEVEL_MEMORY = 0.5


@dataclass(frozen=True)
class Stretch:
    """Some cleaned samples and, for each frame of them, whether somebody speaks.

    `samples` is a whole number of frames but for the last stretch, whose last frame is cut short.
    """

    samples: Samples
    speech: npt.NDArray[np.bool_]


def detect(blocks: Iterable[Samples]) -> Iterator[Stretch]:
    """Yield each block with its speech mask. All blocks but the last are whole frames.

    Each block is brought to one level before the detector hears it, so that a quiet microphone is
    heard as well as a loud one; the level of the block before fades by half.
    """
    probability = SpeechProbability()
    level, speaking = 0.0, False
    for block in blocks:
        frames = _frames(block)
        # A pause of ten seconds is a block of its own: without memory its noise would be lifted to
        # the level of speech.
        level = max(_loud_rms(frames), level * _LEVEL_MEMORY)
        probabilities = probability.of(frames * _gain(level))
        speech = hysteresis(probabilities, speaking=speaking)
        speaking = bool(speech[-1])
        yield Stretch(block, speech)


def hysteresis(
    probabilities: npt.NDArray[np.floating], *, speaking: bool = False
) -> npt.NDArray[np.bool_]:
    """Speech starts at 0.5 and lasts until the probability falls under 0.35."""
    decided = np.where(
        probabilities >= _START_PROBABILITY, 1, np.where(probabilities < _STOP_PROBABILITY, 0, -1)
    )
    # Between the thresholds the last decision holds.
    places = np.where(decided >= 0, np.arange(decided.size), -1)
    last = np.maximum.accumulate(places)
    return np.where(last >= 0, decided[last] == 1, speaking)


def _frames(block: Samples) -> Samples:
    padded = np.pad(block, (0, -block.size % FRAME_SAMPLES))
    return padded.reshape(-1, FRAME_SAMPLES)


def _loud_rms(frames: Samples) -> float:
    """The level of the loudest tenth of the frames: speech, where there is any."""
    rms = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    return float(np.quantile(rms, 0.9))


def _gain(level: float) -> np.float32:
    wanted = 10 ** (_LEVEL_DBFS / 20)
    return np.float32(min(wanted / level, _MOST_GAIN) if level > 0 else 1.0)
