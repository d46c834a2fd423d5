"""The two ways Spotify writes an item down: its URI, and its page at open.spotify.com."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emotion_stream.music.spotify.objects import SpotifyKind

PAGES = "https://open.spotify.com"
URI_PATTERN = r"^spotify:(playlist|track|show|episode):[0-9A-Za-z]{1,64}$"

_WRITTEN = re.compile(
    r"(?:spotify:|https://open\.spotify\.com/(?:intl-[a-z]{2,4}/)?)"
    r"(?P<kind>playlist|track|show|episode)[:/](?P<id>[0-9A-Za-z]{1,64})(?:\?.*)?"
)


@dataclass(frozen=True)
class Link:
    """What a URI or an address leads to."""

    kind: SpotifyKind
    id: str

    @classmethod
    def read(cls, text: str) -> Link:
        """Raises ValueError where it leads to no playlist, track, show or episode."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"{text[:100]!r} is no link to a playlist, track, show or episode")
        return cls(SpotifyKind(found["kind"]), found["id"])

    @property
    def uri(self) -> str:
        return f"spotify:{self.kind}:{self.id}"

    @property
    def page(self) -> str:
        return f"{PAGES}/{self.kind}/{self.id}"
