"""The one way to Spotify's Web API: a queue, a budget, a cache and one table of errors."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from emotion_stream.errors import SpotifySignInRequired, SpotifyUnavailable
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.budget import Budget
from emotion_stream.music.spotify.failures import error_of, pause_of, unavailable
from emotion_stream.music.spotify.fresh import Fresh, Key
from emotion_stream.music.spotify.pace import Pace
from emotion_stream.music.spotify.parsing import json_of, unreadable

log = logging.getLogger(__name__)

TIMEOUT_S = 10.0
"""For one request from its first byte to its last."""
MAX_REPLY_BYTES = 4 * 1024 * 1024
"""Forty results are some hundred kilobytes."""


@dataclass(frozen=True)
class Ask:
    """One request. The token never appears in `repr`, and never in the address."""

    method: str
    path: str
    endpoint: str
    token: str = field(repr=False)
    params: tuple[tuple[str, str], ...] = ()
    json: object = field(default=None, repr=False)


@dataclass(frozen=True)
class Reply:
    """What came back; `failure` where nothing did that can be read, and then `status` is 0."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    failure: SpotifyUnavailable | None = None


@dataclass
class Flight:
    """A GET under way and how many wait for it."""

    task: asyncio.Task[object]
    waiting: int = 0


class Transport:
    """One queue for the installation; everything that comes out is JSON or a SpotifyError.

    `clock` tells UTC; `spacing_s` is the time between requests on average.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        addresses: SpotifyAddresses,
        budget: Budget,
        *,
        clock: Callable[[], datetime],
        spacing_s: float = 1.0,
        timeout_s: float = TIMEOUT_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._http = http
        self._api = addresses.api
        self._budget = budget
        self._clock = clock
        self._timeout_s = timeout_s
        self._sleep = sleep
        self._pace = Pace(spacing_s, clock=clock, sleep=sleep)
        self._fresh = Fresh()
        self._flights: dict[Key, Flight] = {}

    async def call(
        self,
        method: str,
        path: str,
        *,
        endpoint: str,
        token: str,
        params: Mapping[str, str | int] | None = None,
        json: object = None,
        fresh_for_s: float = 0.0,
        person: str | None = None,
    ) -> object:
        """The parsed answer, or None where it has none. Raises SpotifyError, StoreUnavailable.

        Equal GETs of a person under way are one request, and an answer younger than `fresh_for_s`
        is given again. `person` is any name for who asks; without one, the token tells.
        """
        # The client for HTTP would quote such a token in its error.
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise SpotifySignInRequired("The sign-in with Spotify is damaged. Sign in again.")
        asked = tuple(sorted((name, str(value)) for name, value in (params or {}).items()))
        ask = Ask(method, path, endpoint, token, asked, json)
        if method != "GET":
            return await self._send(ask)
        key = Key(_hashed(token) if person is None else person, path, asked)
        if fresh_for_s > 0 and (kept := self._fresh.get(key, self._clock())):
            return kept[0]
        return await self._shared(key, ask, fresh_for_s)

    def forget(self, person: str) -> None:
        """Drop what is kept of a person; what is under way for them is not kept."""
        self._fresh.forget(person)
        for key in [key for key in self._flights if key.person == person]:
            del self._flights[key]

    async def _shared(self, key: Key, ask: Ask, fresh_for_s: float) -> object:
        flight = self._flights.get(key)
        if flight is None:
            flight = Flight(asyncio.create_task(self._send(ask)))
            self._flights[key] = flight
            flight.task.add_done_callback(lambda _: self._landed(key, flight, fresh_for_s))
        flight.waiting += 1
        try:
            # Who leaves does not take the answer from the others.
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0 and not flight.task.done():
                if self._flights.get(key) is flight:
                    del self._flights[key]
                flight.task.cancel()

    def _landed(self, key: Key, flight: Flight, fresh_for_s: float) -> None:
        failed = flight.task.cancelled() or flight.task.exception() is not None
        if self._flights.get(key) is not flight:
            return
        del self._flights[key]
        if not failed and fresh_for_s > 0:
            answer = flight.task.result()
            self._fresh.put(key, answer, now=self._clock(), fresh_for_s=fresh_for_s)

    async def _send(self, ask: Ask) -> object:
        async with self._pace.turn():
            reply = await self._reply(ask)
            wait_s = self._again_after_s(ask, reply)
            if wait_s is not None:
                await self._sleep(wait_s)
                reply = await self._reply(ask)
            if reply.status == 429:
                pause = pause_of(reply.headers, reply.body, now=self._clock())
                log.warning("Spotify is left alone until %s: %s", pause.until, pause.reason)
                await self._budget.pause(pause.until, pause.reason)
        if reply.failure is not None:
            raise reply.failure
        if not 200 <= reply.status < 300:
            raise error_of(reply.status, reply.headers, reply.body, now=self._clock())
        return _answer(ask.method, reply)

    def _again_after_s(self, ask: Ask, reply: Reply) -> float | None:
        """Seconds until the one second try, or None where the answer stands."""
        if reply.status == 429:
            return pause_of(reply.headers, reply.body, now=self._clock()).wait_s
        broken = reply.failure is not None or reply.status >= 500
        has_advice = any(name.lower() == "retry-after" for name in reply.headers)
        return 0.0 if broken and ask.method == "GET" and not has_advice else None

    async def _reply(self, ask: Ask) -> Reply:
        await self._budget.admit(ask.endpoint, self._clock())
        await self._pace.step()
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._exchange(ask)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError) as error:
            # Without its cause: that holds the request, and the request holds the token.
            return Reply(0, failure=unavailable(type(error).__name__))
        finally:
            # One client serves everybody: what Spotify sets for one person is sent for no other.
            self._http.cookies.clear()

    async def _exchange(self, ask: Ask) -> Reply:
        async with self._http.stream(
            ask.method,
            self._api + ask.path,
            params=ask.params or None,
            json=ask.json,
            headers={"authorization": f"Bearer {ask.token}", "accept": "application/json"},
            timeout=self._timeout_s,
            follow_redirects=False,
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_REPLY_BYTES:
                    return Reply(0, failure=unreadable(f"more than {MAX_REPLY_BYTES} bytes"))
            return Reply(response.status_code, dict(response.headers), bytes(body))


def _answer(method: str, reply: Reply) -> object:
    if method == "GET":
        return json_of(reply.body)
    try:
        # Commands that worked are sometimes answered with a line that is no JSON.
        return json_of(reply.body)
    except SpotifyUnavailable:
        return None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
