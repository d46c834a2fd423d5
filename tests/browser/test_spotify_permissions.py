"""Asking for one more permission in real Chromium against the stand-in, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.spotify_sandbox import Stage

from .page_driver import by_hand, expect_screen
from .test_spotify_flow import consent, sign_in, tab


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], stage: Stage) -> dict[str, Any]:
    return {**browser_context_args, "base_url": stage.server.address}


def test_what_the_permission_was_for_is_done_on_the_way_back(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    tab(view, "Tracks")
    view.get_by_role("checkbox", name="Use my top artists").click()
    page.get_by_role("link", name="Go on to Spotify").click()
    consent(page)
    expect_screen(page, "result")
    expect(view.locator("[data-recipe]")).to_contain_text("with your top artists first")
    expect(view.get_by_role("checkbox", name="Use my top artists")).to_be_checked()
    expect(view.get_by_role("tab", name="Tracks")).to_have_attribute("aria-selected", "true")
    assert len(stage.requests("/me/top")) == 1


def test_a_permission_that_is_refused_leaves_the_list_as_it_was(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    view.get_by_role("checkbox", name="Use my top artists").click()
    page.get_by_role("link", name="Go on to Spotify").click()
    consent(page, "Cancel")
    main = page.locator("main")
    expect(main).to_contain_text("Nothing was changed")
    assert main.inner_text().count("Nothing was changed") == 1
    page.get_by_role("link", name="Back to the music").click()
    expect(view.get_by_role("tabpanel").locator(".item").first).to_be_visible()
    expect(view.get_by_role("checkbox", name="Use my top artists")).not_to_be_checked()
    assert stage.requests("/me/top") == []


def test_a_list_is_saved_once(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    save = view.get_by_role("button", name="Save the tracks as a private playlist")
    save.click()
    page.get_by_role("link", name="Go on to Spotify").click()
    consent(page)
    expect_screen(page, "result")
    save.dblclick()
    expect(view.locator("[data-kept]")).to_be_visible()
    view.get_by_role("button", name="Saved as a private playlist").click(force=True)
    page.wait_for_timeout(500)
    assert [e["method"] for e in stage.requests("/me/playlists")].count("POST") == 1
    view.get_by_role("button", name="Another list").click()
    expect(save).to_have_attribute("aria-disabled", "false")
