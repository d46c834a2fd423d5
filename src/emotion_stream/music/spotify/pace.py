"""One request at a time, and a second between them on average: the queue before Spotify."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from emotion_stream.errors import SpotifyUnavailable

BURST = 3
"""Requests that may follow each other at once after a quiet time: starting to play takes two."""
MAX_WAITING = 30


class Pace:
    """A fair queue, bounded to MAX_WAITING, with a leaky bucket of BURST before its exit.

    The bucket is kept as the time at which it is empty again (the generic cell rate algorithm of
    ITU-T I.371). `clock` tells UTC.
    """

    def __init__(
        self,
        spacing_s: float,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._spacing = timedelta(seconds=spacing_s)
        self._clock = clock
        self._sleep = sleep
        self._lock = asyncio.Lock()
        self._waiting = 0
        self._empty_at: datetime | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the others. Raises SpotifyUnavailable where too many wait already."""
        if self._waiting >= MAX_WAITING:
            raise SpotifyUnavailable(
                "Too many people here ask Spotify at this moment. Try again in half a minute.",
                retry_after_s=MAX_WAITING,
            )
        self._waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._lock.release()

    async def step(self) -> None:
        """Within a turn: wait until the next request may leave, `spacing_s` at most."""
        now, full = self._clock(), BURST * self._spacing
        empty_at = max(self._empty_at or now, now)
        # Further ahead than a full bucket only where the clock was put back.
        empty_at = min(empty_at, now + full) + self._spacing
        self._empty_at = empty_at
        wait_s = (empty_at - now - full).total_seconds()
        if wait_s > 0:
            await self._sleep(wait_s)
