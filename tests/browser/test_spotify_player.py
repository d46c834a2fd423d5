"""Spotify's two players in the page: never without a press, never over anything else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.fake_spotify import FakeSpotify, refusal, signed_out, state

from .music import AUDIO, press_play
from .page_driver import agree, analyse, by_hand, eventually, expect_screen, record, screen
from .test_spotify_offer import to_spotify

STRIP = "[data-spotify-player]"


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name="Player of Spotify")


def press_spotify(page: Page, number: int = 11) -> None:
    page.get_by_role("button", name=f"Play “Quiet playlist {number}”").click()


def in_the_page(page: Page, spotify: FakeSpotify) -> None:
    """A playlist that sounds in the page."""
    to_spotify(page)
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    page.evaluate("sdk.plays(false)")
    expect(strip(page).get_by_role("button", name="Pause")).to_be_visible()


def test_a_press_connects_starts_and_shows_what_plays(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    to_spotify(page)
    assert page.evaluate("window.sdk === undefined")
    expect(page.locator(STRIP)).to_be_hidden()
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    assert spotify.bodies("POST /play") == [{"device_id": "device-1", "uri": "spotify:playlist:11"}]
    page.evaluate("sdk.plays(false)")
    bar = strip(page)
    expect(bar).to_contain_text("Inner piece")
    expect(bar).to_contain_text("Inner artist · Quiet playlist 11")
    expect(bar.get_by_role("link", name="OPEN SPOTIFY")).to_have_attribute(
        "href", "https://open.spotify.com/playlist/11"
    )
    bar.get_by_role("button", name="Next").click()
    bar.get_by_role("button", name="Previous").click()
    bar.get_by_role("button", name="Pause").click()
    expect(bar.get_by_role("button", name="Play", exact=True)).to_be_visible()
    assert [each for each in page.evaluate("said") if each != "activate"] == [
        "connect",
        "token-1",
        "next",
        "previous",
        "pause",
    ]
    eventually(page, lambda: bool(spotify.bodies("POST /plays")))
    assert [play["event"] for play in spotify.bodies("POST /plays")] == ["started"]
    bar.get_by_role("button", name="Close the player of Spotify").click()
    expect(bar).to_be_hidden()
    eventually(page, lambda: len(spotify.bodies("POST /plays")) == 2)
    assert spotify.bodies("POST /plays")[1]["event"] == "skipped"


def test_a_double_click_is_one_press(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    in_the_page(page, spotify)
    page.get_by_role("button", name="Play “Quiet playlist 12”").dblclick()
    eventually(page, lambda: len(spotify.bodies("POST /play")) == 2)
    assert "pause" not in page.evaluate("said")
    expect(page.get_by_role("button", name="Pause “Quiet playlist 12”")).to_be_visible()
    assert spotify.bodies("POST /play")[1]["uri"] == "spotify:playlist:12"


def test_both_players_have_one_volume(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    to_spotify(page)
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    bar = strip(page)
    volume = bar.get_by_role("slider", name="Volume")
    expect(volume).to_have_value("80")
    assert page.evaluate("sdk.options.volume") == 0.8
    volume.fill("30")
    eventually(page, lambda: "volume 0.3" in page.evaluate("said"))
    page.get_by_role("heading", level=1).first.click()
    page.keyboard.press("m")
    eventually(page, lambda: "volume 0" in page.evaluate("said"))
    expect(bar.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    bar.get_by_role("button", name="Mute").click()
    eventually(page, lambda: page.evaluate("said.at(-1)") == "volume 0.3")
    page.reload()
    assert page.evaluate("document.querySelector('[data-audio]').volume") == 0.3


def test_it_goes_on_while_the_settings_are_open_and_asks_for_tokens_itself(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    in_the_page(page, spotify)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    expect(strip(page)).to_contain_text("Inner piece")
    page.evaluate("sdk.options.getOAuthToken((token) => said.push('again ' + token))")
    eventually(page, "said.includes('again token-1')")


def test_space_and_the_keys_reach_spotify(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    in_the_page(page, spotify)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    page.keyboard.press("n")
    eventually(page, "said.includes('pause') && said.includes('next')")


@pytest.mark.parametrize(
    ("fault", "words"),
    [("account_error", "only for Premium"), ("initialization_error", "protected sound")],
)
def test_the_small_player_takes_over_and_says_why(page: Page, fault: str, words: str) -> None:
    FakeSpotify(page, state())
    to_spotify(page)
    page.evaluate(f"window.sdkFault = '{fault}'")
    press_spotify(page)
    expect(strip(page).locator("iframe")).to_be_visible()
    expect(strip(page)).to_contain_text(words)
    assert page.evaluate("embeds[0].options.uri") == "spotify:playlist:11"
    assert page.evaluate("embeds[0].said") == ["play"]


def test_a_token_that_is_refused_twice_asks_to_sign_in(page: Page) -> None:
    FakeSpotify(page, state())
    to_spotify(page)
    page.evaluate("window.sdkFault = 'authentication_error'")
    press_spotify(page)
    link = strip(page).get_by_role("link", name="Sign in again")
    expect(link).to_have_attribute("href", "/auth/spotify?step=listen&back=%2F")
    assert page.evaluate("said.filter((each) => each === 'token-1').length") == 2


def test_a_sign_in_that_is_gone_is_said(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    spotify.replies["GET /token"] = refusal(401, "spotify_sign_in_required")
    to_spotify(page)
    press_spotify(page)
    expect(strip(page).get_by_role("link", name="Sign in again")).to_be_visible()


def test_one_more_press_a_lost_device_and_a_piece_that_fails(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    to_spotify(page)
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    page.evaluate("sdk.emit('autoplay_failed')")
    expect(strip(page)).to_contain_text("one more press")
    strip(page).get_by_role("button", name="Play", exact=True).click()
    eventually(page, "said.includes('activate') && said.includes('resume')")
    page.evaluate("sdk.emit('playback_error', { message: 'no' })")
    expect(strip(page)).to_contain_text("could not play this one")
    page.evaluate("sdk.plays(false)")
    page.evaluate("sdk.emit('not_ready', { device_id: 'device-1' })")
    expect(strip(page)).to_contain_text("lost its connection")
    strip(page).get_by_role("button", name="Play", exact=True).click()
    eventually(page, lambda: len(spotify.bodies("POST /play")) == 2)


def test_a_script_that_does_not_come_leads_to_the_small_player(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    page.route(spotify.state["sdk_script"], lambda route: route.abort())
    to_spotify(page)
    press_spotify(page)
    expect(strip(page).locator("iframe")).to_be_visible()
    expect(strip(page)).to_contain_text("did not load")


def test_where_no_player_comes_the_link_is_left(page: Page) -> None:
    spotify = FakeSpotify(page, signed_out(curated=2))
    page.route(spotify.state["embed_script"], lambda route: route.abort())
    to_spotify(page)
    page.get_by_role("button", name="Play “Quiet playlist 90”").click()
    expect(strip(page)).to_contain_text("Open it in Spotify")
    expect(strip(page).get_by_role("link", name="OPEN SPOTIFY")).to_be_visible()


def test_of_the_two_players_one_sounds_and_one_is_shown(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    by_hand(page, "Sad")
    press_play(page)
    page.locator("[data-sources]").get_by_role("button", name="Spotify").click()
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    page.evaluate("sdk.plays(false)")
    eventually(page, f"{AUDIO}.paused")
    expect(page.locator("[data-player]")).to_be_hidden()
    page.locator("[data-sources]").get_by_role("button").first.click()
    press_play(page, 1)
    eventually(page, "said.includes('pause')")
    expect(page.locator(STRIP)).to_be_hidden()
    expect(page.locator("[data-player]")).to_be_visible()


def test_spotify_is_silent_before_a_recording_and_a_replay(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    agree(page, history=False)
    record(page)
    analyse(page)
    page.locator("[data-corrections]").get_by_role("button", name="Sad").click()
    page.locator("[data-sources]").get_by_role("button", name="Spotify").click()
    press_spotify(page)
    eventually(page, lambda: bool(spotify.bodies("POST /play")))
    page.evaluate("sdk.plays(false)")
    page.get_by_role("button", name="Play my recording").click()
    eventually(page, "said.filter((each) => each === 'pause').length === 1")
    page.evaluate("sdk.plays(false)")  # it sounds again: the recording stops
    expect(page.get_by_role("button", name="Play my recording")).to_be_visible()
    page.get_by_role("button", name="Record again").click()
    screen(page, "ready").get_by_role("button", name="Record", exact=True).click()
    eventually(page, "said.filter((each) => each === 'pause').length >= 2")
    expect_screen(page, "countdown")
    before = page.evaluate("said.length")
    page.evaluate("sdk.plays(false)")  # from a phone, say
    eventually(page, f"said.slice({before}).includes('pause')")
    expect(page.locator(STRIP)).to_be_hidden()


def test_another_tab_that_plays_silences_spotify(page: Page) -> None:
    spotify = FakeSpotify(page, state())
    in_the_page(page, spotify)
    other = page.context.new_page()
    by_hand(other, "Calm")
    press_play(other)
    eventually(page, "said.includes('pause')")


def test_the_small_player_is_paused_too(page: Page) -> None:
    FakeSpotify(page, signed_out(curated=2))
    to_spotify(page)
    page.get_by_role("button", name="Play “Quiet playlist 90”").click()
    eventually(page, "window.embeds?.length === 1")
    page.get_by_role("button", name="Pause “Quiet playlist 90”").click()
    assert page.evaluate("embeds[0].said") == ["play", "pause"]
    page.locator("[data-sources]").get_by_role("button").first.click()
    press_play(page)
    eventually(page, "embeds[0].said.includes('destroy')")
