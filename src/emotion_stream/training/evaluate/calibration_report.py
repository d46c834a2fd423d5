"""Whether confidence means what it says: calibration, coverage, and confident errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.training.evaluate import metrics

COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)

_DRAWS = 2000
_HIGH = 0.8  # from here on a listener takes an answer for certain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Part = tuple[Ints, Floats]


def calibration_report(heard: Part, recordings: Ints, folds: Mapping[str, Part]) -> dict[str, Any]:
    """The figures of confidence. A part is the true emotions and the probabilities of each.

    `heard` holds every answer with scores [n], `recordings` which recording each is of [n], and
    `folds` the same answers in parts. Any: what JSON can hold.
    """
    labels, probabilities = heard
    if not labels.size:
        return {"calibration_error": None, "coverage": []}
    accuracies = metrics.coverage_accuracy(labels, probabilities, np.array(COVERAGES))
    return {
        "calibration_error": metrics.calibration_error(labels, probabilities),
        "calibration_error_by_chance": _by_chance(probabilities, recordings),
        "calibration_error_by_fold": {
            name: metrics.calibration_error(*part) for name, part in folds.items() if part[0].size
        },
        "reliability": metrics.reliability(labels, probabilities),
        "confidence": _confidence(labels, probabilities),
        "coverage": [
            {"coverage": share, "accuracy": float(value)}
            for share, value in zip(COVERAGES, accuracies, strict=True)
        ],
    }


def _by_chance(probabilities: Floats, recordings: Ints) -> dict[str, float]:
    """The calibration error of a model whose confidence is exactly right, on these recordings.

    Answers are right as often as they are confident, by drawing. What several seeds answer to one
    recording is right or wrong by the same draw: as separate draws they would even each other out.
    """
    rng = np.random.default_rng(0)
    confidence = probabilities.max(axis=1)
    count = int(recordings.max()) + 1
    errors = []
    for _ in range(_DRAWS):
        right = rng.random(count)[recordings] < confidence
        errors.append(metrics.calibration_error_of(right, confidence))
    return {"mean": float(np.mean(errors)), "most_95": float(np.quantile(errors, 0.95))}


def _confidence(labels: Ints, probabilities: Floats) -> dict[str, Any]:
    """How sure it was where it was right and where it was wrong."""
    right = probabilities.argmax(axis=1) == labels
    confidence = probabilities.max(axis=1)
    return {
        name: {
            "answers": int(part.size),
            "mean": float(part.mean()),
            "median": float(np.median(part)),
            "over_80_percent": float(np.mean(part > _HIGH)),
        }
        for name, part in (("right", confidence[right]), ("wrong", confidence[~right]))
        if part.size
    }
