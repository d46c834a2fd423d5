"""Which files browsers can play, and why a file of the folder is left out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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
