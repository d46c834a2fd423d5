"""What is still there after a look at another page, after a reload, and on a later visit."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from .page_driver import (
    RECORD_MS,
    agree,
    analyse,
    choose,
    expect_screen,
    open_page,
    screen,
    sound_file,
)

NO_STORAGE = "IDBFactory.prototype.open = () => { throw new DOMException('full'); };"


def look_at_another_page(page: Page) -> None:
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About", level=1)).to_be_focused()
    page.get_by_role("link", name="Listen", exact=True).click()


def test_a_recording_that_another_page_ends_waits_for_its_review(page: Page) -> None:
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    page.wait_for_timeout(RECORD_MS)
    page.get_by_role("link", name="About").click()
    expect(page.locator("[data-toast]")).to_contain_text("It waits on the first page.")
    page.get_by_role("link", name="Listen", exact=True).click()
    expect(screen(page, "review")).to_contain_text("seconds of your voice.")
    analyse(page)


def test_a_file_the_browser_cannot_keep_and_those_that_wait_outlive_a_look_at_another_page(
    page: Page, spoken_wav: bytes
) -> None:
    page.add_init_script(NO_STORAGE)
    agree(page)
    choose(page, *(sound_file(f"{day}.wav", spoken_wav) for day in ("monday", "tuesday")))
    expect(screen(page, "review")).to_contain_text("monday.wav")
    look_at_another_page(page)
    expect(screen(page, "review")).to_contain_text("monday.wav")
    expect(screen(page, "review")).to_contain_text("One more file waits its turn.")


def test_a_result_that_was_left_does_not_come_back(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    analyse(page)
    page.reload()
    expect_screen(page, "result")
    page.get_by_role("button", name="Record again").click()
    page.reload()
    expect_screen(page, "ready")
    look_at_another_page(page)
    expect_screen(page, "ready")


def test_a_later_visit_begins_at_the_beginning(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    analyse(page)
    later = page.context.new_page()
    open_page(later)
    expect_screen(later, "ready")
    expect(later.locator("[data-earlier-list] li")).to_have_count(1)
    later.close()


def test_a_result_that_made_way_for_a_file_does_not_come_back(
    page: Page, spoken_wav: bytes
) -> None:
    agree(page)
    choose(page, sound_file("monday.wav", spoken_wav))
    analyse(page)
    choose(page, sound_file("tuesday.wav", spoken_wav))
    screen(page, "review").get_by_role("button", name="Discard").click()
    look_at_another_page(page)
    expect_screen(page, "ready")
