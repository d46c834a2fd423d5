"""Spotify for the people of this server: their sign-ins, and what is asked in their name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import httpx

from emotion_stream.music.spotify.curated import Curated
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.transport import Transport
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
    """What the routes of Spotify work with; `curated` is the owner's own list.

    `gone` is told whose session is deleted: what is in memory for it goes. `own_http` is what was
    made for it and is closed with it.
    """

    accounts: Accounts
    desk: SpotifyDesk
    addresses: SpotifyEndpoints
    allowance: Callable[[datetime], Awaitable[Allowance]]
    curated: tuple[Curated, ...]
    transport: Transport
    gone: Callable[[int], None]
    own_http: httpx.AsyncClient | None = None

    def in_page(self) -> SpotifyEndpoints | None:
        """Where the page loads players from; None while Spotify is of no use here."""
        return self.addresses if self.accounts.client.known or self.curated else None

    async def close(self) -> None:
        await self.transport.close()
        if self.own_http is not None:
            await self.own_http.aclose()
