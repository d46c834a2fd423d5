"""What a set of predictions is worth: UAR first, then accuracy, confusion and calibration."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix, f1_score, precision_score, recall_score

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def confusion(labels: Ints, predictions: Ints, classes: int) -> Ints:
    """Counts [true, predicted]; a prediction outside the classes (no answer) is in no column."""
    if not len(labels):
        return np.zeros((classes, classes), np.int64)
    return np.asarray(
        confusion_matrix(labels, predictions, labels=np.arange(classes)), dtype=np.int64
    )


def recalls(labels: Ints, predictions: Ints, classes: int) -> Floats:
    """Share of each class that was found; NaN for a class that does not occur."""
    return _per_class(recall_score, labels, predictions, classes)


def precisions(labels: Ints, predictions: Ints, classes: int) -> Floats:
    """Share of the answers of each class that are right; NaN for a class that was never given."""
    return _per_class(precision_score, labels, predictions, classes)


def f1_scores(labels: Ints, predictions: Ints, classes: int) -> Floats:
    """Harmonic mean of precision and recall; NaN for a class that does not occur."""
    occurs = np.isin(np.arange(classes), labels)
    return np.where(occurs, _per_class(f1_score, labels, predictions, classes), np.nan)


def _per_class(
    score: Callable[..., Floats], labels: Ints, predictions: Ints, classes: int
) -> Floats:
    every = np.arange(classes)
    if not len(labels):
        return np.full(classes, np.nan)
    found = score(labels, predictions, labels=every, average=None, zero_division=np.nan)
    return np.asarray(found, dtype=np.float64)


def uar(labels: Ints, predictions: Ints, classes: int) -> float:
    """Unweighted average recall over the classes that occur."""
    return float(np.nanmean(recalls(labels, predictions, classes)))


def uar_of_counts(hits: Ints, counts: Ints) -> Floats:
    """The same from what was found and what there was of each class, over the last axis."""
    occurs = counts > 0
    found = np.where(occurs, hits / np.maximum(counts, 1), 0.0)
    return np.asarray(found.sum(axis=-1) / np.maximum(occurs.sum(axis=-1), 1), np.float64)


def accuracy(labels: Ints, predictions: Ints) -> float:
    """Share of all utterances that were recognised."""
    return float(np.mean(labels == predictions))


def sample_sd(values: Floats) -> float:
    """Standard deviation of a sample, n - 1 in the denominator; 0 where there is only one."""
    return float(np.std(values, ddof=1)) if len(values) > 1 else 0.0


BINS = 15  # as in Guo et al. 2017, arXiv:1706.04599


def calibration_error(labels: Ints, probabilities: Floats) -> float:
    """Expected calibration error: mean gap between confidence and accuracy (Naeini et al. 2015)."""
    return calibration_error_of(probabilities.argmax(axis=1) == labels, probabilities.max(axis=1))


def calibration_error_of(right: NDArray[np.bool_], confidence: Floats) -> float:
    """The same from which answers [n] are right and how confident each is."""
    counts, hits, sums = _by_bin(right, confidence)
    return float(np.abs(hits - sums).sum() / counts.sum())


def _by_bin(right: NDArray[np.bool_], confidence: Floats) -> Floats:
    """Answers, right ones and confidence, summed up per bin of confidence: [3, BINS]."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    weights = (np.ones_like(confidence), right, confidence)
    return np.stack([np.bincount(place, each, BINS) for each in weights])


def reliability(labels: Ints, probabilities: Floats) -> list[dict[str, float]]:
    """Answers, mean confidence and accuracy of each bin of confidence that holds any."""
    right = probabilities.argmax(axis=1) == labels
    counts, hits, confidence = _by_bin(right, probabilities.max(axis=1))
    return [
        {
            "answers": int(counts[place]),
            "confidence": float(confidence[place] / counts[place]),
            "accuracy": float(hits[place] / counts[place]),
        }
        for place in np.flatnonzero(counts)
    ]


def coverage_accuracy(labels: Ints, probabilities: Floats, coverages: Floats) -> Floats:
    """Accuracy on the most confident share of the utterances, for each share."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    hit = (probabilities.argmax(axis=1) == labels)[order]
    counts = np.maximum(1, np.round(coverages * len(hit)).astype(int))
    return np.asarray(np.cumsum(hit)[counts - 1] / counts, np.float64)
