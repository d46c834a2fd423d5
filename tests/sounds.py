"""Sounds the tests make themselves: tones, noise and speech, in any container."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from functools import cache

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

RATE_HZ = 16_000


def silence(duration_s: float, *, rate_hz: int = RATE_HZ) -> Samples:
    return np.zeros(round(duration_s * rate_hz), np.float32)


def tone(
    duration_s: float, *, frequency_hz: float = 440.0, peak: float = 0.5, rate_hz: int = RATE_HZ
) -> Samples:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (peak * np.sin(2 * np.pi * frequency_hz * time_s)).astype(np.float32)


def noise(duration_s: float, *, rms: float = 0.1, seed: int = 1, rate_hz: int = RATE_HZ) -> Samples:
    """White noise."""
    drawn = np.random.default_rng(seed).standard_normal(round(duration_s * rate_hz))
    return (rms * drawn).astype(np.float32)


SENTENCE = "The kids are talking by the door, and the dogs are sitting by the window."


@cache
def speech(sentence: str = SENTENCE) -> Samples:
    """Somebody speaks for some seconds: espeak-ng, or vowels and hisses where it is missing."""
    if shutil.which("espeak-ng") is None:
        return synthetic_speech()
    wav = subprocess.run(
        ["espeak-ng", "-v", "en-gb", "-s", "150", "--stdout", sentence],
        check=True,
        capture_output=True,
    ).stdout
    with wave.open(io.BytesIO(wav)) as file:
        frames = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        rate_hz = file.getframerate()
    return resampled((frames / 32768).astype(np.float32), rate_hz, RATE_HZ)


def resampled(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    import soxr

    return np.asarray(soxr.resample(samples, from_hz, to_hz), np.float32)


_VOWELS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480))


def synthetic_speech(syllables: int = 16) -> Samples:
    """Vowels through formant filters with a moving pitch, hisses between them: heard as speech."""
    rng = np.random.default_rng(7)
    parts = []
    for place in range(syllables):
        parts.append(_hiss(rng, 0.05))
        parts.append(_vowel(_VOWELS_HZ[place % len(_VOWELS_HZ)], 0.16, 120 + 15 * (place % 4)))
    voiced = np.concatenate(parts)
    return (0.3 * voiced / np.abs(voiced).max()).astype(np.float32)


def _hiss(rng: np.random.Generator, duration_s: float) -> npt.NDArray[np.float64]:
    return 0.05 * rng.standard_normal(round(duration_s * RATE_HZ))


def _vowel(
    formants_hz: tuple[int, ...], duration_s: float, pitch_hz: float
) -> npt.NDArray[np.float64]:
    """A falling voice: its harmonics, each as loud as the nearest formants let it be."""
    size = round(duration_s * RATE_HZ)
    glide_hz = pitch_hz * (1.1 - 0.25 * np.arange(size) / size)
    phase = 2 * np.pi * np.cumsum(glide_hz / RATE_HZ)
    sound = np.zeros(size)
    for harmonic in range(1, int(4_000 / pitch_hz)):
        near = sum(1 / (1 + ((harmonic * pitch_hz - hz) / 90) ** 2) for hz in formants_hz)
        sound += near / harmonic**0.5 * np.sin(harmonic * phase)
    faded = sound * np.hanning(size) ** 0.5
    return faded / np.abs(faded).max()


def encoded(
    samples: Samples,
    *,
    container: str = "wav",
    codec: str = "pcm_s16le",
    rate_hz: int = RATE_HZ,
    layout: str = "mono",
    sample_format: str | None = None,
    options: dict[str, str] | None = None,
) -> bytes:
    """The 16 kHz samples as the bytes of a file; every channel of `layout` holds them."""
    file = io.BytesIO()
    with av.open(file, "w", format=container, options=options or {}) as output:
        stream = output.add_stream(codec, rate=rate_hz, layout=layout)
        if sample_format is not None:
            stream.format = sample_format
        # Packed: PyAV cannot make a planar frame of eight channels.
        packed = np.repeat(samples, stream.layout.nb_channels)[np.newaxis]
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
        frame.sample_rate = RATE_HZ
        resampler = av.AudioResampler(
            format=stream.format, layout=layout, rate=rate_hz, frame_size=stream.frame_size or 0
        )
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()


def wav(samples: Samples, *, rate_hz: int = RATE_HZ) -> bytes:
    """16-bit PCM as it is: no resampling, no mixing. `(channels, samples)` or mono."""
    file = io.BytesIO()
    channels = np.atleast_2d(samples)
    with wave.open(file, "wb") as output:
        output.setnchannels(channels.shape[0])
        output.setsampwidth(2)
        output.setframerate(rate_hz)
        output.writeframes((np.clip(channels, -1, 1).T * 32767).astype("<i2").tobytes())
    return file.getvalue()
