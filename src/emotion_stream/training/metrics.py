"""What a set of predictions is worth: UAR first, then accuracy, confusion and calibration."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def confusion(labels: Ints, predictions: Ints, classes: int) -> Ints:
    """Counts [true, predicted]; a prediction outside the classes (no answer) is in no column."""
    matrix = np.zeros((classes, classes), np.int64)
    answered = (predictions >= 0) & (predictions < classes)
    np.add.at(matrix, (labels[answered], predictions[answered]), 1)
    return matrix


def recalls(labels: Ints, predictions: Ints, classes: int) -> Floats:
    """Share of each class that was found; NaN for a class that does not occur."""
    counts = np.bincount(labels, minlength=classes)
    hits = np.bincount(labels[labels == predictions], minlength=classes)
    return np.where(counts > 0, hits / np.maximum(counts, 1), np.nan)


def uar(labels: Ints, predictions: Ints, classes: int) -> float:
    """Unweighted average recall over the classes that occur."""
    return float(np.nanmean(recalls(labels, predictions, classes)))


def accuracy(labels: Ints, predictions: Ints) -> float:
    """Share of all utterances that were recognised."""
    return float(np.mean(labels == predictions))


def calibration_error(labels: Ints, probabilities: Floats, *, bins: int = 15) -> float:
    """Expected calibration error: mean gap between confidence and accuracy (Naeini et al. 2015)."""
    confidence = probabilities.max(axis=1)
    hit = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(hit[place == each].mean() - confidence[place == each].mean()) * np.mean(place == each)
        for each in np.unique(place)
    ]
    return float(np.sum(gaps))


def coverage_accuracy(labels: Ints, probabilities: Floats, coverages: Floats) -> Floats:
    """Accuracy on the most confident share of the utterances, for each share."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    hit = (probabilities.argmax(axis=1) == labels)[order]
    counts = np.maximum(1, np.round(coverages * len(hit)).astype(int))
    return np.asarray(np.cumsum(hit)[counts - 1] / counts, np.float64)
