"""Small synthetic music and files of it, for the tests of the local folder."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44_100
MAJOR, MINOR = (0, 4, 7), (0, 3, 7)
_CODECS = {"mp3": "mp3", "m4a": "aac", "aac": "aac", "ogg": "libopus", "opus": "libopus"}
_CODECS |= {"flac": "flac", "wav": "pcm_s16le", "webm": "libopus", "aiff": "pcm_s16be"}

Samples = NDArray[np.float32]


def chords(seconds: float, beat_s: float = 2.0, triad: tuple[int, ...] = MAJOR) -> Samples:
    """Soft sine chords on the first, fourth and fifth degree, swelling slowly."""
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    sound = np.zeros_like(time_s)
    for step in range(int(np.ceil(seconds / beat_s))):
        root = 57 + (0, 5, 7, 0)[step % 4]
        inside = (time_s >= step * beat_s) & (time_s < (step + 1) * beat_s)
        local = time_s[inside] - step * beat_s
        swell = np.sin(np.pi * local / beat_s)
        for interval in triad:
            hertz = 440 * 2 ** ((root + interval - 69) / 12)
            sound[inside] += swell * np.sin(2 * np.pi * hertz * local)
    return (0.08 * sound).astype(np.float32)


def drums(seconds: float, bpm: float = 150.0, seed: int = 1) -> Samples:
    """Loud noise bursts on every half beat, with a bright saw underneath."""
    rng = np.random.default_rng(seed)
    count = int(seconds * RATE_HZ)
    time_s = np.arange(count) / RATE_HZ
    since_hit_s = time_s % (30 / bpm)
    burst = rng.normal(size=count) * np.exp(-since_hit_s / 0.03)
    saw = 2 * ((220 * time_s) % 1) - 1
    return np.clip(0.5 * burst + 0.2 * saw, -1, 1).astype(np.float32)


def noise(seconds: float, level: float = 0.3, seed: int = 2) -> Samples:
    samples = np.random.default_rng(seed).normal(size=int(seconds * RATE_HZ))
    return np.clip(level * samples, -1, 1).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE_HZ), dtype=np.float32)


def write(path: Path, samples: Samples, codec: str | None = None) -> Path:
    """Encode mono samples as the extension says."""
    codec = codec or _CODECS[path.suffix[1:].lower()]
    rate_hz = 48_000 if codec == "libopus" else RATE_HZ
    container = {"m4a": "ipod", "aac": "adts", "opus": "ogg"}.get(path.suffix[1:])
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate_hz, layout="mono")
        resampler = av.AudioResampler(
            format=stream.format.name, layout="mono", rate=rate_hz, frame_size=stream.frame_size
        )
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="fltp", layout="mono")
        frame.sample_rate = RATE_HZ
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return path
