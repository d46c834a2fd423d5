"""How much Spotify may still be asked: the pause it asked for, and our own ceiling on searches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from emotion_stream.music.spotify.failures import MAX_PAUSE, paused

SEARCH = "search"
"""The endpoint with the scarcest quota, and the only one with a ceiling of ours."""
WINDOW = timedelta(hours=24)
SEARCHES_USED_UP = "The searches of this installation for 24 hours are used up."


class Ledger(Protocol):
    """Where calls and the pause are written down; times are UTC, the window is `WINDOW`."""

    async def count(self, endpoint: str, now: datetime) -> None: ...

    async def used(self, endpoint: str, now: datetime) -> int: ...

    async def free_at(self, endpoint: str, now: datetime) -> datetime | None:
        """When the oldest calls that `used` counts leave the window."""

    async def pause(self, until: datetime, reason: str) -> None:
        """Be quiet until then; a longer pause that is written down already stays."""

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        """Until when, and why as a sentence; None where nothing is paused at `now`."""


class Budget:
    """Admits calls or refuses them before they are made. Times are UTC."""

    def __init__(self, ledger: Ledger, *, searches_per_day: int = 200) -> None:
        self._ledger = ledger
        self._searches_per_day = searches_per_day

    async def admit(self, endpoint: str, now: datetime) -> None:
        """Count a call that is about to be made.

        Raises SpotifyPaused during a pause, and for a search when the ceiling is reached.
        """
        if pause := await self.paused(now):
            raise paused(*pause, now=now)
        if endpoint == SEARCH and await self.searches_left(now) == 0:
            until = await self._ledger.free_at(endpoint, now) or now + WINDOW
            raise paused(until, SEARCHES_USED_UP, now=now)
        await self._ledger.count(endpoint, now)

    async def searches_left(self, now: datetime) -> int:
        return max(0, self._searches_per_day - await self._ledger.used(SEARCH, now))

    async def pause(self, until: datetime, reason: str) -> None:
        """Ask nothing before `until`; `reason` is a sentence for a person."""
        await self._ledger.pause(until, reason)

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        """Until when Spotify is left alone, and why, or None."""
        pause = await self._ledger.paused(now)
        # No pause is that long: it was written while this machine's clock was wrong.
        return None if pause is None or pause[0] - now > MAX_PAUSE + timedelta(hours=1) else pause
