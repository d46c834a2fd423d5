"""Answers of Spotify, written by hand after its documentation and reports of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.budget import Budget
from emotion_stream.music.spotify.client import SpotifyClient
from emotion_stream.music.spotify.transport import Transport

REPLIES = Path(__file__).parent / "replies"
NAMES = sorted(file.stem for file in REPLIES.glob("*.json"))
TOKEN = "token-that-nobody-may-see"  # noqa: S105 - opens nothing
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Recorded:
    """An answer; a body of text is sent as it stands, anything else as JSON."""

    status: int
    headers: dict[str, str]
    body: bytes

    def response(self) -> httpx.Response:
        return httpx.Response(self.status, headers=self.headers, content=self.body)


def recorded(name: str) -> Recorded:
    fields = json.loads((REPLIES / f"{name}.json").read_text())
    body = fields["body"]
    text = body if isinstance(body, str) else json.dumps(body)
    return Recorded(fields["status"], fields["headers"], text.encode())


def body_of(name: str) -> object:
    return json.loads(recorded(name).body)


class Clock:
    """Time that passes only in `sleep`."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@dataclass
class Notebook:
    """A ledger in memory."""

    calls: list[tuple[str, datetime]] = field(default_factory=list)
    until: datetime | None = None
    reason: str = ""

    async def count(self, endpoint: str, now: datetime) -> None:
        self.calls.append((endpoint, now))

    async def used(self, endpoint: str, now: datetime) -> int:
        return len(self._of(endpoint, now))

    async def free_at(self, endpoint: str, now: datetime) -> datetime | None:
        times = self._of(endpoint, now)
        return min(times) + timedelta(hours=24) if times else None

    async def pause(self, until: datetime, reason: str) -> None:
        self.until, self.reason = until, reason

    async def paused(self, now: datetime) -> tuple[datetime, str] | None:
        return (self.until, self.reason) if self.until and self.until > now else None

    def _of(self, endpoint: str, now: datetime) -> list[datetime]:
        since = now - timedelta(hours=24)
        return [at for name, at in self.calls if name == endpoint and at > since]


Answer = httpx.Response | Exception | str


class Spotify:
    """Gives the answers in their order, the last one again and again, and keeps the requests."""

    def __init__(
        self, *answers: Answer, clock: Clock | None = None, spacing_s: float = 1.0
    ) -> None:
        self.requests: list[httpx.Request] = []
        self.clock = clock or Clock()
        self.notebook = Notebook()
        self._answers = list(answers)
        self.transport = self.over(self._answer, spacing_s=spacing_s)
        self.client = SpotifyClient(self.transport)

    def over(
        self, handler: Callable[[httpx.Request], object], *, spacing_s: float = 1.0
    ) -> Transport:
        return Transport(
            httpx.AsyncClient(transport=httpx.MockTransport(handler)),  # type: ignore[arg-type]
            SpotifyAddresses.real(),
            Budget(self.notebook),
            clock=self.clock,
            sleep=self.clock.sleep,
            spacing_s=spacing_s,
        )

    async def get(self, path: str = "/me", **options: object) -> object:
        return await self.transport.call(
            "GET",
            path,
            endpoint="test",
            token=TOKEN,
            **options,  # type: ignore[arg-type]
        )

    @property
    def asked(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.requests]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return recorded(answer).response() if isinstance(answer, str) else answer
