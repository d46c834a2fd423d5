"""The player: it starts when a person asks, goes on by itself, and obeys keys, queue and system."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .music import AUDIO, SOUNDING, player, press_play, titles
from .page_driver import by_hand, eventually, open_page


def test_nothing_plays_before_it_is_pressed(page: Page) -> None:
    by_hand(page, "Happy")
    page.wait_for_timeout(500)
    expect(player(page)).to_be_hidden()
    assert page.evaluate(f"{AUDIO}.paused")


def test_play_pause_next_previous_and_the_row_that_plays(listening: Page) -> None:
    page, names = listening, titles(listening)
    title = player(page).locator(".player-title [data-title]")
    expect(title).to_have_text(names[0])
    player(page).get_by_role("button", name="Pause").click()
    assert page.evaluate(f"{AUDIO}.paused")
    player(page).get_by_role("button", name="Play").click()
    player(page).get_by_role("button", name="Next", exact=True).click()
    expect(title).to_have_text(names[1])
    eventually(page, SOUNDING)
    expect(page.locator(".item").nth(1)).to_have_attribute("aria-current", "true")
    player(page).get_by_role("button", name="Previous").click()
    expect(title).to_have_text(names[0])
    expect(page.locator(".item").first.get_by_role("button")).to_have_accessible_name(
        f"Pause “{names[0]}”"
    )


def test_the_place_can_be_moved_by_slider(listening: Page) -> None:
    slider = player(listening).get_by_role("slider", name="Place in the piece")
    slider.fill("10")
    eventually(listening, f"{AUDIO}.currentTime >= 10")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^1\d seconds of "))


def test_the_keys_of_the_player(listening: Page) -> None:
    page, names = listening, titles(listening)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("Space")
    eventually(page, f"{AUDIO}.paused")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    eventually(page, f"{AUDIO}.currentTime >= 10")
    page.keyboard.press("m")
    eventually(page, f"{AUDIO}.muted")
    page.keyboard.press("n")
    expect(player(page).locator(".player-title [data-title]")).to_have_text(names[1])
    page.keyboard.press("p")
    expect(player(page).locator(".player-title [data-title]")).to_have_text(names[0])
    page.keyboard.press("Shift+ArrowDown")
    eventually(page, f"{AUDIO}.volume < 0.75")


def test_single_keys_can_be_turned_off_and_do_nothing_while_typing(listening: Page) -> None:
    page = listening
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
    page.get_by_label("Folder of your own music").press("m")
    assert not page.evaluate(f"{AUDIO}.muted")
    page.get_by_role("checkbox", name="Use single keys").uncheck()
    page.get_by_role("heading", name="Settings").press("m")
    assert not page.evaluate(f"{AUDIO}.muted")


def test_the_queue_is_listed_jumped_in_and_shortened(listening: Page) -> None:
    page, names = listening, titles(listening)
    player(page).get_by_role("button", name="Queue", exact=True).click()
    rows = player(page).locator("[data-queue-list] li")
    expect(rows).to_have_count(len(names))
    rows.nth(2).locator("[data-jump]").click()
    expect(rows.nth(2)).to_have_attribute("aria-current", "true")
    eventually(page, SOUNDING)
    player(page).get_by_role("button", name=f"Remove “{names[1]}” from the queue").click()
    expect(rows).to_have_count(len(names) - 1)
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    rows.nth(1).locator("[data-remove]").click()
    expect(player(page).locator(".player-title [data-title]")).to_have_text(names[3])
    page.keyboard.press("Escape")
    expect(rows.first).to_be_hidden()
    expect(player(page).get_by_role("button", name="Queue", exact=True)).to_be_focused()


def test_where_the_queue_is_emptied_the_heading_takes_the_focus(listening: Page) -> None:
    page, names = listening, titles(listening)
    player(page).locator("[data-queue-toggle]").click()
    for _ in names:
        player(page).locator("[data-remove]").first.click()
    expect(player(page)).to_be_hidden()
    expect(page.get_by_role("heading", name="You feel sad.")).to_be_focused()


def test_the_system_is_told_what_plays(listening: Page) -> None:
    shown = listening.evaluate("navigator.mediaSession.metadata.title")
    assert shown == titles(listening)[0]
    assert listening.evaluate("navigator.mediaSession.playbackState") == "playing"


def test_taking_out_the_last_piece_while_it_plays_starts_no_other(listening: Page) -> None:
    page, names = listening, titles(listening)
    player(page).get_by_role("button", name="Queue", exact=True).click()
    rows = player(page).locator("[data-queue-list] li")
    rows.last.locator("[data-jump]").click()
    expect(rows.last).to_have_attribute("aria-current", "true")
    eventually(page, SOUNDING)
    rows.last.locator("[data-remove]").click()
    expect(player(page).locator(".player-title [data-title]")).to_have_text(names[-2])
    page.wait_for_timeout(500)
    assert page.evaluate(f"{AUDIO}.paused")


def test_the_play_of_the_system_plays_and_never_pauses(page: Page) -> None:
    page.add_init_script("""
        window.actions = {};
        MediaSession.prototype.setActionHandler = (name, act) => { window.actions[name] = act; };
    """)
    by_hand(page, "Sad")
    press_play(page)
    page.evaluate("window.actions.play({})")
    assert not page.evaluate(f"{AUDIO}.paused")
    page.evaluate("window.actions.pause({})")
    page.evaluate("window.actions.play({})")
    eventually(page, SOUNDING)


def test_the_volume_set_by_keys_is_remembered(listening: Page) -> None:
    listening.get_by_role("heading", level=1).focus()
    for _ in range(3):
        listening.keyboard.press("Shift+ArrowDown")
    eventually(listening, f"{AUDIO}.volume < 0.55")
    open_page(listening)
    assert listening.evaluate(f"{AUDIO}.volume") == pytest.approx(0.5)


def test_only_the_tab_where_play_was_pressed_last_plays(listening: Page) -> None:
    other = listening.context.new_page()
    by_hand(other, "Happy")
    press_play(other)
    eventually(listening, f"{AUDIO}.paused")
    other.close()


def test_the_tab_where_a_pause_ends_silences_the_others(listening: Page) -> None:
    other = listening.context.new_page()
    by_hand(other, "Happy")
    press_play(other)
    eventually(listening, f"{AUDIO}.paused")
    player(listening).get_by_role("button", name="Play").click()
    eventually(listening, SOUNDING)
    eventually(other, f"{AUDIO}.paused")
    other.close()


def test_the_music_goes_on_while_other_pages_are_read(listening: Page) -> None:
    for link, heading in (("About", "About"), ("Need help now?", "Need help now?")):
        listening.get_by_role("link", name=link).click()
        expect(listening.get_by_role("heading", name=heading, level=1)).to_be_focused()
        eventually(listening, SOUNDING)
    listening.go_back()
    listening.get_by_role("link", name="Listen").click()
    expect(listening.get_by_role("heading", name="You feel sad.")).to_be_visible()
    eventually(listening, SOUNDING)


def test_a_key_that_is_held_pauses_once(listening: Page) -> None:
    listening.get_by_role("heading", level=1).focus()
    for _ in range(2):
        listening.keyboard.down("Space")
    eventually(listening, f"{AUDIO}.paused")
    listening.wait_for_timeout(300)
    assert listening.evaluate(f"{AUDIO}.paused")
    listening.keyboard.up("Space")


def test_on_a_phone_the_queue_holds_mute_and_volume(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 225})  # 1280 x 900 at 400 %
    by_hand(page, "Sad")
    press_play(page)
    volume = player(page).get_by_role("slider", name="Volume")
    expect(volume).to_be_hidden()
    player(page).get_by_role("button", name="Queue", exact=True).click()
    expect(volume).to_be_in_viewport(ratio=1)
    player(page).get_by_role("button", name="Mute").click()
    eventually(page, f"{AUDIO}.muted")
    assert player(page).evaluate("(each) => each.getBoundingClientRect().top") >= 0


def test_on_a_phone_no_title_of_the_starter_library_is_cut(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    by_hand(page, "Angry")
    title = player(page).locator(".player-title [data-title]")
    for row, name in enumerate(titles(page)):
        page.locator(".item").nth(row).get_by_role("button").click()
        expect(title).to_have_text(name)
        assert title.evaluate("(each) => each.scrollWidth <= each.clientWidth"), name


def test_the_queue_opens_at_what_plays(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    by_hand(page, "Sad")
    press_play(page, 9)
    player(page).get_by_role("button", name="Queue", exact=True).click()
    expect(page.locator("[data-queue] [aria-current]")).to_be_in_viewport(ratio=1)
    panel = page.locator("[data-queue]").bounding_box()
    assert panel is not None
    assert panel["width"] < 520
    assert panel["y"] >= 0


def test_a_note_moves_nothing(page: Page) -> None:
    by_hand(page, "Sad")
    press_play(page)
    height = "document.documentElement.scrollHeight"
    before = page.evaluate(height)
    page.evaluate("document.querySelector('[data-toast]').hidden = false")
    assert page.evaluate(height) == before


def test_the_queue_closes_when_the_focus_leaves_the_player(page: Page) -> None:
    by_hand(page, "Sad")
    press_play(page)
    player(page).get_by_role("button", name="Queue", exact=True).click()
    expect(page.locator("[data-queue]")).to_be_visible()
    page.locator("[data-goals] button").first.focus()
    expect(page.locator("[data-queue]")).to_be_hidden()
