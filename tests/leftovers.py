"""A pytest plugin: the run gets a watchdog, so that it leaves nothing behind, however it ends."""

from __future__ import annotations

import pytest

from tests.watchdog import Watchdog, watched

watchdog = pytest.StashKey[Watchdog]()


@pytest.hookimpl(tryfirst=True)  # before the first temporary folder is made
def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # workers inherit the folder of the run they belong to
        config.stash[watchdog] = watched()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if watchdog in config.stash:
        config.stash[watchdog].done()
