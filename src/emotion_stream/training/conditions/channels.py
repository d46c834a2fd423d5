"""Channels that speech comes through: telephone band, G.711 mu-law and Opus."""

from __future__ import annotations

import io

import av
import numpy as np
import soxr
from numpy.typing import NDArray

from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording

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
