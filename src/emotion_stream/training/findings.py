"""What models are worth: asked through the code that serves, about people they never heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training import metrics
from emotion_stream.training.corpora import Utterance

COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)

_CLASSES = len(EMOTIONS)
_UNHEARD = -1


@dataclass(frozen=True)
class Answer:
    """What a model said of one utterance. `scores` is None where it heard no speech.

    `fold` and `seed` say which model: the same fold may have been trained from several seeds.
    """

    utterance: Utterance
    fold: str
    scores: Scores | None
    unsure: bool
    seed: int = 0

    @property
    def label(self) -> int:
        """Place of the true emotion in `EMOTIONS`."""
        return EMOTIONS.index(Emotion(str(self.utterance.emotion)))

    @property
    def prediction(self) -> int:
        """Place of the most probable emotion; -1, which is never right, where none was heard."""
        return _UNHEARD if self.scores is None else EMOTIONS.index(self.scores.top)


def ask(
    recognizer: Recognizer,
    utterances: Iterable[Utterance],
    fold: str,
    advance: Callable[[int], None],
    *,
    seed: int = 0,
) -> list[Answer]:
    """Analyse the file of every labelled utterance as a user's recording would be."""
    answers = []
    for utterance in utterances:
        if utterance.emotion is not None:
            reading = recognizer.analyze(utterance.path)
            answers.append(Answer(utterance, fold, reading.scores, reading.unsure, seed))
        advance(1)
    return answers


def findings(answers: Sequence[Answer]) -> dict[str, Any]:  # Any: what JSON can hold
    """All figures of a set of answers. Raises UsageError when there is none.

    Where models of several seeds were asked, every utterance has an answer of each: shares and
    errors are over all answers, counts are of utterances, the confusion matrix adds the seeds up.
    """
    if not answers:
        raise UsageError("There is no labelled utterance to evaluate on.")
    seeds = _groups(answers, lambda answer: str(answer.seed))
    short = partial(_short, seeds=len(seeds))
    speakers = {name: short(part) for name, part in _groups(answers, _speaker).items()}
    unheard = {answer.utterance.path for answer in answers if answer.scores is None}
    return {
        "utterances": len(answers) // len(seeds),
        "speakers": len(speakers),
        "no_speech_heard": len(unheard),
        "uar": {**_recall_over_folds(seeds), **_pooled_recall(answers)},
        "accuracy": metrics.accuracy(_labels(answers), _predictions(answers)),
        "recall": _recalls(answers),
        "confusion": metrics.confusion(_labels(answers), _predictions(answers), _CLASSES).tolist(),
        **_confidence(answers),
        "folds": {name: short(part) for name, part in _groups(answers, _fold).items()},
        "gender": {name: short(part) for name, part in _groups(answers, _gender).items()},
        "by_speaker": speakers,
        "worst_speaker": min(speakers, key=lambda name: float(speakers[name]["uar"])),
        "baselines": _baselines(_labels(next(iter(seeds.values())))),
    }


def _recall_over_folds(seeds: Mapping[str, Sequence[Answer]]) -> dict[str, Any]:
    """The mean of the folds, for every seed and over all; the two spreads around it."""
    table = np.array([[_uar(fold) for fold in _groups(s, _fold).values()] for s in seeds.values()])
    by_seed = table.mean(axis=1)
    return {
        "mean_over_folds": float(by_seed.mean()),
        "sd_over_folds": float(np.std(table.mean(axis=0))),
        "by_seed": dict(zip(seeds, by_seed.tolist(), strict=True)),
        "sd_over_seeds": float(np.std(by_seed, ddof=1)) if len(seeds) > 1 else None,
    }


def _pooled_recall(answers: Sequence[Answer]) -> dict[str, Any]:
    return {"pooled": _uar(answers), "interval_95": _interval(answers)}


def _confidence(answers: Sequence[Answer]) -> dict[str, Any]:
    heard = [answer for answer in answers if answer.scores is not None]
    if not heard:
        return {"calibration_error": None, "coverage": [], "sure": None}
    labels = _labels(heard)
    probabilities = np.array([answer.scores.probabilities for answer in heard if answer.scores])
    accuracies = metrics.coverage_accuracy(labels, probabilities, np.array(COVERAGES))
    sure = [answer for answer in heard if not answer.unsure]
    return {
        "calibration_error": metrics.calibration_error(labels, probabilities),
        "coverage": [
            {"coverage": share, "accuracy": float(value)}
            for share, value in zip(COVERAGES, accuracies, strict=True)
        ],
        "sure": {
            "coverage": len(sure) / len(answers),
            "accuracy": metrics.accuracy(_labels(sure), _predictions(sure)) if sure else None,
        },
    }


def _baselines(labels: NDArray[np.int64]) -> dict[str, Any]:
    """What knowing nothing is worth on these very utterances."""
    guesses = np.random.default_rng(0).integers(_CLASSES, size=(100, len(labels)))
    random_uars = [metrics.uar(labels, guess, _CLASSES) for guess in guesses]
    most = np.full_like(labels, np.bincount(labels).argmax())
    return {
        "random_model": {
            "uar": float(np.mean(random_uars)),
            "accuracy": float(np.mean(guesses == labels)),
        },
        "majority_class": {
            "uar": metrics.uar(labels, most, _CLASSES),
            "accuracy": metrics.accuracy(labels, most),
        },
    }


def _interval(answers: Sequence[Answer], *, draws: int = 1000) -> list[float]:
    """95 % interval of the pooled UAR, by drawing speakers with replacement."""
    rng = np.random.default_rng(0)
    parts = list(_groups(answers, _speaker).values())
    cells = [(_labels(part), _predictions(part)) for part in parts]
    uars = []
    for _ in range(draws):
        drawn = [cells[i] for i in rng.integers(len(cells), size=len(cells))]
        labels, predictions = (np.concatenate(side) for side in zip(*drawn, strict=True))
        uars.append(metrics.uar(labels, predictions, _CLASSES))
    return [float(value) for value in np.quantile(uars, (0.025, 0.975))]


def _short(answers: Sequence[Answer], *, seeds: int) -> dict[str, Any]:
    return {
        "utterances": len(answers) // seeds,
        "uar": _uar(answers),
        "accuracy": metrics.accuracy(_labels(answers), _predictions(answers)),
    }


def _recalls(answers: Sequence[Answer]) -> dict[str, float | None]:
    values = metrics.recalls(_labels(answers), _predictions(answers), _CLASSES)
    return {
        emotion.value: None if np.isnan(value) else float(value)
        for emotion, value in zip(EMOTIONS, values, strict=True)
    }


def _uar(answers: Sequence[Answer]) -> float:
    return metrics.uar(_labels(answers), _predictions(answers), _CLASSES)


def _labels(answers: Sequence[Answer]) -> NDArray[np.int64]:
    return np.array([answer.label for answer in answers], np.int64)


def _predictions(answers: Sequence[Answer]) -> NDArray[np.int64]:
    return np.array([answer.prediction for answer in answers], np.int64)


def _fold(answer: Answer) -> str:
    return answer.fold


def _gender(answer: Answer) -> str:
    return answer.utterance.gender or "unknown"


def _speaker(answer: Answer) -> str:
    return answer.utterance.speaker


def _groups(answers: Sequence[Answer], key: Callable[[Answer], str]) -> dict[str, list[Answer]]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return dict(sorted(groups.items()))
