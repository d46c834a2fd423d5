"""The player as a visitor sees and hears it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from .page_driver import eventually

AUDIO = "document.querySelector('[data-audio]')"
SOUNDING = f"!{AUDIO}.paused && {AUDIO}.currentTime > 0.1"


def player(page: Page) -> Locator:
    return page.get_by_role("region", name="Player")


def press_play(page: Page, row: int = 0) -> None:
    page.locator(".item").nth(row).get_by_role("button").click()
    eventually(page, SOUNDING)


def titles(page: Page) -> list[str]:
    return page.locator(".item [data-title]").all_inner_texts()
