"""What a model makes of sound that is no speech: it must not come out with an emotion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.conditions.sources import music, pieces
from emotion_stream.training.corpora.utterance import sounds_in
from emotion_stream.training.gathering import Progress
from emotion_stream.training.noise_at_random import coloured_noise

Samples = NDArray[np.float32]

_SOUND_S = 3
_SIZE = _SOUND_S * SAMPLE_RATE_HZ
_MUSIC_FROM = 10 * SAMPLE_RATE_HZ  # by then everybody plays


def not_speech(
    recognizer: Recognizer, folders: Sequence[Path], progress: Progress
) -> dict[str, dict[str, Any]]:  # Any: what JSON can hold
    """How many sounds of each kind were heard as speech, and how many given an emotion.

    `highest_confidence` is None where none was heard as speech. Raises UsageError where one of
    `folders` is not there or holds no sound file.
    """
    kinds: dict[str, list[Source | Recording]] = {
        **{folder.name: list(sounds_in(folder, "--noise")) for folder in folders},
        "silence": [Recording(sound, SAMPLE_RATE_HZ) for sound in _silences()],
        "synthesised noises and tones": [Recording(n, SAMPLE_RATE_HZ) for n in _noises()],
        "music of the starter library": [
            Recording(music(piece)[_MUSIC_FROM : _MUSIC_FROM + 2 * _SIZE], SAMPLE_RATE_HZ)
            for piece in pieces()
        ],
    }
    return {name: _heard(recognizer, name, sounds, progress) for name, sounds in kinds.items()}


def _heard(
    recognizer: Recognizer, name: str, sounds: Sequence[Source | Recording], progress: Progress
) -> dict[str, Any]:
    advance = progress(name, len(sounds))
    readings = []
    for sound in sounds:
        readings.append(recognizer.analyze(sound))
        advance(1)
    heard = [reading.confidence for reading in readings if reading.confidence is not None]
    return {
        "sounds": len(sounds),
        "heard_as_speech": len(heard),
        "given_an_emotion": sum(reading.emotion is not None for reading in readings),
        "highest_confidence": max(heard, default=None),
    }


def _silences() -> Iterator[Samples]:
    """Digital silence, a microphone that is off (a constant), and the hiss of a converter."""
    rng = np.random.default_rng(0)
    yield np.zeros(_SIZE, np.float32)
    yield np.full(_SIZE, 0.2, np.float32)
    for level_dbfs in (-90, -80, -70, -60):
        yield np.asarray(10 ** (level_dbfs / 20) * rng.standard_normal(_SIZE), np.float32)


def _noises() -> Iterator[Samples]:
    """White, pink and brown noise, steady and in bursts, hum, tones, chirps and clicks."""
    rng = np.random.default_rng(0)
    time_s = np.arange(_SIZE) / SAMPLE_RATE_HZ
    for slope in (0.0, 1.0, 2.0):
        noise = coloured_noise(rng, _SIZE, slope=slope)
        for rate_hz in (0, 2, 5):  # as fast as syllables follow each other
            yield np.asarray(noise * np.cos(np.pi * rate_hz * time_s) ** 2, np.float32)
    for tone_hz in (50, 110, 220, 440, 1000, 3000):
        overtones = [np.sin(2 * np.pi * tone_hz * k * time_s) / k for k in (1, 2, 3)]
        yield np.asarray(0.1 * sum(overtones), np.float32)
    yield np.asarray(0.2 * np.sin(2 * np.pi * (100 + 600 * time_s) * time_s), np.float32)
    yield np.asarray(0.5 * (np.arange(_SIZE) % 4000 == 0), np.float32)
