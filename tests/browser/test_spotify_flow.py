"""The whole way through Spotify in real Chromium, against the stand-in: sign in, record, play.

Nothing is answered by the test: the page, the server and the stand-in speak to each other.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.spotify_sandbox import Stage, staged

from .page_driver import (
    agree,
    analyse,
    by_hand,
    eventually,
    expect_screen,
    open_page,
    overflow_px,
    record,
    screen,
)

STRIP = "[data-spotify-player]"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], stage: Stage) -> dict[str, Any]:
    return {**browser_context_args, "base_url": stage.server.address}


def to_spotify(page: Page) -> Locator:
    """The view of Spotify under the result that is shown."""
    page.locator("[data-sources]").get_by_role("button", name="Spotify").click()
    view = page.locator("[data-spotify]")
    expect(view).not_to_have_attribute("aria-busy", "true")
    return view


def consent(page: Page, answer: str = "Agree") -> None:
    """The stand-in's page, and back."""
    page.get_by_role("button", name=answer).click()


def sign_in(page: Page) -> Locator:
    """From the card to the four tabs, for the mood that was shown before."""
    to_spotify(page).get_by_role("link", name="Sign in with Spotify").click()
    consent(page)
    expect_screen(page, "result")
    view = page.locator("[data-spotify]")
    if not view.is_visible():
        view = to_spotify(page)
    expect(view.get_by_role("tab")).to_have_count(4)
    expect(view.get_by_role("tabpanel").locator(".item").first).to_be_visible()
    return view


def tab(view: Locator, name: str) -> Locator:
    """The rows of a kind."""
    view.get_by_role("tab", name=re.compile(f"^{name}")).click()
    rows = view.get_by_role("tabpanel").locator(".item")
    expect(rows.first).to_be_visible()
    return rows


def played(stage: Stage) -> list[Any]:
    return [entry.get("body") for entry in stage.requests("/me/player/play")]


def sounding(stage: Stage) -> bool:
    states = [player["state"] for player in stage.players()]
    return any(state and state.get("paused") is False for state in states)


def test_sign_in_record_and_play_all_four_kinds(page: Page, stage: Stage) -> None:
    agree(page)
    record(page)
    analyse(page)
    view = sign_in(page)
    expect(view.locator("[data-stand-in]")).to_be_visible()
    assert len(stage.requests("/search")) <= 2
    for name, kind in [
        ("Playlists", "playlist"),
        ("Episodes", "episode"),
        ("Shows", "show"),
        ("Tracks", "track"),
    ]:
        row = tab(view, name).first
        title = row.get_by_role("heading").inner_text()
        before = len(played(stage))
        row.locator("[data-play]").click()
        eventually(page, lambda before=before: len(played(stage)) > before)  # type: ignore[misc]
        assert f"spotify:{kind}:" in str(played(stage)[-1])
        eventually(page, lambda: sounding(stage))
        expect(page.locator(STRIP)).to_be_visible()
        if kind in ("track", "episode"):
            expect(page.locator(f"{STRIP} [data-title]")).to_have_text(title)
    page.locator(f"{STRIP} [data-toggle]").click()
    eventually(page, lambda: not sounding(stage))


def test_save_heart_and_disconnect(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    tab(view, "Tracks").first.locator("[data-heart]").click()
    page.get_by_role("link", name="Go on to Spotify").click()
    consent(page)
    expect_screen(page, "result")
    view = page.locator("[data-spotify]")
    heart = tab(view, "Tracks").first.locator("[data-heart]")
    if heart.get_attribute("aria-pressed") != "true":
        heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    assert [entry["method"] for entry in stage.requests("/me/library")].count("PUT") == 1
    view.get_by_role("button", name="Save the tracks as a private playlist").click()
    page.get_by_role("link", name="Go on to Spotify").click()
    consent(page)
    expect_screen(page, "result")
    tab(view, "Tracks")
    if not view.locator("[data-kept]").is_visible():
        view.get_by_role("button", name="Save the tracks as a private playlist").click()
    expect(view.locator("[data-kept]")).to_be_visible()
    (made,) = [e for e in stage.requests("/me/playlists") if e["method"] == "POST"]
    assert '"public": false' in str(made["body"]) or "'public': False" in str(made["body"])
    open_page(page, "/settings")
    page.get_by_role("button", name="Disconnect").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(page.get_by_role("link", name=re.compile("[Ss]ign in")).first).to_be_visible()
    assert page.request.get("/api/v1/spotify").json()["signed_in"] is False
    assert page.request.get("/api/v1/spotify/token").status in (401, 403)


def test_the_same_question_is_asked_once(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    sign_in(page)
    asked = len(stage.requests("/search"))
    open_page(page)
    by_hand(page, "Sad")
    view = page.locator("[data-spotify]")
    if not view.is_visible():
        view = to_spotify(page)
    expect(view.get_by_role("tabpanel").locator(".item").first).to_be_visible()
    assert 1 <= asked <= 2
    assert len(stage.requests("/search")) == asked


def test_without_premium_the_small_player_takes_over(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    stage.switch(premium=False)
    tab(view, "Tracks").first.locator("[data-play]").click()
    strip = page.locator(STRIP)
    expect(strip.locator("[data-words]")).to_contain_text("Premium")
    expect(strip.frame_locator("iframe").locator("body")).to_be_visible()


def test_who_is_not_on_the_list_learns_whom_to_ask(page: Page, stage: Stage) -> None:
    stage.switch(on_list=False)
    by_hand(page, "Sad")
    to_spotify(page).get_by_role("link", name="Sign in with Spotify").click()
    consent(page)
    expect(page.get_by_text("Ask its owner to add you")).to_be_visible()


def test_consent_that_is_refused_changes_nothing(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    to_spotify(page).get_by_role("link", name="Sign in with Spotify").click()
    consent(page, "Cancel")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile("nothing|Nothing"))
    assert page.request.get("/api/v1/spotify").json()["signed_in"] is False


def test_a_token_that_expires_in_the_middle_of_a_song_is_renewed(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    rows = tab(view, "Tracks")
    rows.nth(0).locator("[data-play]").click()
    eventually(page, lambda: sounding(stage))
    stage.switch(expire=True)
    before = len(played(stage))
    rows.nth(1).locator("[data-play]").click()
    eventually(page, lambda: len(played(stage)) > before)
    eventually(page, lambda: sounding(stage))
    title = rows.nth(1).get_by_role("heading").inner_text()
    expect(page.locator(f"{STRIP} [data-title]")).to_have_text(title)


def test_a_consent_that_was_withdrawn_asks_to_sign_in_again(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    stage.switch(revoke=True)
    view.get_by_role("button", name="Another list").click()
    expect(view.get_by_role("link", name=re.compile("[Ss]ign in")).first).to_be_visible()


def test_a_service_that_is_down_leaves_the_other_sources(page: Page, stage: Stage) -> None:
    by_hand(page, "Sad")
    view = sign_in(page)
    stage.switch(down=True)
    view.get_by_role("button", name="Another list").click()
    problem = view.locator("[data-problem]")
    expect(problem).to_contain_text("does not answer")
    stage.switch(down=False)
    problem.get_by_role("button", name="Try again").click()
    expect(view.get_by_role("tabpanel").locator(".item").first).to_be_visible()


def test_a_recording_begins_in_silence(page: Page, stage: Stage) -> None:
    agree(page)
    record(page)
    analyse(page)
    view = sign_in(page)
    tab(view, "Tracks").first.locator("[data-play]").click()
    eventually(page, lambda: sounding(stage))
    screen(page, "result").get_by_role("button", name="Record again").click()
    expect_screen(page, "ready")
    page.get_by_role("button", name="Record", exact=True).click()
    eventually(page, lambda: not sounding(stage))


def test_nothing_plays_before_a_press_and_no_token_is_on_the_page(page: Page, stage: Stage) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    by_hand(page, "Sad")
    view = sign_in(page)
    assert played(stage) == []
    tab(view, "Tracks").first.locator("[data-play]").click()
    eventually(page, lambda: sounding(stage))
    token = page.evaluate(
        "fetch('/api/v1/spotify/token').then((a) => a.json()).then((t) => t.access_token)"
    )
    assert len(token) > 10
    seen = [page.content(), *addresses, stage.server.log.read_text(encoding="utf-8")]
    assert not [where for where in seen if token in where]


def test_a_phone_shows_it_all(page: Page, stage: Stage) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    by_hand(page, "Sad")
    view = sign_in(page)
    tab(view, "Playlists").first.locator("[data-play]").click()
    expect(page.locator(STRIP)).to_be_visible()
    assert overflow_px(page) <= 0


def test_a_quota_that_is_used_up_says_until_when(
    browser: Any, browser_context_args: dict[str, Any], tmp_path: Path
) -> None:
    """On a server of its own: the pause outlives the page."""
    with staged(tmp_path) as stage:
        context = browser.new_context(**{**browser_context_args, "base_url": stage.server.address})
        page = context.new_page()
        by_hand(page, "Sad")
        view = sign_in(page)
        stage.switch(quota="reason")
        view.get_by_role("button", name="Another list").click()
        problem = view.locator("[data-problem]")
        expect(problem).to_contain_text(re.compile(r"until .*\d\d:\d\d"))
        asked = len(stage.requests("/v1/"))
        page.reload()
        by_hand(page, "Happy")
        if not page.locator("[data-spotify]").is_visible():
            to_spotify(page)
        expect(page.locator("[data-spotify] [data-problem]")).to_be_visible()
        assert len(stage.requests("/v1/")) == asked
        problem.get_by_role("button", name="Music from another source").click()
        expect(page.locator("[data-own-list] .item").first).to_be_visible()
        context.close()
