"""Work is limited, waits in a short queue, and is dropped with its client."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable

import anyio
import pytest
from starlette.requests import ClientDisconnect, Request

from emotion_stream.errors import Busy, NotAudio
from emotion_stream.web.analysis_pool import AnalysisPool, still_wanted

pytestmark = pytest.mark.anyio


class Client:
    """A client that can hang up."""

    def __init__(self) -> None:
        self.gone = anyio.Event()
        self.request = Request({"type": "http", "headers": []}, self._receive)

    async def _receive(self) -> dict[str, str]:
        await self.gone.wait()
        return {"type": "http.disconnect"}


async def soon(condition: Callable[[], bool]) -> None:
    with anyio.fail_after(5):
        while not condition():  # noqa: ASYNC110 - the other side is a thread
            await anyio.sleep(0.001)


async def taken(pool: AnalysisPool, job: Callable[[], object], client: Client) -> object:
    """What a request does: a place first, then the job."""
    with pool.place():
        return await pool.run(job, client.request)


async def ended(call: Awaitable[object], answers: list[object]) -> None:
    try:
        answers.append(await call)
    except (Busy, ClientDisconnect) as error:
        answers.append(type(error))


async def test_a_result_and_a_failure_come_back_as_they_are() -> None:
    pool = AnalysisPool(1, 0)

    def fail() -> None:
        raise NotAudio("no")

    assert await pool.run(lambda: 42, Client().request) == 42
    with pytest.raises(NotAudio):
        await pool.run(fail, Client().request)


async def test_work_is_done_off_the_event_loop() -> None:
    here = threading.get_ident()
    assert await AnalysisPool(1, 0).run(threading.get_ident, Client().request) != here


async def test_so_many_run_so_many_wait_and_the_next_is_sent_away() -> None:
    pool, go, running = AnalysisPool(2, 1), threading.Event(), []
    answers: list[object] = []

    def work() -> str:
        running.append(threading.get_ident())
        go.wait(5)
        return "done"

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(ended, taken(pool, work, Client()), answers)
        await soon(lambda: len(running) == 2)
        with pytest.raises(Busy) as caught, pool.place():
            pass
        await ended(taken(pool, work, Client()), answers)
        assert answers == [Busy]
        assert caught.value.retry_after_s == 5
        assert len(running) == 2
        go.set()
    assert answers == [Busy, "done", "done", "done"]
    with pool.place():
        pass


async def test_who_hangs_up_while_waiting_is_dropped() -> None:
    pool, go, begun = AnalysisPool(1, 1), threading.Event(), []
    first, second = Client(), Client()
    answers: list[object] = []

    def work() -> str:
        begun.append(1)
        go.wait(5)
        return "done"

    async with anyio.create_task_group() as group:
        group.start_soon(ended, taken(pool, work, first), answers)
        await soon(lambda: bool(begun))
        group.start_soon(ended, taken(pool, work, second), answers)
        await anyio.wait_all_tasks_blocked()
        second.gone.set()
        await soon(lambda: answers == [ClientDisconnect])
        with pool.place():
            pass
        go.set()
    assert answers == [ClientDisconnect, "done"]
    assert begun == [1]


async def test_work_ends_early_when_its_client_hangs_up() -> None:
    pool, client, begun = AnalysisPool(1, 0), Client(), threading.Event()
    answers: list[object] = []

    def work() -> None:
        for heard_s in range(2000):
            begun.set()
            still_wanted(heard_s)
            time.sleep(0.005)
        raise AssertionError("it went on for nobody")

    async with anyio.create_task_group() as group:
        group.start_soon(ended, taken(pool, work, client), answers)
        await soon(begun.is_set)
        client.gone.set()
    assert answers == [ClientDisconnect]


async def test_work_that_began_ends_before_its_file_is_closed() -> None:
    pool, go, order = AnalysisPool(1, 0), threading.Event(), []
    client = Client()

    def work() -> None:
        order.append("begun")
        go.wait(5)
        order.append("ended")

    async def call() -> None:
        answers: list[object] = []
        await ended(taken(pool, work, client), answers)
        order.append("closed")

    async with anyio.create_task_group() as group:
        group.start_soon(call)
        await soon(lambda: order == ["begun"])
        client.gone.set()
        await anyio.wait_all_tasks_blocked()
        assert order == ["begun"]
        go.set()
    assert order == ["begun", "ended", "closed"]
