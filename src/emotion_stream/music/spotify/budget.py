"""How much of Spotify's quota this installation may use, kept over restarts.

The quota is one per developer account, unpublished, rolls over about 24 hours, and asking during a
penalty prolongs it: we count ourselves, before a call is made, and stop at a ceiling of our own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from emotion_stream.errors import SpotifyPaused
from emotion_stream.music.spotify.failures import paused

SEARCH = "search"
WINDOW = timedelta(hours=24)
_UNTIL_ROOM = timedelta(minutes=30)


class Ledger(Protocol):
    """Where calls and pauses are written down (decision 13 says why this is a protocol)."""

    async def count(self, endpoint: str, now: datetime) -> None: ...

    async def used(self, endpoint: str, now: datetime) -> int:
        """Calls within the last 24 hours."""

    async def pause(self, until: datetime, reason: str) -> None:
        """Only a later end replaces an earlier one."""

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        """End and reason of a pause that is not over."""


class Budget:
    """Says before each call whether it may be made. `clock` gives the time in UTC."""

    def __init__(
        self, ledger: Ledger, *, searches_per_day: int, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._ceiling = searches_per_day
        self._clock = clock

    async def admit(self, endpoint: str) -> None:
        """Count a call that is about to be made. Raises SpotifyPaused where it must not be."""
        now = self._clock()
        pause = await self._ledger.paused(now)
        if pause is not None:
            raise paused(*pause, now=now)
        if endpoint == SEARCH and await self.searches_left() <= 0:
            raise paused(
                now + _UNTIL_ROOM,
                f"This installation made its {self._ceiling} searches of the last 24 hours.",
                now=now,
            )
        await self._ledger.count(endpoint, now)

    async def stop(self, error: SpotifyPaused) -> None:
        """Write down a pause that Spotify demands, for every process of this installation."""
        if error.until is not None:
            reason = "The number of requests that Spotify allows is used up."
            await self._ledger.pause(error.until, reason)

    async def pause(self) -> tuple[datetime, str] | None:
        """End and reason of the pause that is on."""
        return await self._ledger.paused(self._clock())

    async def searches_left(self) -> int:
        used = await self._ledger.used(SEARCH, self._clock())
        return max(0, self._ceiling - used)
