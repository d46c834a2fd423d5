"""Music and voice never sound at once, and no key for one reaches the other."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .music import AUDIO, press_play
from .page_driver import agree, analyse, by_hand, choose, eventually, expect_screen, sound_file


def test_the_music_pauses_before_the_microphone_and_before_a_replay(
    page: Page, spoken_wav: bytes
) -> None:
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    analyse(page)
    press_play(page)
    page.get_by_role("button", name="Play my recording").click()
    eventually(page, f"{AUDIO}.paused")
    press_play(page)
    expect(page.get_by_role("button", name="Play my recording")).to_be_visible()
    page.get_by_role("button", name="Record again").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    assert page.evaluate(f"{AUDIO}.paused")


def to_ready_with_music(page: Page) -> None:
    """Agreed, ready to record, and a piece is playing."""
    agree(page, history=False)
    page.get_by_role("button", name="Choose my mood by hand").click()
    page.locator("[data-moods]").get_by_role("button", name="Sad").click()
    press_play(page)
    page.get_by_role("button", name="Record again").click()


def record_to_the_minimum(page: Page) -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    expect(page.locator("[data-stop-words]")).to_have_text("Stop")


def test_no_key_starts_the_music_while_recording(page: Page) -> None:
    to_ready_with_music(page)
    record_to_the_minimum(page)
    page.keyboard.press("n")
    expect(page.locator("[data-toast]")).to_contain_text("The music waits")
    eventually(page, f"{AUDIO}.paused")
    page.keyboard.press("Space")
    expect_screen(page, "review")
    assert page.evaluate(f"{AUDIO}.paused")


def test_the_space_that_ends_a_recording_starts_no_music(page: Page) -> None:
    to_ready_with_music(page)
    record_to_the_minimum(page)
    page.keyboard.down("Space")
    expect_screen(page, "review")
    page.keyboard.down("Space")  # held: Playwright sends it as a repetition
    page.keyboard.up("Space")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{AUDIO}.paused")
    page.keyboard.press("Space")
    page.wait_for_timeout(300)
    assert page.evaluate(f"{AUDIO}.paused")


def test_escape_in_the_queue_keeps_the_take_under_review(page: Page, spoken_wav: bytes) -> None:
    to_ready_with_music(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    expect_screen(page, "review")
    page.get_by_role("button", name="Queue", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator("[data-queue]")).to_be_hidden()
    expect_screen(page, "review")


def test_a_recording_and_its_replay_silence_the_other_tab(page: Page, spoken_wav: bytes) -> None:
    agree(page, history=False)
    other = page.context.new_page()
    by_hand(other, "Happy")
    press_play(other)
    page.get_by_role("button", name="Record", exact=True).click()
    eventually(other, f"{AUDIO}.paused")
    expect_screen(page, "countdown")
    page.keyboard.press("Escape")
    press_play(other)
    choose(page, sound_file("voice.wav", spoken_wav))
    page.get_by_role("button", name="Play it").click()
    eventually(other, f"{AUDIO}.paused")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    press_play(other)
    expect(page.get_by_role("button", name="Play it")).to_be_visible()
    other.close()
