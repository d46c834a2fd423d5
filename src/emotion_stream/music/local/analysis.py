"""Everything that is worked out of one music file, whatever it is called and wherever it lies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from emotion_stream.emotions import Affect
from emotion_stream.errors import AudioError, EmptyAudio, NoAudioTrack, NotAudio
from emotion_stream.music.local.estimating import estimate_excerpt
from emotion_stream.music.local.excerpt import read_excerpt
from emotion_stream.music.local.playable import Skipped, media_type
from emotion_stream.music.local.tags import Tags, read_tags


@dataclass(frozen=True)
class Analysis:
    """How a file plays, what it says of itself, and how it probably sounds."""

    duration_s: float
    media_type: str
    tags: Tags
    affect: Affect
    affect_sigma: float
    affect_source: str
    estimator_version: str
    tempo_bpm: float | None
    features: Mapping[str, float | None] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "features": dict(self.features)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, object]) -> Analysis:
        """Undo `as_dict`. Raises KeyError, TypeError or ValueError where it is not one."""
        # The values come from a file that anybody may have changed, so each is checked.
        fields = dict(stored)
        tags, affect = _mapping(fields["tags"]), _mapping(fields["affect"])
        artists = tags["artists"]
        if not isinstance(artists, list):
            raise TypeError(f"artists are {artists!r}, not a list")
        return cls(
            duration_s=_number(fields["duration_s"]),
            media_type=str(fields["media_type"]),
            tags=Tags(
                _text(tags["title"]),
                tuple(str(artist) for artist in artists),
                _text(tags["album"]),
                _text(tags["genre"]),
                _text(tags["mood"]),
                _optional_number(tags["tempo_bpm"]),
            ),
            affect=Affect(_number(affect["valence"]), _number(affect["arousal"])),
            affect_sigma=_number(fields["affect_sigma"]),
            affect_source=str(fields["affect_source"]),
            estimator_version=str(fields["estimator_version"]),
            tempo_bpm=_optional_number(fields["tempo_bpm"]),
            features={
                str(name): _optional_number(value)
                for name, value in _mapping(fields["features"]).items()
            },
        )


def analyse(path: Path) -> Analysis | Skipped:
    """Decode, measure and estimate one file; CPU work of well under a second. Raises OSError."""
    try:
        excerpt = read_excerpt(path)
    except EmptyAudio:
        return Skipped.EMPTY
    except (NotAudio, NoAudioTrack):
        return Skipped.NOT_SOUND
    except AudioError:
        return Skipped.DAMAGED
    played_as = media_type(excerpt.container, excerpt.codec)
    if played_as is None:
        return Skipped.NOT_PLAYABLE
    tags = read_tags(path)
    estimate = estimate_excerpt(excerpt, genre=tags.genre, mood=tags.mood)
    return Analysis(
        duration_s=round(excerpt.duration_s, 3),
        media_type=played_as,
        tags=tags,
        affect=estimate.affect,
        affect_sigma=estimate.sigma,
        affect_source=estimate.source,
        estimator_version=estimate.version,
        tempo_bpm=tags.tempo_bpm or estimate.features.tempo_bpm,
        features=estimate.features.as_dict(),
    )


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not a mapping")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def _optional_number(value: object) -> float | None:
    return None if value is None else _number(value)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
