"""The one way to Spotify: queue, second tries, pauses, the cache, and shared answers."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest

from emotion_stream.errors import (
    SpotifyError,
    SpotifyPaused,
    SpotifyRefused,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.budget import Budget
from emotion_stream.music.spotify.transport import MAX_REPLY_BYTES, Transport

from .recorded import NOON, TOKEN, Clock, Notebook, Spotify, recorded

pytestmark = pytest.mark.anyio


async def test_a_request_carries_its_token_in_a_header_and_nothing_secret_in_its_address() -> None:
    spotify = Spotify("me")
    await spotify.get(params={"b": 2, "a": "ü&"})
    (request,) = spotify.requests
    assert str(request.url) == "https://api.spotify.com/v1/me?a=%C3%BC%26&b=2"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"


async def test_requests_wait_for_each_other_and_keep_their_distance() -> None:
    spotify, inside, times = Spotify("me"), 0, []

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal inside
        inside += 1
        assert inside == 1
        times.append((spotify.clock.now - NOON).total_seconds())
        await asyncio.sleep(0)
        inside -= 1
        return recorded("me").response()

    transport = spotify.over(slow)
    await asyncio.gather(
        *(transport.call("GET", f"/{number}", endpoint="test", token=TOKEN) for number in range(6))
    )
    assert times == [0, 0, 0, 1, 2, 3]


@pytest.mark.parametrize(
    "first", ["500_json", "502_web_page", httpx.ConnectError("no route"), httpx.ReadTimeout("slow")]
)
async def test_a_get_is_tried_a_second_time_quietly(first: str | Exception) -> None:
    spotify = Spotify(first, "me")
    assert await spotify.get()
    assert len(spotify.requests) == len(spotify.notebook.calls) == 2


@pytest.mark.parametrize("first", ["500_json", httpx.ReadTimeout("slow")])
async def test_a_command_is_never_tried_twice(first: str | Exception) -> None:
    spotify = Spotify(first, "me")
    with pytest.raises(SpotifyUnavailable):
        await spotify.transport.call("POST", "/x", endpoint="x", token=TOKEN)
    assert len(spotify.requests) == 1


async def test_a_server_that_stays_down_is_asked_twice_and_no_more() -> None:
    spotify = Spotify("500_json")
    with pytest.raises(SpotifyUnavailable, match="choose another source"):
        await spotify.get()
    assert len(spotify.requests) == 2
    advised = Spotify("503_later")
    with pytest.raises(SpotifyUnavailable) as caught:
        await advised.get()
    assert (len(advised.requests), caught.value.retry_after_s) == (1, 120)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_short_limit_is_waited_out_once(method: str) -> None:
    spotify = Spotify("429_short", "me")
    await spotify.transport.call(method, "/x", endpoint="x", token=TOKEN)
    assert spotify.clock.slept == [3]
    assert spotify.notebook.until is None


async def test_a_short_limit_that_stays_becomes_a_pause() -> None:
    spotify = Spotify("429_short")
    with pytest.raises(SpotifyPaused):
        await spotify.get()
    assert (len(spotify.requests), spotify.clock.slept) == (2, [3])
    assert spotify.notebook.until == NOON + timedelta(seconds=3, minutes=1)


@pytest.mark.parametrize("name", ["429_long", "429_no_header", "429_quota", "429_quota_no_header"])
async def test_a_long_limit_is_never_slept_out_and_is_written_down(name: str) -> None:
    spotify = Spotify(name)
    with pytest.raises(SpotifyPaused, match="choose another source") as caught:
        await spotify.get()
    assert spotify.notebook.until == caught.value.until
    assert spotify.clock.slept == []
    with pytest.raises(SpotifyPaused):
        await spotify.get("/other")
    assert len(spotify.requests) == 1


async def test_who_waits_in_the_queue_learns_of_the_pause() -> None:
    spotify = Spotify("429_long")
    answers = await asyncio.gather(
        *(spotify.get(f"/{number}") for number in range(5)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [SpotifyPaused] * 5
    assert len(spotify.requests) == 1


async def test_equal_questions_share_one_request() -> None:
    spotify = Spotify("me")
    answers = await asyncio.gather(*(spotify.get(params={"q": 1}) for _ in range(5)))
    assert len(spotify.requests) == 1
    assert all(answer is answers[0] for answer in answers)
    await spotify.get(params={"q": 1})
    assert len(spotify.requests) == 2


async def test_questions_of_others_and_other_questions_are_not_shared() -> None:
    spotify = Spotify("me")
    await asyncio.gather(
        *(spotify.get(person=person, params={"q": q}) for person in "ab" for q in (1, 2))
    )
    assert len(spotify.requests) == 4


async def test_a_failure_is_shared_too_and_not_kept() -> None:
    spotify = Spotify("403_forbidden", "me")
    answers = await asyncio.gather(
        *(spotify.get(fresh_for_s=60) for _ in range(3)), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [SpotifyRefused] * 3
    assert len(spotify.requests) == 1
    assert await spotify.get(fresh_for_s=60)


async def test_an_answer_is_fresh_for_its_time() -> None:
    spotify = Spotify("me")
    for _ in range(3):
        await spotify.get(fresh_for_s=600)
    assert len(spotify.requests) == len(spotify.notebook.calls) == 1
    spotify.clock.now += timedelta(seconds=600)
    await spotify.get(fresh_for_s=600)
    assert len(spotify.requests) == 2


async def test_a_fresh_answer_is_given_during_a_pause() -> None:
    spotify = Spotify("me")
    answer = await spotify.get(fresh_for_s=600)
    await spotify.notebook.pause(NOON + timedelta(hours=1), "x")
    assert await spotify.get(fresh_for_s=600) is answer


class Gate:
    """A Spotify that answers when it is told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.reached = asyncio.Event()
        self.requests = 0
        self.cancelled = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        self.reached.set()
        try:
            await self.open.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return recorded("me").response()


async def test_who_leaves_does_not_take_the_answer_from_the_others() -> None:
    gate = Gate()
    transport = Spotify("me").over(gate)
    asking = [
        asyncio.create_task(transport.call("GET", "/me", endpoint="me", token=TOKEN))
        for _ in range(3)
    ]
    await gate.reached.wait()
    asking[0].cancel()  # the one who began it
    await asyncio.sleep(0)
    gate.open.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1] is answers[2] is not None
    assert gate.requests == 1


async def test_what_nobody_waits_for_is_given_up_and_the_queue_goes_on() -> None:
    gate = Gate()
    transport = Spotify("me").over(gate)
    asking = [
        asyncio.create_task(transport.call("GET", "/me", endpoint="me", token=TOKEN))
        for _ in range(2)
    ]
    await gate.reached.wait()
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    gate.open.set()
    assert await transport.call("GET", "/me", endpoint="me", token=TOKEN)
    assert (gate.requests, gate.cancelled) == (2, 1)


async def test_what_is_under_way_for_a_forgotten_person_is_not_kept() -> None:
    gate = Gate()
    transport = Spotify("me").over(gate)

    async def ask() -> object:
        return await transport.call(
            "GET", "/me", endpoint="me", token=TOKEN, person="a", fresh_for_s=600
        )

    first = asyncio.create_task(ask())
    await gate.reached.wait()
    transport.forget("a")
    gate.open.set()
    assert await first
    await ask()
    assert gate.requests == 2
    await ask()
    assert gate.requests == 2
    transport.forget("a")
    await ask()
    assert gate.requests == 3


async def test_the_whole_answer_has_a_time_limit() -> None:
    gate, clock = Gate(), Clock()
    transport = Transport(
        httpx.AsyncClient(transport=httpx.MockTransport(gate)),
        SpotifyAddresses.real(),
        Budget(Notebook()),
        clock=clock,
        sleep=clock.sleep,
        timeout_s=0,
    )
    with pytest.raises(SpotifyUnavailable):
        await transport.call("GET", "/me", endpoint="me", token=TOKEN)


async def test_an_answer_without_end_is_not_read() -> None:
    spotify = Spotify(httpx.Response(200, content=b"[" + b" " * MAX_REPLY_BYTES + b"]"))
    with pytest.raises(SpotifyUnavailable) as caught:
        await spotify.get()
    assert "bytes" in caught.value.detail


async def test_cookies_of_one_person_are_not_sent_for_another() -> None:
    spotify = Spotify(httpx.Response(200, headers={"set-cookie": "who=a"}, content=b"{}"))
    await spotify.get(person="a")
    await spotify.get(person="b")
    assert "cookie" not in spotify.requests[1].headers


async def test_a_redirect_is_not_followed_with_a_token() -> None:
    spotify = Spotify("302_to_a_portal")
    with pytest.raises(SpotifyUnavailable):
        await spotify.get()
    assert spotify.asked == ["GET /v1/me"]


@pytest.mark.parametrize("name", ["200_truncated", "200_web_page", "200_empty", "200_deep"])
async def test_an_answer_that_cannot_be_read(name: str) -> None:
    with pytest.raises(SpotifyUnavailable, match="cannot be read"):
        await Spotify(name).get()
    # A command was carried out all the same.
    command = Spotify(name).transport.call("PUT", "/x", endpoint="x", token=TOKEN)
    assert await command is None


@pytest.mark.parametrize("token", ["", "a b", "a\r\nx: y", "ä", "a\x00"])
async def test_a_damaged_token_is_not_sent_and_not_repeated(token: str) -> None:
    spotify = Spotify("me")
    with pytest.raises(SpotifySignInRequired) as caught:
        await spotify.transport.call("GET", "/me", endpoint="me", token=token)
    assert spotify.requests == []
    assert str(caught.value) == "The sign-in with Spotify is damaged. Sign in again."


async def test_a_damaged_gzip_is_no_mistake_of_ours() -> None:
    broken = httpx.Response(
        200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")
    )
    with pytest.raises(SpotifyError):
        await Spotify(broken, "401_expired").get()
