"""An utterance under a condition, the same every time: noise, babble, music, channels, rooms."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache

import av
import numpy as np
import soxr
from numpy.typing import NDArray

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording
from emotion_stream.training.augment.sources import Babble, Sources, decoded, speech_power
from emotion_stream.training.augment.waveform import in_room
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.conditions import (
    Condition,
)

# Channels that speech comes through: telephone band, G.711 mu-law and Opus.

Samples = NDArray[np.float32]

TELEPHONE_RATE_HZ = 8_000


def band_limited(samples: Samples) -> Recording:
    """At 8 kHz, so that nothing above 4 kHz is left."""
    return Recording(_at_telephone_rate(samples), TELEPHONE_RATE_HZ)


def mu_law(samples: Samples) -> bytes:
    """A WAV file of 8 bits per sample at 8 kHz (ITU-T G.711)."""
    return _encoded(_at_telephone_rate(samples), TELEPHONE_RATE_HZ, "wav", "pcm_mulaw")


def opus(samples: Samples, *, bit_rate: int = 16_000) -> bytes:
    """An Ogg file of Opus (RFC 6716) at `bit_rate` bits per second."""
    return _encoded(samples, SAMPLE_RATE_HZ, "ogg", "libopus", bit_rate=bit_rate)


def _at_telephone_rate(samples: Samples) -> Samples:
    return np.asarray(soxr.resample(samples, SAMPLE_RATE_HZ, TELEPHONE_RATE_HZ), np.float32)


def _encoded(
    samples: Samples, rate_hz: int, container: str, codec: str, *, bit_rate: int | None = None
) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate_hz, layout="mono")
        if not isinstance(stream, av.AudioStream):
            raise TypeError(f"{codec} is no codec of sound")
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        whole = np.round(np.clip(samples, -1, 1) * 32_767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(whole[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = rate_hz
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate_hz, frame_size=stream.frame_size or 0
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()


_LONGEST_S = 600.0
_HIGHEST_PEAK = 0.99
_LINE_LEVEL = 10 ** (-26 / 20)  # of speech on a telephone line (ITU-T P.56)
_SILENCE = 1e-12


def corrupted(
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
        return band_limited(levelled)
    return mu_law(levelled) if condition.name == "mu-law" else opus(levelled)


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
