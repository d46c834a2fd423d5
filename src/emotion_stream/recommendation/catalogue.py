"""The items a list is chosen from, as columns of numbers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emotion_stream.music.provider import Item, Kind
from emotion_stream.recommendation.placing import affects_of, placed_affects

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
            placed_affects(kept),
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
