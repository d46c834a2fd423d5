"""What models are worth: asked through the code that serves, about people they never heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.evaluate import metrics
from emotion_stream.training.evaluate.calibration_report import calibration_report
from emotion_stream.training.evaluate.predictions import (
    Prediction,
    among,
    candidate_emotions,
    groups,
)

_CLASSES = len(EMOTIONS)


def evaluation_results(
    answers: Sequence[Prediction], emotions: Sequence[Emotion] | None = None
) -> dict[str, Any]:  # Any: what JSON can hold
    """All figures of a set of answers. Raises UsageError when there is none.

    A model is judged among `emotions`, or else among those that occur in the corpus of the
    utterance: the others are taken out of its scores, and utterances of others are left out.
    Where models of several seeds were asked, every utterance has an answer of each: shares and
    errors are over all answers, counts are of utterances, the confusion matrix adds the seeds up.
    """
    answers = among(answers, emotions)
    if not answers:
        raise UsageError("There is no labelled utterance to evaluate on.")
    judged = candidate_emotions(answers, emotions)
    seeds = groups(answers, lambda answer: str(answer.seed))
    short = partial(_short, seeds=len(seeds))
    speakers = {name: short(part) for name, part in groups(answers, _speaker).items()}
    unheard = {answer.utterance.path for answer in answers if answer.scores is None}
    return {
        "judged_among": [emotion.value for emotion in judged],
        "utterances": len(answers) // len(seeds),
        "speakers": len(speakers),
        "no_speech_heard": len(unheard),
        "uar": {**recall_over_folds(answers), **_pooled_recall(answers)},
        "accuracy": metrics.accuracy(_labels(answers), _predictions(answers)),
        **_by_emotion(answers, judged),
        "confusion": _confusion(answers, judged),
        **_confidence(answers),
        "folds": {name: short(part) for name, part in groups(answers, _fold).items()},
        "by_corpus": {name: short(part) for name, part in groups(answers, _corpus).items()},
        "gender": {name: short(part) for name, part in groups(answers, _gender).items()},
        "by_speaker": speakers,
        "worst_speaker": min(speakers, key=lambda name: float(speakers[name]["uar"])),
        "baselines": _baselines(_labels(next(iter(seeds.values()))), judged),
    }


def recall_over_folds(answers: Sequence[Prediction]) -> dict[str, Any]:
    """UAR: the mean of the folds, for every seed and over all, and the two spreads around it.

    A spread is the standard deviation of a sample.
    """
    seeds = groups(answers, lambda answer: str(answer.seed))
    table = np.array([[_uar(fold) for fold in groups(s, _fold).values()] for s in seeds.values()])
    by_seed = table.mean(axis=1)
    return {
        "mean_over_folds": float(by_seed.mean()),
        "sd_over_folds": metrics.sample_sd(table.mean(axis=0)),
        "by_seed": dict(zip(seeds, by_seed.tolist(), strict=True)),
        "sd_over_seeds": metrics.sample_sd(by_seed) if len(seeds) > 1 else None,
    }


def loss_interval(before: Sequence[Prediction], after: Sequence[Prediction]) -> list[float]:
    """95 % interval of the pooled UAR lost between two sets of answers, over the same speakers."""
    # Paired: both are of the same people, so what differs between people cancels out.
    lost = _drawn_recalls(before) - _drawn_recalls(after)
    return [float(value) for value in np.quantile(lost, (0.025, 0.975))]


def _pooled_recall(answers: Sequence[Prediction]) -> dict[str, Any]:
    interval = np.quantile(_drawn_recalls(answers), (0.025, 0.975)).tolist()
    return {"pooled": _uar(answers), "interval_95": interval}


def _drawn_recalls(answers: Sequence[Prediction], *, draws: int = 1000) -> NDArray[np.float64]:
    """Pooled UAR of sets of speakers that were drawn with replacement, always the same sets."""
    rng = np.random.default_rng(0)
    # People are drawn, not recordings: what one voice says is right or wrong together, and
    # recordings drawn one by one would make the interval too narrow.
    parts = list(groups(answers, _speaker).values())
    counts = np.array([np.bincount(_labels(part), minlength=_CLASSES) for part in parts])
    hits = np.array([np.bincount(_hits(part), minlength=_CLASSES) for part in parts])
    drawn = [rng.integers(len(parts), size=len(parts)) for _ in range(draws)]
    true = np.array([counts[places].sum(axis=0) for places in drawn])
    found = np.array([hits[places].sum(axis=0) for places in drawn])
    return metrics.uar_of_counts(found, true)


def _hits(answers: Sequence[Prediction]) -> NDArray[np.int64]:
    return np.array([a.label for a in answers if a.label == a.prediction], np.int64)


def _by_emotion(answers: Sequence[Prediction], judged: Sequence[Emotion]) -> dict[str, Any]:
    labels, predictions = _labels(answers), _predictions(answers)

    def named(values: NDArray[np.float64]) -> dict[str, float | None]:
        every = ((emotion.value, values[EMOTIONS.index(emotion)]) for emotion in judged)
        return {name: None if np.isnan(value) else float(value) for name, value in every}

    return {
        "recall": named(metrics.recalls(labels, predictions, _CLASSES)),
        "precision": named(metrics.precisions(labels, predictions, _CLASSES)),
        "f1": named(metrics.f1_scores(labels, predictions, _CLASSES)),
    }


def _confusion(answers: Sequence[Prediction], judged: Sequence[Emotion]) -> list[list[int]]:
    matrix = metrics.confusion(_labels(answers), _predictions(answers), _CLASSES)
    places = [EMOTIONS.index(emotion) for emotion in judged]
    counts: list[list[int]] = matrix[np.ix_(places, places)].tolist()
    return counts


def _confidence(answers: Sequence[Prediction]) -> dict[str, Any]:
    heard = [answer for answer in answers if answer.scores is not None]
    paths = [str(answer.utterance.path) for answer in heard]
    recordings = np.unique(np.array(paths, str), return_inverse=True)[1]
    folds = {name: _scored(part) for name, part in groups(heard, _fold).items()}
    return {**calibration_report(_scored(heard), recordings, folds), "sure": _sure(answers)}


def _sure(answers: Sequence[Prediction]) -> dict[str, Any] | None:
    """What a user is told: the answers that are not "not sure"."""
    if all(answer.scores is None for answer in answers):
        return None
    sure = [answer for answer in answers if answer.scores is not None and not answer.unsure]
    return {
        "coverage": len(sure) / len(answers),
        "accuracy": metrics.accuracy(_labels(sure), _predictions(sure)) if sure else None,
    }


def _scored(heard: Sequence[Prediction]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    scores = [answer.scores.probabilities for answer in heard if answer.scores is not None]
    return _labels(heard), np.array(scores, np.float64)


def _baselines(labels: NDArray[np.int64], judged: Sequence[Emotion]) -> dict[str, Any]:
    """What knowing nothing is worth on these very utterances."""
    places = np.array([EMOTIONS.index(emotion) for emotion in judged])
    guesses = places[np.random.default_rng(0).integers(len(places), size=(100, len(labels)))]
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


def _short(answers: Sequence[Prediction], *, seeds: int) -> Mapping[str, Any]:
    return {
        "utterances": len(answers) // seeds,
        "uar": _uar(answers),
        "accuracy": metrics.accuracy(_labels(answers), _predictions(answers)),
    }


def _uar(answers: Sequence[Prediction]) -> float:
    return metrics.uar(_labels(answers), _predictions(answers), _CLASSES)


def _labels(answers: Sequence[Prediction]) -> NDArray[np.int64]:
    return np.array([answer.label for answer in answers], np.int64)


def _predictions(answers: Sequence[Prediction]) -> NDArray[np.int64]:
    return np.array([answer.prediction for answer in answers], np.int64)


def _fold(answer: Prediction) -> str:
    return answer.fold


def _corpus(answer: Prediction) -> str:
    return answer.utterance.corpus


def _gender(answer: Prediction) -> str:
    return answer.utterance.gender or "unknown"


def _speaker(answer: Prediction) -> str:
    return answer.utterance.speaker
