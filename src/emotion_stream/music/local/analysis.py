"""What is heard in one music file, whatever it is called, says of itself, and wherever it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emotion_stream.errors import AudioError, EmptyAudio, NoAudioTrack, NotAudio
from emotion_stream.music.local import stored
from emotion_stream.music.local.excerpt import read_excerpt
from emotion_stream.music.local.features import Features, features_of
from emotion_stream.music.local.playable import Skipped, media_type

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
            duration_s=stored.number(fields["duration_s"]),
            media_type=str(fields["media_type"]),
            features=Features.from_dict(stored.mapping(fields["features"])),
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
