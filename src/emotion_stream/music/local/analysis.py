"""What is heard in one music file, and whether browsers can play it.

Whatever the file is called, says of itself, and wherever it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from emotion_stream.errors import AudioError, EmptyAudio, NoAudioTrack, NotAudio
from emotion_stream.music.local import json_fields
from emotion_stream.music.local.excerpt import read_excerpt
from emotion_stream.music.local.features import Features, features_of

# Which files browsers can play, and why a file of the folder is left out.


class Skipped(StrEnum):
    """Why a file is left out, in words that follow a number."""

    NOT_PLAYABLE = "in a format browsers cannot play"
    EMPTY = "empty"
    DAMAGED = "damaged"
    NOT_SOUND = "not sound"
    FILM = "film"
    SILENT = "silent"
    SHORT = "shorter than 10 seconds"
    UNREADABLE = "not readable"
    OUTSIDE = "linked from outside the folder"
    CHANGING = "still being copied"


PLAYABLE_SUFFIXES = frozenset({".mp3", ".m4a", ".m4b", ".m4r", ".mp4", ".aac", ".ogg", ".oga"})
PLAYABLE_SUFFIXES |= {".opus", ".flac", ".wav", ".webm", ".weba"}

# Sound that no common browser plays; AIFF plays in one family of browsers only.
UNPLAYABLE_SUFFIXES = frozenset(
    {".wma", ".ape", ".aif", ".aiff", ".alac", ".dsf", ".dff", ".wv", ".mpc", ".tta", ".tak"}
    | {".mka", ".ac3", ".dts", ".amr", ".ra", ".mid", ".midi", ".mp2", ".m4p", ".aax", ".spx"}
    | {".caf", ".au", ".shn"}
)

_PCM = frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"})
_PLAYABLE: Mapping[str, tuple[str, frozenset[str]]] = {
    "mp3": ("audio/mpeg", frozenset({"mp3"})),
    "mov": ("audio/mp4", frozenset({"aac", "mp3", "flac", "opus"})),
    "aac": ("audio/aac", frozenset({"aac"})),
    "ogg": ("audio/ogg", frozenset({"vorbis", "opus", "flac"})),
    "flac": ("audio/flac", frozenset({"flac"})),
    "wav": ("audio/wav", _PCM),
    "matroska": ("audio/webm", frozenset({"vorbis", "opus"})),
}
# Chromium plays 3,000 Hz and more (media/base/limits.h); no music is recorded above 384 kHz.
_LOWEST_RATE_HZ, _HIGHEST_RATE_HZ = 3_000, 384_000
_MOST_CHANNELS = 8  # 7.1


def media_type(container: str, codec: str, sample_rate_hz: int, channels: int) -> str | None:
    """The media type of what is really in the file, by the decoder's names; None where a browser
    cannot play it, whatever the file is called."""
    kind, codecs = _PLAYABLE.get(container.split(",")[0], ("", frozenset()))
    if not _LOWEST_RATE_HZ <= sample_rate_hz <= _HIGHEST_RATE_HZ or channels > _MOST_CHANNELS:
        return None
    return kind if codec in codecs else None


SHORTEST_S = 10.0
_LEAST_AUDIBLE_S = 5.0  # of less, nothing can be said


@dataclass(frozen=True)
class Analysis:
    """How a file plays and what was measured of its sound: all that takes decoding."""

    duration_s: float
    media_type: str
    features: Features

    def as_dict(self) -> dict[str, object]:
        return {
            "duration_s": self.duration_s,
            "media_type": self.media_type,
            "features": self.features.as_dict(),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, object]) -> Analysis:
        """Undo `as_dict`. Raises KeyError, TypeError or OverflowError where it is not one."""
        return cls(
            duration_s=json_fields.number(fields["duration_s"]),
            media_type=str(fields["media_type"]),
            features=Features.from_dict(json_fields.mapping(fields["features"])),
        )


def analyse(path: Path) -> Analysis | Skipped:
    """Decode and measure one file; CPU work of well under a second. Raises OSError."""
    try:
        excerpt = read_excerpt(path)
    except EmptyAudio:
        return Skipped.EMPTY
    except (NotAudio, NoAudioTrack):
        return Skipped.NOT_SOUND
    except AudioError:
        return Skipped.DAMAGED
    if excerpt.moves:
        return Skipped.FILM
    played_as = media_type(
        excerpt.container, excerpt.codec, excerpt.source_rate_hz, excerpt.channels
    )
    if played_as is None:
        return Skipped.NOT_PLAYABLE
    if excerpt.duration_s < SHORTEST_S:
        return Skipped.SHORT
    features = features_of(excerpt.samples)
    if features.audible_s < _LEAST_AUDIBLE_S:
        return Skipped.SILENT
    return Analysis(round(excerpt.duration_s, 3), played_as, features)
