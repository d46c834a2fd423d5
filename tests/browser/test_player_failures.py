"""The player when a piece, or the whole server, does not answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .music import AUDIO, SOUNDING, player, titles
from .page_driver import by_hand, eventually


def test_a_piece_that_fails_is_named_and_skipped(page: Page) -> None:
    by_hand(page, "Calm")
    names = titles(page)
    gone = re.compile(r"/audio$")
    failed: list[str] = []

    def break_the_first(route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if not failed:
            failed.append(url)
        if url in failed:
            route.fulfill(status=404, body="gone")  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route(gone, break_the_first)
    page.locator(".item").first.get_by_role("button").click()
    expect(page.locator("[data-toast]")).to_contain_text(f"“{names[0]}” could not be played.")
    eventually(page, SOUNDING)
    expect(page.locator(".item").nth(1)).to_have_attribute("aria-current", "true")


def test_where_every_piece_fails_the_player_stops(page: Page) -> None:
    by_hand(page, "Calm")
    page.route(re.compile(r"/audio$"), lambda route: route.fulfill(status=404, body="gone"))
    page.locator(".item").first.get_by_role("button").click()
    expect(page.locator("[data-toast]")).to_contain_text("There is nothing after it.")
    assert page.evaluate(f"{AUDIO}.paused")
    page.unroute_all()
    player(page).get_by_role("button", name="Play").click()
    eventually(page, SOUNDING)


def test_a_server_that_is_gone_costs_no_place_in_the_queue(page: Page) -> None:
    by_hand(page, "Calm")
    names = titles(page)
    page.route("**/api/v1/**", lambda route: route.abort())
    page.locator(".item").first.get_by_role("button").click()
    expect(page.locator("[data-toast]")).to_have_text(
        "The server does not answer. Press play to try again."
    )
    expect(player(page).locator(".player-title [data-title]")).to_have_text(names[0])
    page.unroute_all()
    player(page).get_by_role("button", name="Play").click()
    eventually(page, SOUNDING)
    expect(page.locator(".item").first).to_have_attribute("aria-current", "true")


def test_a_piece_that_breaks_off_goes_on_where_it_was(listening: Page) -> None:
    player(listening).get_by_role("slider", name="Place in the piece").fill("10")
    eventually(listening, f"{AUDIO}.currentTime >= 10")
    listening.route("**/api/v1/health", lambda route: route.abort())
    listening.evaluate(f"""() => {{
        const gone = {{ configurable: true, value: {{ code: 2 }} }};
        Object.defineProperty({AUDIO}, "error", gone);
        {AUDIO}.dispatchEvent(new Event("error"));
    }}""")
    expect(listening.locator("[data-toast]")).to_contain_text("The server does not answer.")
    assert listening.evaluate(f"{AUDIO}.paused")
    player(listening).get_by_role("button", name="Play").click()
    eventually(listening, f"!{AUDIO}.paused && {AUDIO}.currentTime >= 10")


def test_a_page_that_cannot_be_fetched_leaves_page_and_music_as_they_are(listening: Page) -> None:
    page = listening
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About", level=1)).to_be_focused()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_focused()
    page.route("**/about", lambda route: route.abort())
    page.get_by_role("link", name="About").click()
    expect(page.locator("[data-toast]")).to_contain_text("The server does not answer.")
    expect(page).to_have_url(re.compile("/settings$"))
    with page.expect_event("requestfailed"):
        page.evaluate("history.back()")
    expect(page).to_have_url(re.compile("/settings$"))
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    eventually(page, SOUNDING)
    page.unroute_all()
    page.go_back()
    expect(page.get_by_role("heading", name="About", level=1)).to_be_focused()
