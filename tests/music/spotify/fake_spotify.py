"""Spotify answered by a function, on a clock that only moves when somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx

from emotion_stream.music.spotify.client import SpotifyClient
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.transport import Budget, Transport

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TOKEN = "token-that-nobody-may-see"  # noqa: S105 - of no account


@dataclass
class Clock:
    """`sleeps` are the seconds that were slept; nothing waits for real."""

    now_s: float = 0.0
    sleeps: list[float] = field(default_factory=list)

    def time(self) -> datetime:
        return START + timedelta(seconds=self.now_s)

    def monotonic(self) -> float:
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now_s += seconds


@dataclass
class MemoryLedger:
    calls: list[tuple[str, datetime]] = field(default_factory=list)
    pauses: list[tuple[datetime, str]] = field(default_factory=list)

    async def count(self, endpoint: str, now: datetime) -> None:
        self.calls.append((endpoint, now))

    async def used(self, endpoint: str, now: datetime) -> int:
        since = now - timedelta(hours=24)
        return sum(name == endpoint and at > since for name, at in self.calls)

    async def pause(self, until: datetime, reason: str) -> None:
        self.pauses.append((until, reason))

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        return max((pause for pause in self.pauses if pause[0] > now), default=None)


Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Spotify:
    """A client whose requests are kept in `requests` and answered by `answer`."""

    answer: Answer
    searches_per_day: int = 200
    clock: Clock = field(default_factory=Clock)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    requests: list[httpx.Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        budget = Budget(self.ledger, searches_per_day=self.searches_per_day, clock=self.clock.time)
        self.transport = Transport(
            http,
            SpotifyEndpoints.real(),
            budget,
            clock=self.clock.time,
            monotonic=self.clock.monotonic,
            sleep=self.clock.sleep,
        )
        self.client = SpotifyClient(self.transport)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)


def in_turn(*answers: httpx.Response) -> Answer:
    """One answer after the other, the last one for ever."""
    left = list(answers)
    return lambda _request: left.pop(0) if len(left) > 1 else left[0]
