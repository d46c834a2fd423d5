"""What is put beside speech: noises, other voices, music; and the rooms it is put into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.cleaning import clean
from emotion_stream.audio.decoding import decode
from emotion_stream.audio.listening import blocks_of
from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.audio.silero import FRAME_SAMPLES
from emotion_stream.audio.speech import detect
from emotion_stream.errors import UsageError
from emotion_stream.music.starter import shipped_folder
from emotion_stream.training.augment.noise import coloured_noise, from_anywhere
from emotion_stream.training.augment.rooms import simulated_rooms
from emotion_stream.training.data.corpora import RECIPES, Utterance
from emotion_stream.training.data.corpora.utterance import sounds_in
from emotion_stream.training.evaluate.predictions import EvaluationSet

Samples = NDArray[np.float32]

LEAST_VOICES = 4
MOST_VOICES = 6

_MUSIC_S = 20
_SILENCE = 1e-6  # of the loudest stretch of a noise: -60 dB
_STRETCH = SAMPLE_RATE_HZ // 100
_UNHEARABLE = 1e-12


@dataclass(frozen=True)
class Sources:
    """Where disturbances come from. Without folders, noises and rooms are made up.

    Raises UsageError where a folder is not there or holds no sound file.
    """

    noise: Sequence[Path] = ()
    rooms: Sequence[Path] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        _files(tuple(self.noise), "--noise")
        _files(tuple(self.rooms), "--rooms")

    @property
    def account(self) -> dict[str, str]:
        """In words, for the report."""
        noises = ", ".join(folder.name for folder in self.noise)
        rooms = ", ".join(folder.name for folder in self.rooms)
        return {
            "noise": noises or "synthesised white and pink noise",
            "babble": f"{LEAST_VOICES} to {MOST_VOICES} other people of the tested corpora",
            "music": "the starter library that comes with Emotion Stream",
            "room": rooms or "simulated living rooms and offices",
        }

    def a_noise(self, rng: np.random.Generator, size: int) -> Samples:
        """`size` samples of one noise from a random place on, round and round."""
        files = _files(tuple(self.noise), "--noise")
        if not files:
            return coloured_noise(rng, size, slope=float(rng.integers(2)))
        return from_anywhere(without_silence(_decoded(_drawn(files, rng))), rng, size)

    def a_piece(self, rng: np.random.Generator, size: int) -> Samples:
        """`size` samples of one piece of music."""
        return from_anywhere(music(_drawn(pieces(), rng)), rng, size)

    def a_room(self, rng: np.random.Generator) -> Samples:
        """An impulse response."""
        files = _files(tuple(self.rooms), "--rooms")
        if files:
            return _decoded(_drawn(files, rng))
        rooms = simulated_rooms(self.seed)
        return rooms[int(rng.integers(len(rooms)))]


@dataclass(frozen=True)
class Babble:
    """People who talk at once: nobody among them is tested. Raises UsageError under four."""

    voices: tuple[tuple[Utterance, ...], ...]

    @classmethod
    def of(cls, trial: EvaluationSet) -> Babble:
        """The bystanders of a trial; a corpus of wordless bursts has no voices that talk."""
        voices: dict[str, list[Utterance]] = {}
        for utterance in trial.bystanders:
            recipe = RECIPES.get(utterance.corpus)
            if recipe is None or recipe.kind == "speech":
                voices.setdefault(utterance.speaker, []).append(utterance)
        # A tested person is left out of the babble around their own voice (`draw`).
        overlap = any(utterance.speaker in voices for utterance in trial.utterances)
        if len(voices) < LEAST_VOICES + overlap:
            raise UsageError(
                f"Babble takes {LEAST_VOICES} voices beside the one that is tested, and there are "
                f"{len(voices) - overlap}: give another corpus too, or leave the babble out."
            )
        return cls(tuple(tuple(part) for _, part in sorted(voices.items())))

    def draw(self, rng: np.random.Generator, size: int, speaker: str) -> Samples:
        """`size` samples of several voices, equally loud, none of them that of `speaker`."""
        voices = [voice for voice in self.voices if voice[0].speaker != speaker]
        total = np.zeros(size, np.float32)
        for place in rng.choice(len(voices), min(MOST_VOICES, len(voices)), replace=False):
            voice = voices[int(place)]
            samples = _voice(voice[int(rng.integers(len(voice)))].path)
            total += from_anywhere(samples, rng, size)
        return total


def speech_power(samples: Samples) -> float:
    """Mean square while somebody speaks; of the loudest tenth where nobody is heard."""
    stretches = list(detect(blocks_of(clean([samples]))))
    cleaned = np.concatenate([np.zeros(0, np.float32), *(s.samples for s in stretches)])
    speech = np.concatenate([np.zeros(0, bool), *(s.speech for s in stretches)])
    whole = cleaned.size // FRAME_SAMPLES
    if not whole:
        return float(np.mean(samples**2))
    powers = np.mean(cleaned[: whole * FRAME_SAMPLES].reshape(whole, -1) ** 2, axis=1)
    spoken = powers[speech[:whole]]
    return float(spoken.mean() if spoken.size else np.quantile(powers, 0.9))


def without_silence(noise: Samples) -> Samples:
    """A noise without its digital silence, in which there would be nothing to level."""
    whole = noise.size // _STRETCH
    parts = noise[: whole * _STRETCH].reshape(whole, _STRETCH)
    powers = np.mean(parts**2, axis=1)
    loud = parts[powers > _SILENCE * powers.max(initial=0.0)]
    return loud.ravel() if loud.size else noise


@cache
def pieces() -> tuple[Path, ...]:
    """The music of the starter library, in a fixed order."""
    return tuple(sorted(shipped_folder().glob("*.opus")))


@lru_cache(maxsize=64)
def music(piece: Path) -> Samples:
    """The first 20 s of a piece."""
    return decoded(piece, seconds=_MUSIC_S)


def decoded(file: Path, *, seconds: float) -> Samples:
    """The beginning of a sound file at 16 kHz. Raises AudioError."""
    parts, size = [], 0
    for block in decode(file, max_duration_s=3600.0):
        parts.append(block)
        size += block.size
        if size >= seconds * SAMPLE_RATE_HZ:
            break
    return np.concatenate(parts)[: round(seconds * SAMPLE_RATE_HZ)]


@lru_cache(maxsize=64)
def _decoded(file: Path) -> Samples:
    return decoded(file, seconds=60.0)


@lru_cache(maxsize=256)
def _voice(file: Path) -> Samples:
    """What somebody says, without pauses at the ends, at one level."""
    samples = without_silence(decoded(file, seconds=30.0))
    return np.asarray(0.05 * samples / np.sqrt(max(speech_power(samples), _UNHEARABLE)), np.float32)


@lru_cache(maxsize=8)
def _files(folders: tuple[Path, ...], option: str) -> tuple[Path, ...]:
    return tuple(file for folder in folders for file in sounds_in(folder, option))


def _drawn(files: Sequence[Path], rng: np.random.Generator) -> Path:
    return files[int(rng.integers(len(files)))]
