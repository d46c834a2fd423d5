"""Answers that no model gave: what the tests of findings and reports count by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.predictions import Prediction


def answer(
    emotion: str,
    *,
    speaker: str = "ravdess/01",
    name: str = "a.wav",
    fold: str = "fold-1",
    unsure: bool = False,
    **scores: float,
) -> Prediction:
    """An answer of these scores; no speech was heard where none are given."""
    heard = Scores.from_mapping(scores) if scores else None
    utterance = Utterance(
        Path(name), speaker.split("/")[0], speaker, Emotion(emotion), "en", "female"
    )
    return Prediction(utterance, fold, heard, unsure)


def many(
    emotions: tuple[Emotion, ...] = EMOTIONS, *, speakers: int = 6, each: int = 3, seed: int = 0
) -> list[Prediction]:
    """Answers of a model that is often right, in two folds."""
    rng = np.random.default_rng(seed)
    made = []
    for speaker in range(1, speakers + 1):
        for place in range(each * len(emotions)):
            emotion = emotions[place % len(emotions)]
            drawn = rng.dirichlet(np.full(8, 0.4))
            drawn[EMOTIONS.index(emotion)] += 0.7 * rng.random()
            shares = dict(zip(EMOTIONS, (drawn / drawn.sum()).tolist(), strict=True))
            made.append(
                answer(
                    emotion,
                    speaker=f"ravdess/{speaker:02d}",
                    name=f"{speaker}-{place}.wav",
                    fold=f"fold-{1 + speaker % 2}",
                    unsure=max(shares.values()) < 0.4,
                    **shares,
                )
            )
    return made
