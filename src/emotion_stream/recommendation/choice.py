"""Which items a list holds: near to its steps, unlike each other, and not all by one creator."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from emotion_stream.recommendation.catalogue import Catalogue

MAX_CONGRUENT_NEGATIVE = 3
"""How many items may share a negative state, unless the person wants to stay with it."""
MAX_PER_CREATOR = 2
"""How many items one creator may have while others fit comparably."""

# Variety chooses among the nearest items only, and among those that fit at least half as well as
# the best: a sparse catalogue would answer with opposites, and four creators calm with metal.
_COMPARABLE_FIT = 0.5
_SHORTLIST_SHARE, _SHORTLIST_MIN = 0.1, 6


@dataclass
class Choice:
    """The list while it is being filled.

    `eligible` marks the items that may be chosen at all, `congruent` those that share a negative
    state, and `penalty` is what counts against each item besides its fit; all of shape (items,).
    """

    catalogue: Catalogue
    eligible: NDArray[np.bool_]
    congruent: NDArray[np.bool_]
    penalty: NDArray[np.float64]
    fit_share: float
    taken: list[int] = field(default_factory=list)

    def fill(self, fits: NDArray[np.float64]) -> list[int]:
        """One row of the catalogue per place, from the fit of every item to every place, shape
        (places, items). The last place chooses first: the end is remembered best (Hadash et al.
        2019)."""
        length = len(fits)
        rows = [0] * length
        likeness = np.zeros(len(self.catalogue.items))
        for place in [length - 1, *range(length - 1)] if length else []:
            relevance = self.fit_share * _heavy_tailed(fits[place]) - self.penalty
            rivals = self._shortlist(relevance, fits[place])
            row = int(rivals[np.argmax((relevance - (1 - self.fit_share) * likeness)[rivals])])
            rows[place] = row
            self.taken.append(row)
            likeness = np.maximum(likeness, self.catalogue.similarity(row))
        return rows

    def _shortlist(
        self, relevance: NDArray[np.float64], fit: NDArray[np.float64]
    ) -> NDArray[np.intp]:
        """The rows among which variety decides, most relevant first. The cap per creator holds
        while somebody else fits comparably."""
        free = np.flatnonzero(self._open())
        rows = free[np.argsort(-relevance[free], kind="stable")]
        comparable = rows[fit[rows] >= _COMPARABLE_FIT * fit[rows[0]]]
        fresh = comparable[~self._repeats()[comparable]]
        size = max(_SHORTLIST_MIN, math.ceil(_SHORTLIST_SHARE * len(free)))
        return np.asarray((fresh if len(fresh) else comparable)[:size], dtype=np.intp)

    def _open(self) -> NDArray[np.bool_]:
        """What may come next."""
        free = self.eligible.copy()
        free[self.taken] = False
        if int(self.congruent[self.taken].sum()) >= MAX_CONGRUENT_NEGATIVE:
            free &= ~self.congruent
        return free

    def _repeats(self) -> NDArray[np.bool_]:
        """Items whose creator has as many places already as one should have."""
        creators = self.catalogue.creators
        if not self.catalogue.creators_vary:
            return np.zeros(len(creators), dtype=np.bool_)
        counts = np.bincount(creators[self.taken] + 1, minlength=int(creators.max()) + 2)
        counts[0] = 0  # unknown creators are nobody in particular
        return np.asarray(counts[creators + 1] >= MAX_PER_CREATOR, dtype=np.bool_)


def _heavy_tailed(fit: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + ½ Mahalanobis²): the same order, but far items still differ from very far ones."""
    return np.asarray(1 / (1 - np.log(np.maximum(fit, 1e-300))), dtype=np.float64)
