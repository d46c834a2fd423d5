"""Where analyses wait and run: a few threads of their own, a short queue, and a clear "busy"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import anyio.from_thread
import anyio.to_thread
from starlette.requests import ClientDisconnect, Request

from emotion_stream.errors import Busy

T = TypeVar("T")


def still_wanted(_heard_s: float) -> None:
    """For a job to call now and then: ends its thread when its client or the server has gone."""
    anyio.from_thread.check_cancelled()


RETRY_AFTER_S = 5


class AnalysisPool:
    """Runs at most `workers` jobs side by side while at most `places` wait or are received.

    The threads are not shared with file serving, and the event loop never computes.
    """

    def __init__(self, workers: int, places: int) -> None:
        # Not anyio's own limiter of 40, whose threads serve files and must not wait for analyses.
        self._limiter = anyio.CapacityLimiter(workers)
        self._most = workers + places
        self._admitted = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one recording while it is received, waits and is analysed. Raises Busy."""
        if self._admitted >= self._most:
            raise Busy(
                f"{self._admitted} recordings are being received or analysed. "
                f"Try again in {RETRY_AFTER_S} seconds.",
                retry_after_s=RETRY_AFTER_S,
            )
        # No lock: only the event loop counts, and nothing is awaited in between.
        self._admitted += 1
        try:
            yield
        finally:
            self._admitted -= 1

    async def run(self, job: Callable[[], T], request: Request) -> T:
        """The result of a job that has a place. Raises ClientDisconnect when nobody waits for it.

        A job that waits is dropped with its client; one that has begun ends where it next asks
        `still_wanted`.
        """
        results: list[T] = []
        failures: list[Exception] = []

        async def work() -> None:
            try:
                # Not `abandon_on_cancel`: an abandoned thread would compute on, beyond the limit.
                results.append(await anyio.to_thread.run_sync(job, limiter=self._limiter))
            except Exception as error:  # handed to the caller as it is, not as a group
                failures.append(error)
            group.cancel_scope.cancel()

        async def watch() -> None:
            # The upload has been read: what still comes is that the client has gone.
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        async with anyio.create_task_group() as group:
            group.start_soon(work)
            group.start_soon(watch)
        if failures:
            raise failures[0]
        if not results:
            raise ClientDisconnect
        return results[0]
