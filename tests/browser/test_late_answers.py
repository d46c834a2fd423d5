"""Answers that come late, and fingers that press twice: the screen a person is on stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .music import press_play
from .page_driver import (
    Held,
    agree,
    analyse,
    choose,
    expect_screen,
    screen,
    sound_file,
    stored_session,
    wait_for_list,
)


@pytest.fixture
def two_readings(page: Page, spoken_wav: bytes) -> Page:
    """Two readings are kept, and the newer one is shown."""
    agree(page)
    for name in ("monday.wav", "tuesday.wav"):
        choose(page, sound_file(name, spoken_wav))
        analyse(page)
    wait_for_list(page)
    return page


def test_an_earlier_reading_that_comes_late_pushes_nothing_away(two_readings: Page) -> None:
    page = two_readings
    page.get_by_role("button", name="Record again").click()
    held = Held(page, "**/api/v1/analyses/*")
    page.locator("[data-earlier-list] [data-open]").first.click()
    page.get_by_role("button", name="Choose my mood by hand").click()
    screen(page, "mood").get_by_role("button", name="Sad").click()
    heading = page.get_by_role("heading", name="You feel sad.")
    expect(heading).to_be_visible()
    with page.expect_response("**/api/v1/analyses/*"):
        held.release()
    page.wait_for_timeout(300)
    expect(heading).to_be_visible()


def test_a_deletion_that_ends_late_leaves_the_reading_opened_meanwhile(two_readings: Page) -> None:
    page = two_readings
    newer, older = (each["id"] for each in stored_session(page)["readings"])
    held = Held(page, f"**/api/v1/analyses/{newer}")
    delete = page.get_by_role("button", name="Delete this reading")
    delete.click()
    expect(delete).to_be_disabled()
    with page.expect_response(f"**/api/v1/analyses/{older}"):
        page.locator("[data-earlier-list] [data-open]").first.click()
    expect(screen(page, "result").get_by_role("heading", level=1)).to_be_focused()
    held.release()
    expect(page.locator("[data-toast]")).to_have_text("That reading is deleted.")
    expect_screen(page, "result")
    expect(page.locator("[data-earlier-list] li")).to_have_count(0)
    assert [each["id"] for each in stored_session(page)["readings"]] == [older]


@pytest.mark.parametrize("place", ["[data-screen=result] [data-delete]", "[data-earlier-list] li"])
def test_a_reading_that_is_deleted_already_is_deleted(two_readings: Page, place: str) -> None:
    page = two_readings
    for each in stored_session(page)["readings"]:
        assert page.request.delete(f"/api/v1/analyses/{each['id']}").ok
    page.locator(place).get_by_text("Delete").or_(page.locator(f"{place}[data-delete]")).click()
    expect(page.get_by_text("That reading is deleted.").last).to_be_visible()


def test_a_chip_that_is_pressed_twice_stays_pressed(two_readings: Page) -> None:
    page = two_readings
    chip = page.locator('[data-corrections] [data-value="fear"]')
    chip.dblclick()
    page.wait_for_timeout(300)
    expect(chip).to_have_attribute("aria-pressed", "true")
    assert stored_session(page)["readings"][0]["correction"] == "fear"


def test_what_is_played_after_its_reading_was_deleted_is_kept_without_it(
    two_readings: Page,
) -> None:
    page = two_readings
    with page.expect_response("**/api/v1/plays"):
        press_play(page)
    newest = stored_session(page)["readings"][0]["id"]
    assert page.request.delete(f"/api/v1/analyses/{newest}").ok
    with page.expect_response(
        lambda answer: answer.url.endswith("/plays") and answer.status == 201
    ):
        press_play(page, 1)
    page.wait_for_timeout(500)
    plays = stored_session(page)["plays"]
    assert {(play["event"], play["reading_id"]) for play in plays[:2]} == {
        ("started", None),
        ("skipped", None),
    }
