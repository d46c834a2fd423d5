"""A pytest plugin: a test that starts a process or a server is marked `process`, or it fails.

Tests get the mark from the fixtures they use; where a test starts something by itself, it or its
file bears the mark. Everything else runs in the process of the test: that is the fast loop.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

# Fixtures that start a program. A parameter of a fixture bears the mark itself (`database_url`).
STARTING = frozenset({"postgres", "server"})
MAY_START = ("process", "browser", "training")  # a run of the learning wing asks git for its commit
STARTS = frozenset({"subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"})
SOUND_MAKERS = frozenset({"espeak-ng", "fluidsynth"})  # material of tests, made in a moment


class Guard:
    """Refuses to start what the running test is not marked for."""

    def __init__(self) -> None:
        self.watched: str | None = None
        sys.addaudithook(self._asked)

    def _asked(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.watched is None:
            return
        if event in STARTS and not _makes_sound(arguments):
            self._refuse(f"starts {arguments[0]!r}")
        if event == "socket.bind" and isinstance(arguments[1], tuple):
            self._refuse(f"listens at {arguments[1]}")

    def _refuse(self, what: str) -> None:
        # From here on the test may do as it likes: it has failed, and has to clean up.
        name, self.watched = self.watched, None
        pytest.fail(f"{name} {what}: mark it `process`, so that the fast loop leaves it out")


def _makes_sound(arguments: tuple[Any, ...]) -> bool:
    return bool(arguments) and os.path.basename(str(arguments[0])) in SOUND_MAKERS


guard = Guard()


@pytest.hookimpl(tryfirst=True)  # before the marks select
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if STARTING.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.process)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    yield from _guarded(item)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    yield from _guarded(item)


def _guarded(item: pytest.Item) -> Iterator[None]:
    """Not while a test is torn down: the last one also stops what all have shared."""
    if not any(item.get_closest_marker(mark) for mark in MAY_START):
        guard.watched = item.nodeid
    try:
        yield
    finally:
        guard.watched = None
