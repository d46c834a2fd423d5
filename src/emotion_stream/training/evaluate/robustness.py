"""What becomes of recall in noise, through channels, in rooms, and of sound without speech."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.recording import SAMPLE_RATE_HZ, Recording
from emotion_stream.emotions import Emotion
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.augment.noise import coloured_noise
from emotion_stream.training.augment.sources import Babble, Sources, music, pieces
from emotion_stream.training.data.corpora.utterance import sounds_in
from emotion_stream.training.data.dataset import StartProgress
from emotion_stream.training.evaluate.conditions import CLEAN, Condition
from emotion_stream.training.evaluate.corruptions import corrupted
from emotion_stream.training.evaluate.predictions import EvaluationSet, Prediction, among, predict
from emotion_stream.training.evaluate.results import loss_interval, recall_over_folds

ByCondition = dict[str, list[Prediction]]


@dataclass(frozen=True)
class ConditionSuite:
    """Which conditions are tried, on which share of the utterances, and with what."""

    wanted: tuple[Condition, ...] = ()
    sources: Sources = field(default_factory=Sources)
    share: float = 1.0

    @property
    def talked_over(self) -> bool:
        """Whether other voices are needed."""
        return any(condition.kind == "babble" for condition in self.wanted)


def predict_all(
    trial: EvaluationSet,
    title: str,
    conditions: ConditionSuite,
    under: ByCondition,
    progress: StartProgress,
) -> list[Prediction]:
    """The answers of one model about the files as they are; those by condition go into `under`."""
    recognizer = Recognizer(trial.model)
    advance = progress(title, len(trial.utterances))
    clean = predict(recognizer, trial.utterances, trial.name, advance, seed=trial.seed)
    if conditions.wanted:
        for name, part in predict_under(recognizer, trial, clean, conditions, progress).items():
            under.setdefault(name, []).extend(part)
    return clean


def predict_under(
    recognizer: Recognizer,
    trial: EvaluationSet,
    clean: Sequence[Prediction],
    conditions: ConditionSuite,
    progress: StartProgress,
) -> ByCondition:
    """The answers of one model by condition; `clean` are those about the files as they are."""
    kept = balanced(clean, conditions.share)
    babble = Babble.of(trial) if conditions.talked_over else None
    title = f"seed {trial.seed}, {trial.name}, conditions"
    advance = progress(title, len(kept) * len(conditions.wanted))
    found: ByCondition = {CLEAN.name: kept}
    for answer in kept:  # an utterance is decoded once for all conditions
        for condition in conditions.wanted:
            sound = partial(
                corrupted, condition=condition, sources=conditions.sources, babble=babble
            )
            asked = predict(
                recognizer, [answer.utterance], trial.name, advance, seed=trial.seed, sound=sound
            )
            found.setdefault(condition.name, []).extend(asked)
    return found


def balanced(answers: Sequence[Prediction], share: float) -> list[Prediction]:
    """A share of every emotion of every speaker, at least one of each: the same every time."""
    if share >= 1:
        return list(answers)
    cells: dict[tuple[str, str], list[Prediction]] = {}
    for answer in sorted(answers, key=_by_chance):
        cells.setdefault((answer.utterance.speaker, answer.emotion), []).append(answer)
    kept = {
        answer.utterance.path
        for cell in cells.values()
        for answer in cell[: max(1, math.ceil(share * len(cell)))]
    }
    return [answer for answer in answers if answer.utterance.path in kept]


def _by_chance(answer: Prediction) -> bytes:
    words = f"{answer.utterance.speaker}/{answer.utterance.path.name}"
    return hashlib.sha256(words.encode()).digest()


def robustness(
    found: ByCondition, conditions: ConditionSuite, emotions: Sequence[Emotion] | None
) -> dict[str, Any]:  # Any: what JSON can hold
    """UAR under each condition and what of it is lost against the same utterances as they are."""
    clean = among(found[CLEAN.name], emotions)
    results = {}
    for condition in (CLEAN, *conditions.wanted):
        answers = among(found[condition.name], emotions)
        results[condition.name] = {
            "kind": condition.kind,
            "title": condition.title,
            "snr_db": condition.snr_db,
            **_figures(answers, clean),
        }
    seeds = len({answer.seed for answer in clean})
    return {
        "utterances": len(clean) // seeds,
        "share": conditions.share,
        "seed": conditions.sources.seed,
        "sources": conditions.sources.account,
        "results": results,
    }


def _figures(answers: Sequence[Prediction], clean: Sequence[Prediction]) -> dict[str, Any]:
    uar = recall_over_folds(answers)["mean_over_folds"]
    return {
        "uar": uar,
        "lost": recall_over_folds(clean)["mean_over_folds"] - uar,
        "lost_interval_95": loss_interval(clean, answers),
        "accuracy": float(np.mean([answer.label == answer.prediction for answer in answers])),
        "no_speech_heard": float(np.mean([answer.scores is None for answer in answers])),
        "unsure": float(np.mean([answer.unsure for answer in answers])),
    }


# What a model makes of sound that is no speech: it must not come out with an emotion.

Samples = NDArray[np.float32]

_SOUND_S = 3
_SIZE = _SOUND_S * SAMPLE_RATE_HZ
_MUSIC_FROM = 10 * SAMPLE_RATE_HZ  # by then everybody plays


def not_speech(
    recognizer: Recognizer, folders: Sequence[Path], progress: StartProgress
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
    recognizer: Recognizer, name: str, sounds: Sequence[Source | Recording], progress: StartProgress
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
