"""Setting Spotify up, and its part of the settings."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fake_spotify import FakeSpotify, refusal, signed_out, state

from .page_driver import eventually, open_page, overflow_px
from .test_accessibility import check
from .test_spotify_offer import to_spotify


def test_five_steps_lead_through_the_dashboard(page: Page) -> None:
    spotify = FakeSpotify(page, signed_out(set_up=False, client_id=None))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, "/spotify")
    expect(page.locator(".steps > li")).to_have_count(5)
    expect(page.locator("[data-redirect]")).to_have_text("http://127.0.0.1:8000/auth/callback")
    assert overflow_px(page) == 0
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-toast]")).to_have_text("The address is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == (
        "http://127.0.0.1:8000/auth/callback"
    )
    page.get_by_label("Client id").fill(" 0123456789abcdef ")
    page.get_by_role("button", name="Use this client id").click()
    expect(page.locator("[data-client-words]")).to_contain_text("Spotify is set up")
    assert spotify.bodies("PUT /client") == [{"client_id": "0123456789abcdef"}]
    expect(page.get_by_role("button", name="Forget it")).to_be_visible()


def test_a_refused_client_id_says_why(page: Page) -> None:
    spotify = FakeSpotify(page, signed_out(set_up=False, client_id=None))
    spotify.replies["PUT /client"] = refusal(403, "spotify_setup_not_allowed")
    open_page(page, "/spotify")
    page.get_by_label("Client id").fill("0123456789abcdef")
    page.get_by_role("button", name="Use this client id").click()
    expect(page.locator("[data-client-words]")).to_have_text("spotify_setup_not_allowed happened")


def test_elsewhere_the_client_id_is_only_looked_at(page: Page) -> None:
    FakeSpotify(page, signed_out(editable=False, client_id=None, problem="Open 127.0.0.1."))
    open_page(page, "/spotify")
    expect(page.get_by_role("button", name="Use this client id")).to_be_hidden()
    expect(page.locator("[data-client-fixed]")).to_be_visible()
    expect(page.locator("[data-setup-problem]")).to_have_text("Open 127.0.0.1.")
    expect(page.get_by_text("are not sent to Spotify")).to_be_visible()


def test_the_settings_say_since_when_and_until_when(page: Page) -> None:
    FakeSpotify(page, state(ends_at="2027-08-31T12:00:00Z", ends_soon=True))
    open_page(page, "/settings")
    section = page.locator("[data-spotify-settings]")
    expect(section).to_contain_text("since February 28, 2027")
    expect(section).to_contain_text("ends on August 31, 2027")
    expect(section).to_contain_text("Sign in again to go on")
    expect(section.get_by_role("link", name="Sign in again")).to_have_attribute(
        "href", "/auth/spotify?step=listen&back=/settings"
    )


def test_disconnecting_is_asked_about_and_done(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    open_page(page, "/settings")
    section = page.locator("[data-spotify-settings]")
    section.get_by_role("button", name="Disconnect").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    assert spotify.bodies("DELETE ") == []
    section.get_by_role("button", name="Disconnect").click()
    dialog.get_by_role("button", name="Disconnect").click()
    expect(section).to_contain_text("You are not signed in")
    assert len(spotify.bodies("DELETE ")) == 1
    expect(section.get_by_role("heading")).to_be_focused()


def test_a_rest_is_told_in_the_settings(page: Page) -> None:
    FakeSpotify(page, state(paused_until="2030-11-25T14:05:00Z", pause_reason="Used up."))
    open_page(page, "/settings")
    expect(page.locator("[data-spotify-paused]")).to_contain_text("Used up.")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_everybody_can_use_it(page: Page, colours: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=colours)
    spotify = FakeSpotify(page, signed_out(curated=2))
    view = to_spotify(page)
    check(page)
    spotify.state = state(ends_soon=True)
    page.locator("[data-goals]").get_by_role("button", name="Lift me").click()
    view.get_by_role("tab", name="Tracks").click()
    view.get_by_role("button", name="Play “Quiet track 11”").click()
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    check(page)
    view.get_by_role("button", name="Save “Quiet track 11”").click()
    check(page)
    for address in ("/spotify", "/settings"):
        open_page(page, address)
        expect(page.locator("[data-set-up], [data-spotify-words]").first).not_to_be_empty()
        check(page)


def test_a_sign_in_that_is_all_that_is_kept_is_said_and_can_be_deleted(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    open_page(page, "/settings")
    kept = page.locator("[data-kept]")
    expect(kept).to_have_text(
        "You have not agreed to any analysis yet, and no result is kept. "
        "Your sign-in to Spotify is kept."
    )
    page.get_by_role("button", name="Delete everything").click()
    spotify.state = signed_out()
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    expect(kept).to_have_text("You have not agreed to any analysis yet, and no result is kept.")
    expect(page.locator("[data-spotify-words]")).to_have_text("You are not signed in to Spotify.")
    expect(page.get_by_role("button", name="Delete everything")).to_be_hidden()


def test_what_is_kept_is_said_anew_after_disconnecting(page: Page) -> None:
    FakeSpotify(page, state())
    open_page(page, "/settings")
    section = page.locator("[data-spotify-settings]")
    section.get_by_role("button", name="Disconnect").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    expect(page.locator("[data-kept]")).to_contain_text("no result is kept")


def test_a_code_does_not_stay_in_the_address_of_a_sign_in_that_failed(page: Page) -> None:
    open_page(page, "/auth/callback?code=secret&state=secret")
    expect(page).to_have_url(re.compile("/auth/callback$"))
