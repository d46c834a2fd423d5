"""Spotify for the people of this server: their sign-ins, and what is asked in their name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import httpx

from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.web.spotify.accounts import Accounts


@dataclass(frozen=True)
class Allowance:
    """What Spotify still gives today: until when it is left alone (UTC) and why, and searches."""

    paused_until: datetime | None = None
    reason: str | None = None
    searches_left: int = 0


@dataclass
class Spotify:
    """What the routes of Spotify work with; `curated` counts the owner's own items."""

    accounts: Accounts
    addresses: SpotifyAddresses
    allowance: Callable[[datetime], Awaitable[Allowance]]
    http: httpx.AsyncClient
    curated: int = 0

    def in_page(self) -> SpotifyAddresses | None:
        """Where the page loads players from; None while Spotify is of no use here."""
        return self.addresses if self.accounts.client.known or self.curated else None

    async def close(self) -> None:
        await self.http.aclose()
