"""What is agreed to, what is kept, and how it goes away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .page_driver import (
    Held,
    agree,
    analyse,
    by_hand,
    choose,
    expect_screen,
    open_page,
    refuse,
    screen,
    sound_file,
    stored_session,
    wait_for_list,
)


def keep_reading(page: Page, sound: bytes, name: str = "voice.wav") -> None:
    choose(page, sound_file(name, sound))
    analyse(page)
    wait_for_list(page)


def test_the_notice_says_what_it_must_and_ticks_nothing(page: Page) -> None:
    open_page(page)
    notice = screen(page, "notice")
    for words in (
        "automatic system estimates an emotion",
        "It can be wrong",
        "then deleted",
        "people who agreed",
        "no diagnosis",
        "at work or at school",
    ):
        expect(notice).to_contain_text(words)
    expect(notice.get_by_role("checkbox")).not_to_be_checked()


def test_without_any_consent_a_mood_is_chosen_and_music_plays(page: Page) -> None:
    by_hand(page, "Sad")
    expect(page.get_by_role("heading", name="You feel sad.")).to_be_focused()
    expect(page.locator("[data-distribution]")).to_be_hidden()
    assert stored_session(page)["consent"] == {"analyse": False, "history": False}
    assert page.context.cookies() == []
    page.locator(".item").first.get_by_role("button").click()
    expect(page.get_by_role("region", name="Player")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect_screen(page, "notice")


def test_without_history_nothing_is_stored_and_a_reload_begins_anew(
    page: Page, spoken_wav: bytes
) -> None:
    agree(page, history=False)
    keep_reading(page, spoken_wav)
    expect(page.get_by_role("button", name="Delete this reading")).to_be_hidden()
    session = stored_session(page)
    assert session["consent"] == {"analyse": True, "history": False}
    assert session["readings"] == []
    page.reload()
    expect_screen(page, "ready")


def test_earlier_readings_are_opened_and_deleted_one_by_one(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    keep_reading(page, spoken_wav)
    expect(page.get_by_role("heading", name="Earlier")).to_be_hidden()
    page.get_by_role("button", name="Record again").click()
    rows = page.locator("[data-earlier-list] li")
    expect(rows).to_have_count(1)
    keep_reading(page, spoken_wav)
    expect(rows).to_have_count(1)
    rows.first.locator("[data-open]").click()
    expect(screen(page, "result").get_by_role("heading", level=1)).to_be_focused()
    rows.first.get_by_role("button", name="Delete").click()
    expect(screen(page, "result").get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("[data-toast]")).to_have_text("That reading is deleted.")
    assert len(stored_session(page)["readings"]) == 1
    page.get_by_role("button", name="Delete this reading").click()
    expect(screen(page, "ready")).to_contain_text("That reading is deleted.")
    assert stored_session(page)["readings"] == []


@pytest.mark.parametrize("answer", ["Keep it", "Delete everything"])
def test_everything_is_deleted_after_a_question(page: Page, spoken_wav: bytes, answer: str) -> None:
    agree(page)
    keep_reading(page, spoken_wav)
    page.get_by_role("button", name="Record again").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Keep it")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name=answer).click()
    if answer == "Keep it":
        expect_screen(page, "ready")
        assert len(stored_session(page)["readings"]) == 1
        return
    expect_screen(page, "notice")
    assert stored_session(page)["readings"] == []
    assert stored_session(page)["consent"]["analyse"] is False
    page.reload()
    expect_screen(page, "notice")


def test_the_settings_change_consents_and_delete_everything(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    keep_reading(page, spoken_wav)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_focused()
    expect(page.get_by_text("One reading is kept.")).to_be_visible()
    page.get_by_role("checkbox", name="Keep a private history").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Delete the history").click()
    expect(page.get_by_text("No reading is kept.")).to_be_visible()
    assert stored_session(page)["readings"] == []
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("You have not agreed to any analysis yet")).to_be_visible()
    expect(page.get_by_role("heading", name="What is kept")).to_be_focused()
    page.get_by_role("link", name="Listen").click()
    expect_screen(page, "notice")


def test_a_history_with_readings_ends_only_after_a_question(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    keep_reading(page, spoken_wav)
    page.get_by_role("link", name="Settings").click()
    history = page.get_by_role("checkbox", name="Keep a private history")
    expect(history).to_be_checked()
    history.uncheck()
    keep = page.get_by_role("dialog").get_by_role("button", name="Keep it")
    expect(keep).to_be_focused()
    keep.click()
    expect(history).to_be_checked()
    expect(history).to_be_focused()
    assert len(stored_session(page)["readings"]) == 1


def test_the_tick_for_the_history_waits_for_the_answer_and_shows_it(page: Page) -> None:
    agree(page)
    page.get_by_role("link", name="Settings").click()
    history = page.get_by_role("checkbox", name="Keep a private history")
    expect(history).to_be_checked()
    held = Held(page, "**/api/v1/session")
    history.uncheck()
    expect(history).to_be_disabled()
    held.release()
    expect(history).to_be_enabled()
    expect(history).not_to_be_checked()
    refuse(page, "**/api/v1/session", 503, "store_unavailable", "Not now.")
    history.click()
    expect(page.locator("[data-toast]")).to_have_text("Not now.")
    expect(history).not_to_be_checked()
    expect(history).to_be_enabled()


def test_where_the_history_ends_the_result_on_screen_stays_without_it(
    page: Page, spoken_wav: bytes
) -> None:
    agree(page)
    keep_reading(page, spoken_wav)
    page.get_by_role("link", name="Settings").click()
    history = page.get_by_role("checkbox", name="Keep a private history")
    expect(history).to_be_checked()
    history.uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Delete the history").click()
    expect(page.get_by_text("No reading is kept.")).to_be_visible()
    page.get_by_role("link", name="Listen", exact=True).click()
    expect_screen(page, "result")
    expect(page.get_by_role("button", name="Delete this reading")).to_be_hidden()
    page.locator('[data-corrections] [data-value="fear"]').click()
    wait_for_list(page)
    expect(page.locator("[data-toast]")).not_to_contain_text("That was not kept.")


def test_a_discarded_take_leaves_nothing_in_the_browser(page: Page, spoken_wav: bytes) -> None:
    kept = """() => new Promise((resolve) => {
        const request = indexedDB.open("emotion-stream", 1);
        request.onsuccess = () => {
            const count = request.result.transaction("takes").objectStore("takes").count();
            count.onsuccess = () => { request.result.close(); resolve(count.result); };
        };
    })"""
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    expect_screen(page, "review")
    page.wait_for_timeout(200)
    assert page.evaluate(kept) == 1
    page.get_by_role("button", name="Discard").click()
    page.wait_for_timeout(200)
    assert page.evaluate(kept) == 0
