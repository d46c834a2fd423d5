"""The owner's own list of Spotify items per emotion, for people who are not signed in.

None comes with Emotion Stream. The file is `{"items": [{"uri", "name", "emotions", "by",
"description"}]}`; the last two may be missing, and so may `emotions`: then it fits all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import SpotifyCuratedInvalid
from emotion_stream.music.spotify.models import SpotifyItem, SpotifyKind

SHIPPED = Path(__file__).parent / "data" / "curated.json"
HOME = "https://open.spotify.com"
MOST_ITEMS = 500
MAX_CHARS = 500

_URI = re.compile(r"spotify:(playlist|track|show|episode):([0-9A-Za-z]{1,64})")


@dataclass(frozen=True)
class Curated:
    """An item of the owner's list and the emotions it is for."""

    item: SpotifyItem
    emotions: tuple[Emotion, ...]


def parsed_uri(uri: object) -> tuple[SpotifyKind, str] | None:
    """Kind and id of a URI of the four kinds, None where it is none."""
    match = _URI.fullmatch(uri) if isinstance(uri, str) else None
    return None if match is None else (SpotifyKind(match[1]), match[2])


def read_curated(path: Path | None) -> tuple[Curated, ...]:
    """The owner's list, or the empty one of the package. Raises SpotifyCuratedInvalid."""
    source = path or SHIPPED
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpotifyCuratedInvalid(
            "The list of Spotify items cannot be read.", detail=f"{source}: {error.strerror}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise SpotifyCuratedInvalid(
            "The list of Spotify items is not JSON.", detail=f"{source}: {error}"
        ) from error
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list) or len(entries) > MOST_ITEMS:
        raise SpotifyCuratedInvalid(
            f'The list of Spotify items must be {{"items": [...]}} with at most {MOST_ITEMS}.',
            detail=str(source),
        )
    return tuple(_curated(entry, place) for place, entry in enumerate(entries, 1))


def _curated(entry: object, place: int) -> Curated:
    if not isinstance(entry, dict):
        raise SpotifyCuratedInvalid(f"Item {place} of the list is not an object.")
    found = parsed_uri(entry.get("uri"))
    if found is None:
        raise SpotifyCuratedInvalid(
            f"Item {place} of the list needs a `uri` such as spotify:playlist:ID "
            "(playlist, track, show or episode)."
        )
    kind, item_id = found
    by = _text(entry, "by", place)
    item = SpotifyItem(
        kind=kind,
        id=item_id,
        uri=f"spotify:{kind}:{item_id}",
        name=_text(entry, "name", place, needed=True),
        link=f"{HOME}/{kind}/{item_id}",
        by=(by,) if by else (),
        description=_text(entry, "description", place),
        place=place - 1,
    )
    return Curated(item, _emotions(entry, place))


def _text(entry: Mapping[str, object], key: str, place: int, *, needed: bool = False) -> str:
    text = entry.get(key, "")
    if not isinstance(text, str) or len(text) > MAX_CHARS or (needed and not text.strip()):
        raise SpotifyCuratedInvalid(f"Item {place} of the list needs a short text as its `{key}`.")
    return text.strip()


def _emotions(entry: Mapping[str, object], place: int) -> tuple[Emotion, ...]:
    words = entry.get("emotions", list(EMOTIONS))
    if not isinstance(words, list) or not all(word in list(EMOTIONS) for word in words):
        raise SpotifyCuratedInvalid(
            f"Item {place} of the list has an unknown emotion; known: {', '.join(EMOTIONS)}."
        )
    return tuple(Emotion(word) for word in words)
