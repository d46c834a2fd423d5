"""Real Chromium with a microphone that plays a WAV, against the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests import sounds
from tests.browser.music import press_play
from tests.browser.page_driver import by_hand, open_page
from tests.browser.server import Server, running
from tests.browser.spotify_sandbox import Stage, staged

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MICROPHONE_RATE_HZ = 48_000

Run = Callable[[str, str], Any]

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def spoken_wav() -> bytes:
    """About six seconds of speech."""
    return sounds.wav(np.tile(sounds.speech(), 2)[: 6 * sounds.RATE_HZ])


@pytest.fixture(scope="session")
def microphone_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the fake microphone plays, again and again."""
    samples = sounds.resampled(sounds.speech(), sounds.RATE_HZ, MICROPHONE_RATE_HZ)
    path = tmp_path_factory.mktemp("microphone") / "speech.wav"
    natural = 0.4 * samples / np.abs(samples).max()
    path.write_bytes(sounds.wav(natural, rate_hz=MICROPHONE_RATE_HZ))
    return path


def chromium_arguments(microphone_wav: Path) -> dict[str, Any]:
    """How to launch full Chromium: the small headless shell has no microphone."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    which = {"executable_path": found} if found else {"channel": "chromium"}
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **which,
        "args": [
            *root,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={microphone_wav}",
            "--disable-background-networking",
        ],
    }


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], microphone_wav: Path
) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium_arguments(microphone_wav)}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    return server.address


@pytest.fixture(scope="module")
def one_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stand-in for Spotify and a server that uses it, for the tests of one file."""
    with staged(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture
def stage(one_stage: Stage) -> Stage:
    """The stand-in as it was at the start; a file that opens it sets its `base_url`."""
    one_stage.begin_anew()
    return one_stage


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "permissions": ["microphone"],
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture(autouse=True)
def no_mistakes(request: pytest.FixtureRequest) -> Iterator[None]:
    """A script error or a blocked resource on the page fails the test that met it."""
    if "page" not in request.fixturenames:
        yield
        return
    page: Page = request.getfixturevalue("page")
    page.set_default_timeout(15_000)
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on(
        "console",
        lambda message: (
            mistakes.append(message.text)
            if message.type == "error" and "Failed to load resource" not in message.text
            else None
        ),
    )
    yield
    assert mistakes == []


@pytest.fixture
def run(page: Page) -> Run:
    """`run("recording/wav.js", "toInt16(...)")`: evaluates with the module's exports in scope."""
    open_page(page, "/about")
    root = page.evaluate("document.querySelector('script[type=module]').src").rsplit("/", 1)[0]

    def evaluate(module: str, expression: str) -> Any:
        address = f"{root}/{module}"
        names = page.evaluate(f"import('{address}').then((module) => Object.keys(module))")
        return page.evaluate(
            f"import('{address}').then((module) => {{"
            f" const {{ {', '.join(names)} }} = module; return {expression}; }})"
        )

    return evaluate


@pytest.fixture
def listening(page: Page) -> Page:
    """A list for a chosen mood, its first piece playing."""
    by_hand(page, "Sad")
    press_play(page)
    return page
