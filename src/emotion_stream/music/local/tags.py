"""What a music file says about itself, as text that can be shown in a page, a terminal or JSON."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import mutagen
from mutagen.id3 import ID3

from emotion_stream.music.local import json_fields

# Control characters steer a terminal, direction marks (U+202A to U+202E, U+2066 to U+2069) turn
# the text after them around, and names on disk need not be text at all.

GAP = "\N{REPLACEMENT CHARACTER}"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # part of Persian words and of emoji


def shown_path(path: Path) -> str:
    """A path, letter for letter, with a replacement character for each that cannot be shown."""
    return "".join(letter if _can_be_shown(letter) else GAP for letter in str(path))


def shown_name(text: str) -> str:
    """One line: what cannot be shown is a space, or a replacement character where it is no text."""
    letters = (letter if _can_be_shown(letter) else _instead(letter) for letter in text)
    return " ".join("".join(letters).split())


def _can_be_shown(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS


def _instead(letter: str) -> str:
    is_surrogate = "\ud800" <= letter <= "\udfff"
    return GAP if is_surrogate else " "


_MAX_LENGTH = 300
_FASTEST_BPM = 400.0
_ID3_FRAMES = {
    "title": "TIT2",
    "artist": "TPE1",
    "album": "TALB",
    "genre": "TCON",
    "bpm": "TBPM",
    "mood": "TMOO",
}


@dataclass(frozen=True)
class Tags:
    """Cleaned tags; None or empty where the file says nothing."""

    title: str | None = None
    artists: tuple[str, ...] = ()
    album: str | None = None
    genre: str | None = None
    mood: str | None = None
    tempo_bpm: float | None = None

    def as_dict(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_dict(cls, fields: Mapping[str, object]) -> Tags:
        """Undo `as_dict`. Raises TypeError or OverflowError where it is not one."""
        return cls(
            title=json_fields.optional_text(fields.get("title")),
            artists=json_fields.texts(fields.get("artists", [])),
            album=json_fields.optional_text(fields.get("album")),
            genre=json_fields.optional_text(fields.get("genre")),
            mood=json_fields.optional_text(fields.get("mood")),
            tempo_bpm=json_fields.optional_number(fields.get("tempo_bpm")),
        )


def read_tags(path: Path) -> Tags:
    """The tags of a file; a file without any, or with damaged ones, has none. Raises OSError."""
    with path.open("rb") as file:
        try:
            tagged = mutagen.File(file, easy=True)
        except (mutagen.MutagenError, ValueError, LookupError, struct.error, OverflowError):
            return Tags()  # damaged tags do not make the sound unplayable
    if tagged is None or not tagged.tags:
        return Tags()
    values = _id3_values(tagged.tags) if isinstance(tagged.tags, ID3) else tagged.tags
    return Tags(
        title=_first(values, "title"),
        artists=tuple(_all(values, "artist"))[:10],
        album=_first(values, "album"),
        genre=_first(values, "genre"),
        mood=", ".join(_all(values, "mood")) or None,
        tempo_bpm=_tempo_bpm(_first(values, "bpm")),
    )


def _id3_values(tags: ID3) -> dict[str, list[str]]:
    """Containers such as WAV carry plain ID3 frames."""
    found: dict[str, list[str]] = {}
    for name, frame_id in _ID3_FRAMES.items():
        if frame_id in tags:
            frame = tags[frame_id]
            found[name] = list(frame.genres if frame_id == "TCON" else map(str, frame.text))
    return found


def _all(values: Mapping[str, Iterable[object]], name: str) -> list[str]:
    """Distinct clean values of a tag; one value may hold several, separated by semicolons."""
    try:
        raw = [str(value) for value in values[name]]
    except (KeyError, ValueError):  # ValueError: a key that this format cannot hold
        return []
    parts = [shown_name(part)[:_MAX_LENGTH] for value in raw for part in value.split(";")]
    return list(dict.fromkeys(part for part in parts if part))


def _first(values: Mapping[str, Iterable[object]], name: str) -> str | None:
    return next(iter(_all(values, name)), None)


def _tempo_bpm(text: str | None) -> float | None:
    try:
        tempo_bpm = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return tempo_bpm if math.isfinite(tempo_bpm) and 20 <= tempo_bpm <= _FASTEST_BPM else None
