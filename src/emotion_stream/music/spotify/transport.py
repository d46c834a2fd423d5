"""One queue to Spotify for the whole installation: spaced, counted, coalesced, briefly cached.

The budget says how much of Spotify's quota this installation may use, kept over restarts.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx

from emotion_stream.errors import SpotifyPaused, SpotifyUnavailable
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.errors import error_of, is_waited_for, paused

# The quota is one per developer account, unpublished, rolls over about 24 hours, and asking during
# a penalty prolongs it: we count ourselves, before a call is made, and stop at a ceiling of our
# own.

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


TIMEOUT_S = 10.0
SPACING_S = 1.0
BURST = 3
"""Requests that may follow each other at once; on average they are `SPACING_S` apart."""
MOST_WAITING = 20
MOST_CACHED = 256
LARGEST_ANSWER_BYTES = 4_000_000
_NO_ANSWER = "Spotify does not answer. Try again later, or play from another source."
_UNREADABLE = "Spotify answers with something that cannot be read. Try again later."

Parameters = Mapping[str, str | int]


@dataclass(frozen=True)
class Call:
    """One request. `person` groups what is cached for somebody; the token is in no `repr`."""

    method: str
    path: str
    endpoint: str
    token: str = field(repr=False)
    params: Parameters = field(default_factory=dict)
    json: object = None
    fresh_for_s: float = 0.0
    person: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Who asks, and what; equal keys get one answer. Holds a digest and never the token."""
        who = self.person or hashlib.sha256(self.token.encode()).hexdigest()
        return who, json.dumps([self.method, self.path, sorted(self.params.items())])


class Transport:
    """Sends calls one at a time. `clock` (UTC), `monotonic` and `sleep` (seconds) can be replaced.

    A pause of up to five seconds is waited for once; a longer one is written into the budget and
    raised, and nothing is sent before it ends. Reading is tried twice where Spotify fails, writing
    never: a playlist would be made twice.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        addresses: SpotifyEndpoints,
        budget: Budget,
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        spacing_s: float = SPACING_S,
    ) -> None:
        self.budget = budget
        self._http, self._api = http, addresses.api
        self._clock, self._monotonic, self._sleep = clock, monotonic, sleep
        self._spacing_s = spacing_s
        self._line = asyncio.Lock()
        self._waiting = 0
        self._next_at = 0.0
        self._flying: dict[tuple[str, str], asyncio.Task[object]] = {}
        # What was forgotten still runs: asyncio holds tasks weakly, and `close` must find them.
        self._tasks: set[asyncio.Task[object]] = set()
        self._kept: OrderedDict[tuple[str, str], tuple[float, object]] = OrderedDict()

    async def send(self, call: Call) -> object:
        """The JSON of the answer, None where it is empty. Raises SpotifyError and nothing else."""
        if call.method != "GET":
            return await self._attempts(call)
        if (kept := self._kept.get(call.key)) and kept[0] > self._monotonic():
            return kept[1]
        task = self._flying.get(call.key)
        if task is None:
            task = asyncio.create_task(self._attempts(call))
            self._flying[call.key] = task
            self._tasks.add(task)
            task.add_done_callback(lambda done: self._landed(call, done))
        # A caller that goes away must not take the answer from the others.
        return await asyncio.shield(task)

    def forget(self, person: str | None = None) -> None:
        """Drop what is cached for a person, or for everybody. What is still under way is handed to
        who waits for it, and to nobody else."""
        for memory in (self._kept, self._flying):
            for key in [key for key in memory if person in (None, key[0])]:
                del memory[key]

    async def close(self) -> None:
        """Give up what is under way."""
        under_way = list(self._tasks)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _landed(self, call: Call, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        # The exception is taken note of: every caller may have gone.
        failed = task.cancelled() or task.exception() is not None
        if self._flying.get(call.key) is not task:
            return  # the person was forgotten meanwhile
        del self._flying[call.key]
        if not failed and call.fresh_for_s > 0:
            self._keep(call, task.result())

    def _keep(self, call: Call, answer: object) -> None:
        now_s = self._monotonic()
        for key in [key for key, (until_s, _) in self._kept.items() if until_s <= now_s]:
            del self._kept[key]
        self._kept[call.key] = (now_s + call.fresh_for_s, answer)
        self._kept.move_to_end(call.key)
        while len(self._kept) > MOST_CACHED:
            self._kept.popitem(last=False)

    async def _attempts(self, call: Call) -> object:
        if self._waiting >= MOST_WAITING:
            raise SpotifyUnavailable("Too many people ask Spotify at once. Try again in a minute.")
        self._waiting += 1
        try:
            # Waiting and writing a pause down happen before the next in line asks.
            async with self._line:
                return await self._in_turn(call)
        finally:
            self._waiting -= 1

    async def _in_turn(self, call: Call) -> object:
        try:
            return await self._once(call)
        except _TooMany as limit:
            if not is_waited_for(limit.error):
                await self.budget.stop(limit.error)
                raise limit.error from None
            await self._sleep(float(limit.error.retry_after_s or 1))
        except SpotifyUnavailable:
            if call.method != "GET":
                raise
        try:
            return await self._once(call)
        except _TooMany as limit:
            await self.budget.stop(limit.error)
            raise limit.error from None

    async def _once(self, call: Call) -> object:
        await self.budget.admit(call.endpoint)
        await self._keep_distance()
        status, headers, body = await self._exchange(call)
        if 200 <= status < 300:
            return _parsed(body) if call.method == "GET" else _parsed_if_any(body)
        error = error_of(status, headers, body, now=self._clock())
        raise _TooMany(error) if isinstance(error, SpotifyPaused) else error

    async def _keep_distance(self) -> None:
        now = self._monotonic()
        # The generic cell rate algorithm (ITU-T I.371): one time says how much of a burst is used
        # up.
        at = max(self._next_at, now)
        self._next_at = at + self._spacing_s
        wait_s = at - (BURST - 1) * self._spacing_s - now
        if wait_s > 0:
            await self._sleep(wait_s)

    async def _exchange(self, call: Call) -> tuple[int, Mapping[str, str], bytes]:
        headers = {"authorization": f"Bearer {call.token}", "accept": "application/json"}
        try:
            async with (
                # Over the whole answer: httpx times each wait for bytes alone.
                asyncio.timeout(TIMEOUT_S),
                self._http.stream(
                    call.method,
                    self._api + call.path,
                    params=dict(call.params),
                    json=call.json,
                    headers=headers,
                    follow_redirects=False,  # a redirect would carry the token elsewhere
                ) as answer,
            ):
                return answer.status_code, answer.headers, await _body(answer)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, ValueError):
            raise SpotifyUnavailable(_NO_ANSWER) from None  # the cause may quote the request
        finally:
            # One client serves everybody: what is set for one person is sent for no other.
            self._http.cookies.clear()


class _TooMany(Exception):
    """A 429 of Spotify's, told apart from a pause that is on already."""

    def __init__(self, error: SpotifyPaused) -> None:
        super().__init__()
        self.error = error


async def _body(answer: httpx.Response) -> bytes:
    chunks, size = [], 0
    async for chunk in answer.aiter_bytes():
        size += len(chunk)
        # Counted as it comes: a stated length may be wrong, and is not that of what was packed.
        if size > LARGEST_ANSWER_BYTES:
            raise SpotifyUnavailable(_UNREADABLE)
        chunks.append(chunk)
    return b"".join(chunks)


def _parsed(body: bytes) -> Any:  # Any: JSON as it comes
    if not body.strip():
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise SpotifyUnavailable(_UNREADABLE) from None


def _parsed_if_any(body: bytes) -> object:
    """Commands that were carried out are sometimes answered with a line that is no JSON."""
    try:
        return _parsed(body)
    except SpotifyUnavailable:
        return None
