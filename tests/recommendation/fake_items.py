"""Synthetic catalogues for the tests of the recommendation."""

from __future__ import annotations

import math

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Item, Kind


def item(number: int, valence: float, arousal: float, **changes: object) -> Item:
    fields: dict[str, object] = {
        "provider": "shelf",
        "id": f"i{number:05}",
        "kind": Kind.TRACK,
        "title": f"Title {number}",
        "creators": (f"Creator {number % 9}",),
        "duration_s": 60.0,
        "affect": Affect(valence, arousal),
        "affect_sigma": 0.15,
        "affect_source": "by construction",
        "genre": f"genre {number % 5}",
        "tempo_bpm": 96 + 50 * arousal if math.isfinite(arousal) else None,
    }
    return Item(**{**fields, **changes})  # type: ignore[arg-type]


def covering(count: int, **changes: object) -> list[Item]:
    """Items on a grid over the whole plane."""
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    return [
        item(
            number,
            -0.9 + 1.8 * (number % columns + 0.5) / columns,
            -0.9 + 1.8 * (number // columns + 0.5) / rows,
            **changes,
        )
        for number in range(count)
    ]
