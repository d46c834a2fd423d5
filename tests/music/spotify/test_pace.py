"""One request at a time, a second apart on average, whatever the clock does."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from emotion_stream.errors import SpotifyUnavailable
from emotion_stream.music.spotify.pace import BURST, MAX_WAITING, Pace

from .recorded import NOON, Clock

pytestmark = pytest.mark.anyio


async def test_a_few_leave_at_once_and_then_one_a_second() -> None:
    clock = Clock()
    pace = Pace(1.0, clock=clock, sleep=clock.sleep)
    left = []
    for _ in range(BURST + 4):
        await pace.step()
        left.append((clock.now - NOON).total_seconds())
    assert left == [0, 0, 0, 1, 2, 3, 4]
    clock.now += timedelta(minutes=1)
    clock.slept.clear()
    for _ in range(BURST):
        await pace.step()
    assert clock.slept == []


async def test_a_clock_that_is_put_back_holds_nobody_up() -> None:
    clock = Clock()
    pace = Pace(1.0, clock=clock, sleep=clock.sleep)
    for _ in range(5):
        await pace.step()
    clock.now -= timedelta(days=365)
    clock.slept.clear()
    await pace.step()
    assert clock.slept == [1.0]


async def test_the_queue_has_an_end() -> None:
    clock = Clock()
    pace = Pace(1.0, clock=clock, sleep=clock.sleep)
    open_door = asyncio.Event()

    async def visit() -> None:
        async with pace.turn():
            await open_door.wait()

    inside = [asyncio.create_task(visit()) for _ in range(MAX_WAITING + 1)]
    await asyncio.sleep(0)
    with pytest.raises(SpotifyUnavailable, match="Too many") as caught:
        await visit()
    assert caught.value.retry_after_s == MAX_WAITING
    open_door.set()
    await asyncio.gather(*inside)
    await visit()


async def test_who_leaves_the_queue_gives_the_place_back() -> None:
    clock = Clock()
    pace = Pace(1.0, clock=clock, sleep=clock.sleep)
    async with pace.turn():

        async def visit() -> None:
            async with pace.turn():
                raise AssertionError("was never let in")

        waiting = [asyncio.create_task(visit()) for _ in range(MAX_WAITING)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    async with pace.turn():
        pass
