"""The queue: spaced, counted before it asks, coalesced, cached, paused, never asleep for long."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

import httpx
import pytest

from emotion_stream.errors import (
    SpotifyPaused,
    SpotifyRefused,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.transport import MOST_CACHED, Call
from tests.music.spotify.fake_spotify import START, TOKEN, Spotify, in_turn

pytestmark = pytest.mark.anyio
EMPTY = httpx.Response(200, json={})


def get(path: str = "/search", *, person: str | None = "p", fresh_for_s: float = 0) -> Call:
    return Call("GET", path, "search", TOKEN, {}, fresh_for_s=fresh_for_s, person=person)


async def test_requests_are_a_second_apart_after_a_short_burst() -> None:
    spotify = Spotify(in_turn(EMPTY))
    for number in range(6):
        await spotify.transport.send(get(f"/{number}"))
    assert spotify.clock.sleeps == [1.0, 1.0, 1.0]


async def test_equal_questions_at_once_are_asked_once() -> None:
    spotify = Spotify(in_turn(EMPTY))
    await asyncio.gather(*(spotify.transport.send(get()) for _ in range(5)))
    assert len(spotify.requests) == 1


async def test_two_people_do_not_share_an_answer() -> None:
    spotify = Spotify(in_turn(EMPTY))
    for person in ("a", "b"):
        await spotify.transport.send(get(person=person, fresh_for_s=600))
    assert len(spotify.requests) == 2


async def test_who_goes_away_does_not_take_the_answer_from_the_others() -> None:
    gate = asyncio.Event()
    spotify = Spotify(in_turn(EMPTY))
    sleep = spotify.clock.sleep

    async def wait(seconds: float) -> None:
        await gate.wait()
        await sleep(seconds)

    spotify.transport._sleep = wait
    for number in range(3):
        await spotify.transport.send(get(f"/{number}"))
    first = asyncio.create_task(spotify.transport.send(get()))
    second = asyncio.create_task(spotify.transport.send(get()))
    await asyncio.sleep(0)
    first.cancel()
    gate.set()
    assert await second == {}
    assert first.cancelled() or first.cancelling()


async def test_an_answer_is_fresh_for_its_time_and_forgotten_with_its_person() -> None:
    spotify = Spotify(in_turn(EMPTY))
    for now_s in (0, 599, 601):
        spotify.clock.now_s = now_s
        await spotify.transport.send(get(fresh_for_s=600))
    assert len(spotify.requests) == 2
    spotify.transport.forget("p")
    await spotify.transport.send(get(fresh_for_s=600))
    assert len(spotify.requests) == 3


@pytest.mark.parametrize("person", ["p", None])
async def test_what_is_under_way_for_somebody_who_goes_is_not_kept(person: str | None) -> None:
    spotify = Spotify(in_turn(EMPTY))
    first = asyncio.create_task(spotify.transport.send(get(fresh_for_s=600)))
    await asyncio.sleep(0)
    spotify.transport.forget(person)
    second = asyncio.create_task(spotify.transport.send(get()))
    assert await first == await second == {}
    assert len(spotify.requests) == 2
    assert not spotify.transport._kept


async def test_others_keep_what_they_have_when_somebody_goes() -> None:
    spotify = Spotify(in_turn(EMPTY))
    await spotify.transport.send(get(person="other", fresh_for_s=600))
    spotify.transport.forget("p")
    assert len(spotify.transport._kept) == 1
    spotify.transport.forget()
    assert not spotify.transport._kept


async def test_the_cache_does_not_grow_without_end() -> None:
    spotify = Spotify(in_turn(EMPTY), searches_per_day=10_000)
    for number in range(MOST_CACHED + 20):
        await spotify.transport.send(get(f"/{number}", fresh_for_s=1e9))
    assert len(spotify.transport._kept) == MOST_CACHED


async def test_what_is_no_longer_fresh_goes_when_something_new_is_kept() -> None:
    spotify = Spotify(in_turn(EMPTY))
    await spotify.transport.send(get("/old", fresh_for_s=60))
    spotify.clock.now_s = 61
    await spotify.transport.send(get("/new", fresh_for_s=60))
    assert len(spotify.transport._kept) == 1


async def test_a_short_wait_is_waited_for_once() -> None:
    spotify = Spotify(in_turn(httpx.Response(429, headers={"retry-after": "4"}), EMPTY))
    assert await spotify.transport.send(get()) == {}
    assert spotify.clock.sleeps == [4.0]


async def test_two_short_waits_in_a_row_become_a_pause() -> None:
    spotify = Spotify(in_turn(httpx.Response(429, headers={"retry-after": "4"})))
    with pytest.raises(SpotifyPaused):
        await spotify.transport.send(get())
    assert len(spotify.requests) == 2
    assert spotify.ledger.pauses


async def test_a_long_pause_is_kept_and_nothing_is_asked_before_it_ends() -> None:
    spotify = Spotify(in_turn(httpx.Response(429, headers={"retry-after": "48925"}), EMPTY))
    with pytest.raises(SpotifyPaused):
        await spotify.transport.send(get())
    assert spotify.clock.sleeps == []
    spotify.clock.now_s = 48_000
    with pytest.raises(SpotifyPaused):
        await spotify.transport.send(get("/me"))
    assert len(spotify.requests) == 1
    spotify.clock.now_s = 49_000
    assert await spotify.transport.send(get("/me")) == {}


async def test_a_pause_outlives_the_process() -> None:
    first = Spotify(in_turn(httpx.Response(429)))
    with pytest.raises(SpotifyPaused):
        await first.transport.send(get())
    second = Spotify(in_turn(EMPTY), ledger=first.ledger)
    with pytest.raises(SpotifyPaused) as caught:
        await second.transport.send(get())
    assert second.requests == []
    assert caught.value.until is not None
    assert caught.value.until > START


async def test_our_own_ceiling_of_searches_holds_for_a_rolling_day() -> None:
    spotify = Spotify(in_turn(EMPTY), searches_per_day=3)
    for number in range(3):
        await spotify.transport.send(get(f"/{number}"))
    with pytest.raises(SpotifyPaused, match="3 searches"):
        await spotify.transport.send(get("/more"))
    await spotify.transport.send(Call("GET", "/me", "me", TOKEN))
    spotify.clock.now_s = 25 * 3600
    await spotify.transport.send(get("/more"))


async def test_a_call_counts_before_it_is_made() -> None:
    spotify = Spotify(in_turn(httpx.Response(401)))
    with pytest.raises(SpotifySignInRequired):
        await spotify.transport.send(get())
    assert [name for name, _ in spotify.ledger.calls] == ["search"]


async def test_reading_is_tried_twice_and_writing_once() -> None:
    reading = Spotify(in_turn(httpx.Response(502), EMPTY))
    assert await reading.transport.send(get()) == {}
    writing = Spotify(in_turn(httpx.Response(502), EMPTY))
    with pytest.raises(SpotifyUnavailable):
        await writing.transport.send(Call("POST", "/me/playlists", "create", TOKEN))
    assert len(writing.requests) == 1


async def test_a_refusal_is_not_repeated() -> None:
    spotify = Spotify(in_turn(httpx.Response(403, json={"error": {"message": "Forbidden"}})))
    with pytest.raises(SpotifyRefused):
        await spotify.transport.send(get())
    assert len(spotify.requests) == 1


async def test_no_network_is_said_plainly() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot reach {request.url} with {TOKEN}")

    spotify = Spotify(broken)
    with pytest.raises(SpotifyUnavailable, match="does not answer") as caught:
        await spotify.transport.send(get())
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "body", [b"{", b"<html>", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, b"x" * 4_000_001]
)
async def test_an_answer_that_cannot_be_read_is_said_to_be_so(body: bytes) -> None:
    spotify = Spotify(in_turn(httpx.Response(200, content=body)))
    with pytest.raises(SpotifyUnavailable, match="cannot be read"):
        await spotify.transport.send(get())


async def test_the_token_is_nowhere_but_in_its_header(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    spotify = Spotify(in_turn(EMPTY))
    call = Call("GET", "/me", "me", TOKEN, {}, fresh_for_s=60)
    await spotify.transport.send(call)
    request = spotify.requests[0]
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in repr(call) + str(call.key) + str(request.url)
    assert TOKEN not in repr(list(spotify.transport._kept)) + caplog.text


async def test_who_waits_in_line_learns_of_the_pause_before_asking() -> None:
    spotify = Spotify(lambda _: httpx.Response(429, headers={"retry-after": "900"}))
    write_down = spotify.ledger.pause

    async def pause(until: datetime, reason: str) -> None:
        for _ in range(9):  # a database takes its time
            await asyncio.sleep(0)
        await write_down(until, reason)

    spotify.ledger.pause = pause  # type: ignore[method-assign]
    outcomes = await asyncio.gather(
        *(spotify.transport.send(get(f"/{number}")) for number in range(5)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [SpotifyPaused] * 5
    assert len(spotify.requests) == 1


async def test_cookies_of_one_person_are_not_sent_for_another() -> None:
    spotify = Spotify(lambda _: httpx.Response(200, headers={"set-cookie": "who=p"}, json={}))
    await spotify.transport.send(get(person="p"))
    await spotify.transport.send(get(person="q"))
    assert "cookie" not in spotify.requests[1].headers


async def test_a_command_that_was_carried_out_needs_no_answer_that_can_be_read() -> None:
    spotify = Spotify(lambda _: httpx.Response(200, text="AAAF no JSON"))
    assert await spotify.transport.send(Call("PUT", "/me/player", "transfer", TOKEN)) is None


async def test_what_is_under_way_for_a_forgotten_person_is_not_kept() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        spotify.transport.forget("p")
        return httpx.Response(200, json={})

    spotify = Spotify(answer)
    for _ in range(2):
        assert await spotify.transport.send(get(fresh_for_s=600)) == {}
    assert len(spotify.requests) == 2
