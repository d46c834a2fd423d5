"""The owner's own list of Spotify items per emotion, for people who are not signed in.

The one in the package is empty: which items there are is for each owner to say, in a file named by
EMOTION_STREAM_SPOTIFY_CURATED (docs/spotify.md has its format).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.music.spotify.links import Link
from emotion_stream.music.spotify.objects import SpotifyItem
from emotion_stream.music.spotify.ranking import Offered

SHIPPED = Path(__file__).parent / "data" / "curated.json"
FROM_OWNER = "Chosen by who runs this server."
MOST_ITEMS = 1000
LARGEST_FILE = 1_000_000
_FIELDS = frozenset({"link", "name", "by", "reason"})


@dataclass(frozen=True)
class Curated:
    """What the owner chose for each emotion, in the owner's order."""

    offers: Mapping[Emotion, tuple[Offered, ...]]

    def of(self, emotion: Emotion) -> tuple[Offered, ...]:
        return self.offers.get(emotion, ())

    def __len__(self) -> int:
        return sum(len(offers) for offers in self.offers.values())


def read_curated(path: Path | None = None) -> Curated:
    """The list in a file, or the empty one of the package.

    Raises UsageError with the first thing that is wrong and where.
    """
    file = SHIPPED if path is None else path
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{file} is larger than {LARGEST_FILE // 1_000_000} MB.")
        read: object = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"The list of Spotify items {file} cannot be read: {error}.") from error
    if not isinstance(read, dict):
        raise UsageError(f"{file}: expected an object with an emotion for each list.")
    try:
        curated = Curated({_emotion(name): _offers(entries) for name, entries in read.items()})
    except ValueError as error:
        raise UsageError(f"{file}: {error}.") from error
    if len(curated) > MOST_ITEMS:
        raise UsageError(f"{file}: {len(curated)} items; at most {MOST_ITEMS} are offered.")
    return curated


def _emotion(name: str) -> Emotion:
    try:
        return Emotion(name)
    except ValueError:
        known = ", ".join(EMOTIONS)
        raise ValueError(f"unknown emotion {name[:100]!r}; known: {known}") from None


def _offers(entries: object) -> tuple[Offered, ...]:
    if not isinstance(entries, list):
        raise ValueError("each emotion has a list of items")
    return tuple(_offered(entry) for entry in entries)


def _offered(entry: object) -> Offered:
    if not isinstance(entry, dict) or not set(entry) <= _FIELDS:
        raise ValueError(f"an item has {', '.join(sorted(_FIELDS))} and nothing else")
    if not all(isinstance(value, str) and len(value) <= 300 for value in entry.values()):
        raise ValueError("what an item has is text of at most 300 characters")
    if not entry.get("name") or "link" not in entry:
        raise ValueError("an item has at least a link and a name")
    link = Link.read(entry["link"])
    by = (entry["by"],) if entry.get("by") else ()
    item = SpotifyItem(
        kind=link.kind, id=link.id, uri=link.uri, name=entry["name"], link=link.page, by=by
    )
    return Offered(item, entry.get("reason") or FROM_OWNER)
