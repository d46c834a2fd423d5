"""Take the pictures of the README and the documentation: python tests/browser/screenshots.py"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests import sounds  # noqa: E402
from tests.browser.conftest import chromium_arguments  # noqa: E402
from tests.browser.page_driver import (  # noqa: E402
    agree,
    analyse,
    choose,
    expect_screen,
    sound_file,
    wait_for_list,
)
from tests.browser.server import running  # noqa: E402

IMAGES = ROOT / "docs" / "images"
LETTER = "There is a letter on the table, and I have not opened it yet."
KETTLE = "Well, the kettle is on, and there is time before anyone needs me."


def voice() -> bytes:
    """A voice that hurries first and then settles, so that the line has something to show."""
    hurried = spoken(f"{LETTER} {KETTLE}", pitch=99, words_per_minute=190)
    settled = spoken(LETTER, pitch=50, words_per_minute=130)
    return sounds.wav(0.5 * np.concatenate([hurried, settled]))


def spoken(sentence: str, *, pitch: int, words_per_minute: int) -> sounds.Samples:
    options = ["-v", "en-us+f3", "-p", str(pitch), "-s", str(words_per_minute), "--stdout"]
    command = ["espeak-ng", *options, sentence]
    heard = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(heard)) as file:
        rate_hz = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32768
    return sounds.resampled(samples.astype(np.float32), rate_hz, sounds.RATE_HZ)


def new_page(
    browser: Browser, address: str, *, width: int, scheme: str, motion: bool = False
) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": 960},
        device_scale_factor=1.5,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="no-preference" if motion else "reduce",
        permissions=["microphone"],
    )
    return context.new_page()


def save(page: Page, name: str) -> None:
    page.wait_for_timeout(400)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    print(path.relative_to(ROOT))  # noqa: T201


def result(page: Page, name: str) -> None:
    agree(page)
    choose(page, sound_file("monday.wav", voice()))
    analyse(page)
    wait_for_list(page)
    page.locator(".item").first.get_by_role("button").click()
    page.wait_for_timeout(2500)
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(2, 2)
    save(page, name)


def recording(page: Page) -> None:
    agree(page, history=False)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    page.mouse.move(2, 2)
    page.wait_for_timeout(6000)
    save(page, "recording")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        microphone = Path(folder) / "speech.wav"
        natural = 0.4 * sounds.resampled(sounds.speech(KETTLE), sounds.RATE_HZ, 48_000)
        microphone.write_bytes(sounds.wav(natural, rate_hz=48_000))
        browser = playwright.chromium.launch(**chromium_arguments(microphone))
        with running(Path(folder)) as server:
            result(new_page(browser, server.address, width=1280, scheme="light"), "result")
            result(new_page(browser, server.address, width=1280, scheme="dark"), "result-dark")
            result(new_page(browser, server.address, width=390, scheme="light"), "result-narrow")
            moving = new_page(browser, server.address, width=1280, scheme="light", motion=True)
            recording(moving)
        browser.close()


if __name__ == "__main__":
    main()
