"""A pytest plugin: which worker gets which files, so that one run holds browser and other tests.

Playwright's event loop stays in the main thread once it runs, and tests with a loop of their own
then fail: a worker that has had a file of browser tests gets no others. Every second worker begins
with one, because browser tests wait now and then while the others mostly compute.
"""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

BROWSER = "tests/browser/"


class BrowserApart(LoadFileScheduling):
    """`--dist=loadfile`, but that no worker leaves the browser again."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        file = self._next_for(node)
        if file is None:
            node.shutdown()  # once it has run what it has
            return
        self.workqueue.move_to_end(file, last=False)  # which is taken first
        super()._assign_work_unit(node)

    def _next_for(self, node: WorkerController) -> str | None:
        browser = next((file for file in self.workqueue if file.startswith(BROWSER)), None)
        other = next((file for file in self.workqueue if not file.startswith(BROWSER)), None)
        if any(file.startswith(BROWSER) for file in self.assigned_work[node]):
            return browser
        begins_there = int(node.gateway.id.removeprefix("gw")) % 2 == 1
        return browser or other if begins_there else other or browser


@pytest.hookimpl(optionalhook=True)  # where xdist is switched off
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserApart | None:
    return BrowserApart(config, log) if config.getoption("dist") == "loadfile" else None
