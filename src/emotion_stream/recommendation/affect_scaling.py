"""Where items lie on the plane when their source uses only a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from emotion_stream.music.provider import Item

ESTIMATED_SOURCE = "audio estimate"
"""How the `affect_source` of values begins that were computed from sound, not set by anybody."""

# Estimators squeeze everything towards the middle (and put calm music at low valence), so ranks
# within the source say more than raw values. Not all the way: in a folder of nothing but metal the
# quietest track is still not calm. Few items say little about ranks.
_RANK_SHARE = 0.7
_ITEMS_FOR_HALF = 8
_RANK_REACH = 0.9


def affects_of(items: Sequence[Item]) -> NDArray[np.float64]:
    """Valence and arousal per item as they are, shape (items, 2)."""
    return np.array(
        [(item.affect.valence, item.affect.arousal) for item in items], dtype=np.float64
    ).reshape(len(items), 2)


def scaled_affects(items: Sequence[Item]) -> NDArray[np.float64]:
    """Valence and arousal per item, shape (items, 2), each from -1 to 1.

    Values from `ESTIMATED_SOURCE`, with or without the help of tags, are drawn towards their rank
    among those of the same provider; all others stay as they are. The order never changes. Good
    for choosing among items, not for saying how one sounds.
    """
    placed = affects_of(items)
    estimated: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        if item.affect_source.startswith(ESTIMATED_SOURCE):
            estimated[item.provider].append(index)
    for members in estimated.values():
        share = _RANK_SHARE * len(members) / (len(members) + _ITEMS_FOR_HALF)
        for axis in (0, 1):
            values = placed[members, axis]
            placed[members, axis] = (1 - share) * values + share * _rank_values(values)
    return np.clip(placed, -1, 1)


def _rank_values(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mid-ranks spread evenly over the plane; equal values share a rank."""
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    up_to = np.searchsorted(ordered, values, side="right")
    middle = (below + up_to) / (2 * len(values))  # 0 to 1
    return np.asarray(_RANK_REACH * (2 * middle - 1), dtype=np.float64)
