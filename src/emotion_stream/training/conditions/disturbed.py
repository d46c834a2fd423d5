"""An utterance under a condition: the same one always comes out the same."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording
from emotion_stream.training.augmentation import in_room
from emotion_stream.training.conditions import channels
from emotion_stream.training.conditions.condition import Condition
from emotion_stream.training.conditions.sources import Babble, Sources, decoded, speech_power
from emotion_stream.training.corpora import Utterance

Samples = NDArray[np.float32]

_LONGEST_S = 600.0
_HIGHEST_PEAK = 0.99
_LINE_LEVEL = 10 ** (-26 / 20)  # of speech on a telephone line (ITU-T P.56)
_SILENCE = 1e-12


def disturbed(
    utterance: Utterance, condition: Condition, sources: Sources, babble: Babble | None
) -> Source | Recording:
    """What reaches the recogniser. `babble` is needed for that kind alone.

    Chance depends on the seed, the name of the file and the kind: the four levels of a kind have
    the same noise.
    """
    rng = _chance(utterance, condition.kind, sources.seed)
    samples, power = _heard(utterance)
    if condition.snr_db is not None:
        size = samples.size
        if condition.kind == "babble":
            if babble is None:
                raise ValueError("babble needs voices")
            added = babble.draw(rng, size, utterance.speaker)
        else:
            a_sound = sources.a_noise if condition.kind == "noise" else sources.a_piece
            added = a_sound(rng, size)
        return Recording(mixed(samples, power, added, condition.snr_db), SAMPLE_RATE_HZ)
    if condition.name == "room":
        return Recording(in_room(samples, sources.a_room(rng)), SAMPLE_RATE_HZ)
    levelled = quieted(samples * np.float32(_LINE_LEVEL / np.sqrt(max(power, _SILENCE))))
    if condition.name == "8khz":
        return channels.band_limited(levelled)
    return channels.mu_law(levelled) if condition.name == "mu-law" else channels.opus(levelled)


def mixed(samples: Samples, power: float, added: Samples, snr_db: float) -> Samples:
    """With `added` so far below the `power` of the speech; lowered where it would clip."""
    added_power = max(float(np.mean(added**2)), _SILENCE)
    gain = np.sqrt(power / added_power / 10 ** (snr_db / 10))
    return quieted(samples + np.float32(gain) * added)


def quieted(samples: Samples) -> Samples:
    """Lowered where its peak would pass 0.99."""
    peak = float(np.abs(samples).max())
    return samples * np.float32(min(1.0, _HIGHEST_PEAK / max(peak, _SILENCE)))


def _chance(utterance: Utterance, kind: str, seed: int) -> np.random.Generator:
    words = f"{utterance.speaker}/{utterance.path.name}/{kind}"
    return np.random.default_rng([seed, *hashlib.sha256(words.encode()).digest()[:8]])


@lru_cache(maxsize=2)
def _heard(utterance: Utterance) -> tuple[Samples, float]:
    samples = decoded(utterance.path, seconds=_LONGEST_S)
    return samples, speech_power(samples)
