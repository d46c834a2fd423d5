"""Spotify for the people of this server: their sign-ins, and what is asked in their name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.curated import Curated
from emotion_stream.web.spotify.accounts import Accounts
from emotion_stream.web.spotify.desk import SpotifyDesk


@dataclass(frozen=True)
class Allowance:
    """What Spotify still gives today: until when it is left alone (UTC) and why, and searches."""

    paused_until: datetime | None = None
    reason: str | None = None
    searches_left: int = 0


@dataclass
class Spotify:
    """What the routes of Spotify work with; `curated` is the owner's own list."""

    accounts: Accounts
    desk: SpotifyDesk
    addresses: SpotifyAddresses
    allowance: Callable[[datetime], Awaitable[Allowance]]
    curated: tuple[Curated, ...] = ()

    def in_page(self) -> SpotifyAddresses | None:
        """Where the page may load Spotify's players from; None while Spotify is not in use."""
        in_use = self.accounts.client.known is not None or bool(self.curated)
        return self.addresses if in_use else None
