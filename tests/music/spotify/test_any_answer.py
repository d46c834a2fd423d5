"""Ten thousand answers, sound and damaged: only SpotifyError comes out of the client."""

from __future__ import annotations

import json
import random
import string
from dataclasses import replace

import httpx
import pytest

from emotion_stream.errors import SpotifyError
from emotion_stream.music.spotify.client import SpotifyClient

from .recorded import NAMES, TOKEN, Recorded, Spotify, recorded

pytestmark = pytest.mark.anyio

ANSWERS = 12_000
SEED = 20_261_125

ODD: tuple[object, ...] = (
    *(None, True, False, 0, -1, 3.5, 1e308, 10**40, "", "x", "\ud800", "\x00", [], {}, [None]),
    *({"items": None}, {"items": [None]}, {"items": {"total": "many"}}, [[[[]]]], "null"),
    *("spotify:track:x", "https://[", "javascript:x", {"error": "x"}, {"error": {"reason": []}}),
)
STATUSES = (
    200,
    200,
    200,
    201,
    204,
    206,
    301,
    304,
    400,
    401,
    403,
    404,
    408,
    410,
    418,
    429,
    500,
    599,
)
RETRY_AFTER = ("0", "1", "5", "6", "-3", "99999999999", "nan", "", "soon", "Wed, 25 Nov 2026", "\t")
FAILURES = (
    httpx.ConnectError,
    httpx.ReadTimeout,
    httpx.PoolTimeout,
    httpx.RemoteProtocolError,
    httpx.ReadError,
    httpx.DecodingError,
)
CALLS = 8


class Damage:
    """Answers drawn from the recorded ones, each with something wrong with it, or nothing."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same answers every time
        self._recorded = [recorded(name) for name in NAMES]

    def answer(self, request: httpx.Request) -> httpx.Response:
        draw = self._random
        if draw.random() < 0.05:
            raise draw.choice(FAILURES)("broken", request=request)
        reply = draw.choice(self._recorded)
        if draw.random() < 0.3:
            reply = replace(reply, status=draw.choice(STATUSES))
        if draw.random() < 0.2:
            reply = replace(reply, headers={"retry-after": draw.choice(RETRY_AFTER)})
        return replace(reply, body=self._body(reply)).response()

    def _body(self, reply: Recorded) -> bytes:
        draw, body = self._random, reply.body
        what = draw.randrange(5)
        if what == 0:
            return body
        if what == 1:
            return body[: draw.randrange(len(body) + 1)]
        if what == 2:
            at = draw.randrange(len(body) + 1)
            return body[:at] + draw.randbytes(draw.randrange(1, 9)) + body[at + 1 :]
        if what == 3:
            return draw.choice(string.printable).encode() * draw.randrange(50)
        try:
            return json.dumps(self._bent(json.loads(body))).encode()
        except (ValueError, RecursionError):
            return body

    def _bent(self, value: object) -> object:
        """The same with odd values somewhere in it."""
        draw = self._random
        if draw.random() < 0.08:
            return draw.choice(ODD)
        if isinstance(value, dict):
            return {name: self._bent(one) for name, one in value.items() if draw.random() > 0.04}
        if isinstance(value, list):
            return [self._bent(one) for one in value]
        return value


async def called(client: SpotifyClient, number: int) -> object:
    track, episode = "spotify:track:abc", "spotify:episode:abc"
    match number % CALLS:
        case 0 | 1 | 2:
            return await client.search(TOKEN, f"question {number}")
        case 3:
            return await client.me(TOKEN)
        case 4:
            return await client.top_artists(TOKEN)
        case 5:
            return await client.play(TOKEN, device_id="dev", uri=episode)
        case 6:
            return await client.saved(TOKEN, [track, episode])
        case _:
            return await client.create_playlist(TOKEN, "x", [track])


async def outcome_of(client: SpotifyClient, number: int) -> object:
    """What the call gives, or the SpotifyError it raises; any other error ends the test."""
    try:
        return await called(client, number)
    except SpotifyError as error:
        return error


async def test_any_answer_is_an_object_or_an_error_of_spotify() -> None:
    damage, given, sound, refused = Damage(SEED), 0, 0, set()
    spotify = Spotify("me")

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal given
        given += 1
        return damage.answer(request)

    client = SpotifyClient(spotify.over(answer, spacing_s=0))
    number = 0
    while given < ANSWERS:
        spotify.notebook.until = None
        spotify.notebook.calls.clear()
        number += 1
        outcome = await outcome_of(client, number)
        if isinstance(outcome, SpotifyError):
            assert str(outcome).endswith(".")
            assert outcome.retry_after_s is None or 0 <= outcome.retry_after_s <= 86_400
            refused.add(type(outcome))
        else:
            repr(outcome).encode()  # it can be sent
            sound += 1
        assert all(seconds <= 5 for seconds in spotify.clock.slept)
        spotify.clock.slept.clear()
    assert sound > 500  # most answers are damaged, and some are not
    assert len(refused) == 10  # every error that an answer can stand for
