"""Asking models about the same people under every condition, and what that costs in recall."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from emotion_stream.emotions import Emotion
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.answers import Answer, Trial, among, ask
from emotion_stream.training.conditions.condition import CLEAN, Condition
from emotion_stream.training.conditions.disturbed import disturbed
from emotion_stream.training.conditions.sources import Babble, Sources
from emotion_stream.training.findings import loss_interval, recall_over_folds
from emotion_stream.training.gathering import Progress

ByCondition = dict[str, list[Answer]]


@dataclass(frozen=True)
class Conditions:
    """Which conditions are tried, on which share of the utterances, and with what."""

    wanted: tuple[Condition, ...] = ()
    sources: Sources = field(default_factory=Sources)
    share: float = 1.0

    @property
    def talked_over(self) -> bool:
        """Whether other voices are needed."""
        return any(condition.kind == "babble" for condition in self.wanted)


def ask_trial(
    trial: Trial, title: str, conditions: Conditions, under: ByCondition, progress: Progress
) -> list[Answer]:
    """The answers of one model about the files as they are; those by condition go into `under`."""
    recognizer = Recognizer(trial.model)
    advance = progress(title, len(trial.utterances))
    clean = ask(recognizer, trial.utterances, trial.name, advance, seed=trial.seed)
    if conditions.wanted:
        for name, part in ask_under(recognizer, trial, clean, conditions, progress).items():
            under.setdefault(name, []).extend(part)
    return clean


def ask_under(
    recognizer: Recognizer,
    trial: Trial,
    clean: Sequence[Answer],
    conditions: Conditions,
    progress: Progress,
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
                disturbed, condition=condition, sources=conditions.sources, babble=babble
            )
            asked = ask(
                recognizer, [answer.utterance], trial.name, advance, seed=trial.seed, sound=sound
            )
            found.setdefault(condition.name, []).extend(asked)
    return found


def balanced(answers: Sequence[Answer], share: float) -> list[Answer]:
    """A share of every emotion of every speaker, at least one of each: the same every time."""
    if share >= 1:
        return list(answers)
    cells: dict[tuple[str, str], list[Answer]] = {}
    for answer in sorted(answers, key=_by_chance):
        cells.setdefault((answer.utterance.speaker, answer.emotion), []).append(answer)
    kept = {
        answer.utterance.path
        for cell in cells.values()
        for answer in cell[: max(1, math.ceil(share * len(cell)))]
    }
    return [answer for answer in answers if answer.utterance.path in kept]


def _by_chance(answer: Answer) -> bytes:
    words = f"{answer.utterance.speaker}/{answer.utterance.path.name}"
    return hashlib.sha256(words.encode()).digest()


def robustness(
    found: ByCondition, conditions: Conditions, emotions: Sequence[Emotion] | None
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


def _figures(answers: Sequence[Answer], clean: Sequence[Answer]) -> dict[str, Any]:
    uar = recall_over_folds(answers)["mean_over_folds"]
    return {
        "uar": uar,
        "lost": recall_over_folds(clean)["mean_over_folds"] - uar,
        "lost_interval_95": loss_interval(clean, answers),
        "accuracy": float(np.mean([answer.label == answer.prediction for answer in answers])),
        "no_speech_heard": float(np.mean([answer.scores is None for answer in answers])),
        "unsure": float(np.mean([answer.unsure for answer in answers])),
    }
