"""A support vector machine on a vector per window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import euclidean_distances
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from benchmarks.peers.front_ends import FrontEnd
from benchmarks.peers.material import CLASSES, Floats, Part
from benchmarks.peers.peer import Fitted

_COSTS = (0.3, 1.0, 3.0, 10.0, 30.0)
_WIDTHS = (0.1, 0.3, 1.0, 3.0)  # of gamma, in units of 1 / features


@dataclass(frozen=True)
class SvmPeer:
    """RBF kernel, standardised on the training speakers, classes weighted by their rarity."""

    name: str
    title: str
    source: str
    front_end: FrontEnd
    chance: bool = False

    @property
    def recipe(self) -> Mapping[str, Any]:
        return {"costs": _COSTS, "gammas_times_features": _WIDTHS}

    def fit(self, train: Part, validation: Part, seed: int) -> Fitted:
        scaler = StandardScaler().fit(train.features)
        learnt, judged = (
            scaler.transform(part.features.astype(np.float64)) for part in (train, validation)
        )
        # Of thousands of features the distances are most of the work, and the same for all.
        within = euclidean_distances(learnt, squared=True)
        across = euclidean_distances(judged, learnt, squared=True)

        def score(setting: tuple[float, float]) -> float:
            cost, width = setting
            gamma = width / learnt.shape[1]
            machine = _machine(cost, kernel="precomputed")
            machine.fit(np.exp(-gamma * within), train.window_labels)
            return validation.uar(_logits(machine, np.exp(-gamma * across)))

        return _fitted(train, *max(product(_COSTS, _WIDTHS), key=score))

    def specimen(self, train: Part) -> Fitted:
        return _fitted(train, 10.0, 1.0)


def _fitted(train: Part, cost: float, width: float) -> Fitted:
    gamma = width / train.features.shape[1]
    machine = _machine(cost, gamma=gamma)
    pipeline = make_pipeline(StandardScaler(), machine).fit(train.features, train.window_labels)
    numbers = machine.support_vectors_.size + machine.dual_coef_.size + machine.intercept_.size
    return Fitted(
        lambda features: _logits(pipeline, features),
        int(numbers + 2 * train.features.shape[1]),
        {"cost": cost, "gamma": gamma},
    )


def _machine(cost: float, **kernel: Any) -> SVC:  # Any: what SVC takes
    return SVC(C=cost, class_weight="balanced", **kernel)


def _logits(machine: Pipeline | SVC, features: NDArray[np.floating]) -> Floats:
    """One column per emotion; one that was not learnt can never win."""
    decided = machine.decision_function(features)
    if decided.ndim == 1:  # two classes
        decided = np.stack([-decided, decided], axis=1)
    logits = np.full((len(features), CLASSES), -np.inf, np.float32)
    logits[:, machine.classes_] = decided
    return logits
