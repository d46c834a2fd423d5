"""Drives the page as a person does: agree, record, analyse, choose a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Route, expect

RECORD_MS = 3400


def open_page(page: Page, path: str = "/") -> None:
    page.goto(path)
    page.locator("html[data-ready]").wait_for()


def screen(page: Page, name: str) -> Locator:
    return page.locator(f'[data-screen="{name}"]')


def expect_screen(page: Page, name: str, *, timeout_ms: float = 15_000) -> None:
    expect(screen(page, name)).to_be_visible(timeout=timeout_ms)


def agree(page: Page, *, history: bool = True) -> None:
    open_page(page)
    expect_screen(page, "notice")
    if history:
        page.get_by_role("checkbox", name="Also keep a private history").check()
    page.get_by_role("button", name="Agree and continue").click()
    expect_screen(page, "ready")


def to_recording(page: Page) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")


def record(page: Page, duration_ms: float = RECORD_MS) -> None:
    """From the first screen to the review of a take from the fake microphone."""
    to_recording(page)
    page.wait_for_timeout(duration_ms)
    screen(page, "recording").get_by_role("button", name="Stop", exact=True).click()
    expect_screen(page, "review")


def analyse(page: Page) -> None:
    page.get_by_role("button", name="Analyse").click()
    expect_screen(page, "result")


def choose(page: Page, *files: FilePayload) -> None:
    page.locator("[data-file]").set_input_files(list(files))


def sound_file(name: str, sound: bytes, media_type: str = "audio/wav") -> FilePayload:
    return {"name": name, "mimeType": media_type, "buffer": sound}


def wait_for_list(page: Page) -> None:
    expect(page.locator(".item").first).to_be_visible()
    expect(page.locator("[data-list]")).not_to_have_attribute("aria-busy", "true")


def by_hand(page: Page, word: str) -> None:
    """The result for a mood that is chosen, without any consent to analyse."""
    open_page(page)
    page.get_by_role("button", name="Choose my mood by hand").click()
    screen(page, "mood").get_by_role("button", name=word).click()
    wait_for_list(page)


def stored_session(page: Page) -> Any:
    """What the server holds for this visitor."""
    return page.request.get("/api/v1/session").json()


def refuse(page: Page, pattern: str, status: int, code: str, message: str) -> None:
    """Answer calls like the server would where it refuses them."""
    body = json.dumps({"code": code, "message": message, "status": status})
    page.route(
        pattern,
        lambda route: route.fulfill(status=status, content_type="application/json", body=body),
    )


class Held:
    """Calls to the server that wait on their way until they are let through."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.page, self.pattern = page, pattern
        self.routes: list[Route] = []
        self.released = False
        page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        if self.released:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        """Wait for a call to be there, and let it and what follows through."""
        eventually(self.page, lambda: bool(self.routes))
        self.released = True
        for route in self.routes:
            route.continue_()


def overflow_px(page: Page) -> int:
    """How far the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def eventually(
    page: Page, condition: str | Callable[[], bool], *, timeout_ms: float = 15_000
) -> None:
    """Wait for an expression of the page, or a question to the server, to be true.

    `wait_for_function` needs the eval our CSP forbids.
    """
    waited_ms = 0
    while not (page.evaluate(condition) if isinstance(condition, str) else condition()):
        assert waited_ms < timeout_ms, f"still not true: {condition}"
        page.wait_for_timeout(50)
        waited_ms += 50
