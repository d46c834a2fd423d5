"""A corpus of a few seconds that the tests make: one voice at many pitches, in RAVDESS' naming."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from emotion_stream.training.augment.waveform import AugmentationConfig
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.feature_cache import Example
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.trainer import Epoch
from emotion_stream.training.network.front_end import FrontEndConfig
from emotion_stream.training.network.model import ModelConfig
from tests.sounds import Samples, resampled, synthetic_speech, wav

TINY = TrainingConfig(
    model=ModelConfig(width=12, strides=(2,), squeeze=4, embedding=6),
    augmentation=AugmentationConfig(variants=1),
    pretraining=StageConfig(epochs=1, learning_rate=1e-3, draws=16),
    fine_tuning=StageConfig(epochs=2, learning_rate=1e-3, draws=16),
    batch_size=8,
)


def no_bar(title: str, total: int | None) -> Callable[[int], None]:
    return lambda steps: None


def unwatched(stage: str, epoch: Epoch, epochs: int) -> None:
    """Nobody watches."""


def voice(pitch: float) -> Samples:
    """Under a second of voiced syllables, `pitch` times as high as the middle one."""
    return resampled(synthetic_speech(5), round(16_000 * pitch), 16_000)


def write_ravdess(folder: Path, actors: range, emotions: tuple[int, ...] = (3, 4)) -> Path:
    """One file per actor and emotion code; the second emotion is lower and darker."""
    for actor in actors:
        for emotion in emotions:
            sound = voice(0.9 + 0.01 * actor + 0.05 * emotion)
            if emotion == emotions[-1]:
                sound = np.convolve(sound, np.ones(6) / 6, mode="same").astype(np.float32)
            place = folder / f"Actor_{actor:02d}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"03-01-{emotion:02d}-01-01-01-{actor:02d}.wav").write_bytes(wav(sound))
    return folder


def examples(utterances: list[Utterance], *, seed: int = 0) -> list[Example]:
    """Examples of noise in which other mel bands flicker for every emotion."""
    rng = np.random.default_rng(seed)
    channels = FrontEndConfig().frame_channels
    made = []
    for utterance in utterances:
        frames = rng.normal(size=(60, channels))
        made.append(Example(utterance, ((frames.astype(np.float16),),)))
    for example in made:
        flicker = 20 * (np.arange(60) // 4 % 2)[:, None]
        example.frames[0][0][:, example.label * 5 : example.label * 5 + 5] += np.float16(flicker)
    return made
