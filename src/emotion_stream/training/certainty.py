"""Whether confidence means what it says: calibration, coverage, and confident errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.training import metrics

COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)

_DRAWS = 1000
_HIGH = 0.8  # from here on a listener takes an answer for certain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Part = tuple[Ints, Floats]


def certainty(speakers: Sequence[Part], folds: Mapping[str, Part]) -> dict[str, Any]:
    """The figures of confidence. A part is the true emotions and the probabilities of each.

    `speakers` holds every answer once, `folds` the same in other parts; answers without scores
    are in neither. Any: what JSON can hold.
    """
    heard = [part for part in speakers if part[0].size]
    if not heard:
        return {"calibration_error": None, "coverage": []}
    labels, probabilities = (np.concatenate(side) for side in zip(*heard, strict=True))
    accuracies = metrics.coverage_accuracy(labels, probabilities, np.array(COVERAGES))
    return {
        "calibration_error": metrics.calibration_error(labels, probabilities),
        "calibration_error_interval_95": _interval(heard),
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


def _interval(speakers: Sequence[Part]) -> list[float]:
    """95 % interval of the calibration error, by drawing speakers with replacement."""
    rng = np.random.default_rng(0)
    sums = np.array([metrics.calibration_sums(*part) for part in speakers])
    drawn = rng.integers(len(sums), size=(_DRAWS, len(sums)))
    errors = [metrics.error_of_sums(sums[places].sum(axis=0)) for places in drawn]
    return [float(value) for value in np.quantile(errors, (0.025, 0.975))]


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
