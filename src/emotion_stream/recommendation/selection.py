"""The items a list is chosen from, as columns of numbers, and which of them it holds.

Near to the steps of the way, unlike each other, and not all by one creator.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from emotion_stream.music.provider import Item, Kind
from emotion_stream.recommendation.affect_scaling import affects_of, scaled_affects

_NOBODY = frozenset({"", "unknown", "unknown artist", "various", "various artists"})

_CREATOR_WEIGHT, _GENRE_WEIGHT, _TEMPO_WEIGHT, _AFFECT_WEIGHT = 0.35, 0.2, 0.15, 0.3
_TEMPO_WIDTH_OCTAVES = 0.2
_AFFECT_WIDTH = 0.3
# Two masters of one recording differ by their silence; twenty pieces called "Allegro" by more.
_SAME_PIECE_S = 2.0


@dataclass(frozen=True)
class Catalogue:
    """Items in a fixed order (by provider and id), one row each.

    `affects` is valence and arousal as each item sounds, `placed` where that lies among the others
    of its source, both of shape (n, 2). Items are chosen by the second and judged by the first.
    `creators` and `genres` are whole numbers that
    are equal where the names are, -1 where unknown. `tempo_octaves` is log2 of BPM, or NaN.
    """

    items: tuple[Item, ...]
    affects: NDArray[np.float64]
    placed: NDArray[np.float64]
    sigmas: NDArray[np.float64]
    creators: NDArray[np.int64]
    genres: NDArray[np.int64]
    tempo_octaves: NDArray[np.float64]

    @classmethod
    def of(cls, items: Sequence[Item], kinds: Sequence[Kind]) -> Catalogue:
        """Keep each item of the kinds once, and each piece that lies in two places once; leave out
        those whose affect is not a number."""
        unique = {
            (item.provider, item.id): item for item in items if item.kind in kinds and _known(item)
        }
        kept = _each_piece_once([unique[key] for key in sorted(unique)])
        return cls(
            kept,
            affects_of(kept),
            scaled_affects(kept),
            np.array([max(item.affect_sigma, 0.0) for item in kept], dtype=np.float64),
            _codes(kept, _creator),
            _codes(kept, lambda item: (item.genre or "").strip().casefold()),
            np.array([_octaves(item.tempo_bpm) for item in kept], dtype=np.float64),
        )

    @property
    def creators_vary(self) -> bool:
        """False where one name made everything: then it says nothing about variety."""
        return len(set(self.creators[self.creators >= 0].tolist())) > 1

    def similarity(self, row: int) -> NDArray[np.float64]:
        """How alike every item is to the one in `row`, 0 to 1, shape (n,)."""
        alike = _AFFECT_WEIGHT * self._affect_closeness(row)
        if self.creators_vary and self.creators[row] >= 0:
            alike += _CREATOR_WEIGHT * (self.creators == self.creators[row])
        if self.genres[row] >= 0:
            alike += _GENRE_WEIGHT * (self.genres == self.genres[row])
        octaves = np.abs(self.tempo_octaves - self.tempo_octaves[row])
        # An unknown tempo (NaN) is like no other.
        closeness = np.exp(-((octaves / _TEMPO_WIDTH_OCTAVES) ** 2))
        return np.asarray(alike + _TEMPO_WEIGHT * np.nan_to_num(closeness), dtype=np.float64)

    def _affect_closeness(self, row: int) -> NDArray[np.float64]:
        squared = ((self.placed - self.placed[row]) ** 2).sum(axis=1)
        return np.asarray(np.exp(-0.5 * squared / _AFFECT_WIDTH**2), dtype=np.float64)


def _known(item: Item) -> bool:
    values = (item.affect.valence, item.affect.arousal, item.affect_sigma)
    return all(math.isfinite(value) for value in values)


def _each_piece_once(items: Sequence[Item]) -> tuple[Item, ...]:
    """The first item of each piece, where an album and a compilation hold the same one."""
    kept: list[Item] = []
    durations_s: dict[tuple[str, ...], list[float]] = defaultdict(list)
    for item in items:
        known = durations_s[_piece(item)]
        if not any(abs(item.duration_s - other_s) <= _SAME_PIECE_S for other_s in known):
            known.append(item.duration_s)
            kept.append(item)
    return tuple(kept)


def _piece(item: Item) -> tuple[str, ...]:
    """The same for items that are one piece if they also last as long."""
    creator, title = _creator(item), item.title.strip().casefold()
    return (item.provider, creator, title) if creator and title else (item.provider, item.id)


def _creator(item: Item) -> str:
    name = item.creators[0].strip().casefold() if item.creators else ""
    return "" if name in _NOBODY else name


def _octaves(tempo_bpm: float | None) -> float:
    usable = tempo_bpm is not None and math.isfinite(tempo_bpm) and tempo_bpm > 0
    return math.log2(tempo_bpm) if usable and tempo_bpm else math.nan


def _codes(items: Sequence[Item], name_of: Callable[[Item], str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {"": -1}
    names = [name_of(item) for item in items]
    for name in names:
        numbers.setdefault(name, len(numbers) - 1)
    return np.array([numbers[name] for name in names], dtype=np.int64)


MAX_CONGRUENT_NEGATIVE = 3
"""How many items may share a negative state, unless the person wants to stay with it."""
MAX_PER_CREATOR = 2
"""How many items one creator may have while others fit comparably."""

# Variety chooses among the nearest items only, and among those that fit at least half as well as
# the best: a sparse catalogue would answer with opposites, and four creators calm with metal.
_COMPARABLE_FIT = 0.5
_SHORTLIST_SHARE, _SHORTLIST_MIN = 0.1, 6


@dataclass
class Selection:
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
            # To the most alike of those chosen, as in maximal marginal relevance, not to their
            # mean.
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
