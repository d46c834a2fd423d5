"""A file of the folder as an item that can be recommended."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import PurePath

from emotion_stream.music.local.analysis import Analysis
from emotion_stream.music.local.estimate import estimate
from emotion_stream.music.local.tags import Tags, shown_name
from emotion_stream.music.provider import Item, Kind

PROVIDER_ID = "local"
UNKNOWN_ARTIST = "Unknown artist"

_TRACK_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[-.)]+\s*|0\d\s+)(?=\S)")  # not "12 Monkeys"


@dataclass(frozen=True)
class Track:
    """An item with what is needed to play it: its path below the folder and its media type."""

    item: Item
    relative: str
    media_type: str


def track_of(relative: str, analysis: Analysis, tags: Tags) -> Track:
    """Join what is heard in a file with its tags, and where they are silent with its name."""
    name_artist, name_title = _from_name(relative)
    guess = estimate(analysis.features, genre=tags.genre, mood=tags.mood)
    tempo_bpm = tags.tempo_bpm or analysis.features.tempo_bpm
    item = Item(
        provider=PROVIDER_ID,
        id=item_id(relative),
        kind=Kind.TRACK,
        title=tags.title or name_title,
        creators=tags.artists or (name_artist or _folder_artist(relative),),
        duration_s=analysis.duration_s,
        affect=guess.affect,
        affect_sigma=guess.sigma,
        affect_source=guess.source,
        album=tags.album,
        genre=tags.genre,
        tempo_bpm=None if tempo_bpm is None else round(tempo_bpm, 1),
        tempo_is_estimate=tempo_bpm is not None and tags.tempo_bpm is None,
    )
    return Track(item, relative, analysis.media_type)


def item_id(relative: str) -> str:
    """A URL-safe name for a path below the folder, the same after every restart."""
    return hashlib.blake2b(os.fsencode(relative), digest_size=12).hexdigest()


def _from_name(relative: str) -> tuple[str | None, str]:
    """Artist, or None, and title of names such as "03 - Artist - The_Title.mp3"."""
    stem = shown_name(PurePath(relative).stem.replace("_", " "))
    name = _TRACK_NUMBER.sub("", stem) or stem
    artist, dash, title = name.partition(" - ")
    if dash and artist.strip() and title.strip():
        return artist.strip(), title.strip()
    return None, name or shown_name(PurePath(relative).name)


def _folder_artist(relative: str) -> str:
    """The outermost folder, as in Artist/Album/track.mp3."""
    parts = PurePath(relative).parts
    name = shown_name(parts[0].replace("_", " ")) if len(parts) > 1 else ""
    return name or UNKNOWN_ARTIST
