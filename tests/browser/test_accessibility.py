"""Everybody can use it: axe on every screen, by keyboard, narrow, enlarged, in both colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import sounds

from .page_driver import (
    agree,
    analyse,
    by_hand,
    choose,
    expect_screen,
    open_page,
    overflow_px,
    record,
    screen,
    sound_file,
    to_recording,
    wait_for_list,
)

SERIOUS = {"serious", "critical"}
SMALLEST_TARGET_PX = 44


def complaints(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:120]} {node.get('failureSummary', '')}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


def small_targets(page: Page) -> list[str]:
    """Visible controls below 44 px in height or width; a tick counts with its label."""
    return list(
        page.evaluate(
            """(smallest) => [...document.querySelectorAll("button, a, select, input, summary")]
            .filter((each) => each.checkVisibility() && !each.closest(".skip"))
            .filter((each) => getComputedStyle(each).display !== "inline") // a link in a sentence
            .map((each) => [each, (each.closest("label") ?? each).getBoundingClientRect()])
            .filter(([, box]) => box.height > 0 && Math.min(box.height, box.width) < smallest - 0.5)
            .map(([each, { width, height }]) =>
                `${each.outerHTML.slice(0, 80)}: ${width} x ${height}`)""",
            SMALLEST_TARGET_PX,
        )
    )


def check(page: Page) -> None:
    page.wait_for_timeout(50)
    assert complaints(page) == []
    assert overflow_px(page) <= 0
    assert small_targets(page) == []


def walk(page: Page, sound: bytes, visit: Callable[[], None]) -> None:
    """Every screen of the recording page, in the order of a visit."""
    open_page(page)
    visit()  # notice
    by_hand(page, "Angry")
    visit()  # result by hand
    agree(page)
    page.get_by_text("Recording options").click()
    visit()  # ready
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    visit()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    visit()
    screen(page, "recording").get_by_role("button", name="Discard").click()
    choose(page, sound_file("notes.txt", b"words", "text/plain"))
    expect_screen(page, "problem")
    visit()
    choose(page, sound_file("voice.wav", sound))
    expect_screen(page, "review")
    visit()
    analyse(page)
    wait_for_list(page)
    page.locator(".item").first.get_by_role("button").click()
    page.get_by_role("button", name="Queue", exact=True).click()
    visit()  # result with player and queue
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Record again").click()
    page.get_by_role("button", name="Delete everything").click()
    visit()  # earlier readings behind the question
    page.keyboard.press("Escape")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_serious_violation(page: Page, spoken_wav: bytes, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    walk(page, spoken_wav, lambda: check(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/settings", "/about", "/help-now", "/nowhere"])
def test_no_page_has_a_serious_violation(page: Page, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(page, path)
    check(page)
    page.set_viewport_size({"width": 360, "height": 740})
    check(page)


def test_no_screen_scrolls_sideways_at_360_px(page: Page, spoken_wav: bytes) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    walk(page, spoken_wav, lambda: check(page))


def test_no_screen_scrolls_sideways_at_twice_the_size(page: Page, spoken_wav: bytes) -> None:
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at 200 %
    walk(page, spoken_wav, lambda: None if overflow_px(page) <= 0 else pytest.fail("too wide"))


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until the control with this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.innerText).trim()"
        )
        if focused == name:
            return
    pytest.fail(f"{name!r} cannot be reached by Tab")


def test_the_whole_way_goes_by_keyboard(page: Page) -> None:
    open_page(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab_to(page, "Agree and continue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Speak for a few seconds")).to_be_focused()
    tab_to(page, "Record")
    page.keyboard.press("Enter")
    expect_screen(page, "countdown")
    tab_to(page, "Start now")
    page.keyboard.press("Space")
    expect_screen(page, "recording")
    expect(page.locator("[data-stop-words]")).to_have_text("Stop")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Use this one?")).to_be_focused()
    tab_to(page, "Analyse")
    page.keyboard.press("Enter")
    expect(screen(page, "result").get_by_role("heading", level=1)).to_be_focused()
    wait_for_list(page)
    first = page.locator(".item button").first
    tab_to(page, first.get_attribute("aria-label") or "")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Player")).to_be_visible()
    tab_to(page, "Pause")


def test_the_state_is_announced_and_the_level_is_not(page: Page) -> None:
    agree(page, history=False)
    to_recording(page)
    announcer = page.locator("#announcer")
    expect(announcer).to_have_text("Recording in progress.")
    page.wait_for_timeout(2500)
    expect(announcer).to_have_text("Recording in progress.")


def test_why_a_screen_came_is_announced(page: Page, spoken_wav: bytes) -> None:
    announcer = page.locator("#announcer")
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    expect_screen(page, "review")
    expect(announcer).not_to_have_text("Recording stopped.")
    page.reload()
    expect(announcer).to_contain_text("not analysed yet")
    page.get_by_role("button", name="Discard").click()
    expect(announcer).to_have_text("That file is not used.")
    page.get_by_label("Language of the lines").select_option("de")
    page.get_by_role("button", name="Another line").click()
    line = screen(page, "ready").locator("[data-prompt]").inner_text()
    expect(announcer).to_have_text(line)
    expect(announcer).to_have_attribute("lang", "de")
    record(page)
    expect(announcer).to_have_text("Recording stopped.")
    expect(announcer).not_to_have_attribute("lang", "de")


HEARD = """async () => {
    const root = document.querySelector("script[type=module]").src.replace(/app\\.js.*/, "");
    const { progressView } = await import(`${root}recording/recording-screens.js`);
    const section = document.querySelector("[data-screen=recording]");
    const announcer = document.querySelector("#announcer");
    const show = progressView({ waveformView: { update() {} } }, section);
    const heard = [];
    for (const [duration_s, level] of [
        [0, "waiting"], [1, "loud"], [2, "good"], [3, "loud"], [4, "good"],
        [29.2, "good"], [0, "waiting"], [1, "loud"],
    ]) {
        announcer.textContent = "";
        show({ duration_s, level, loudness: 0.1, peaks: [] });
        heard.push(announcer.textContent);
    }
    return heard;
}"""


def test_a_loudness_is_announced_once_in_a_recording(page: Page) -> None:
    agree(page, history=False)
    loud = "Too loud: move back a little"
    assert page.evaluate(HEARD) == ["", loud, "", "", "", "1 second left.", "", loud]


def test_a_window_without_motion_stands_still(page: Page) -> None:
    agree(page)
    record(page)
    page.route("**/api/v1/analyses", lambda route: None)
    page.get_by_role("button", name="Analyse").click()
    expect_screen(page, "analysing")
    drawn = "document.querySelector('[data-line] canvas').toDataURL()"
    page.wait_for_timeout(200)
    before = page.evaluate(drawn)
    page.wait_for_timeout(400)
    assert page.evaluate(drawn) == before


def test_skipping_to_the_content_ends_no_recording(page: Page) -> None:
    agree(page, history=False)
    to_recording(page)
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    expect_screen(page, "recording")
    expect(page.locator("[data-elapsed]").first).not_to_have_text("0.0 s")


def test_a_line_to_read_names_its_language_on_every_screen(page: Page) -> None:
    agree(page, history=False)
    page.get_by_label("Language of the lines").select_option("de")
    page.get_by_role("button", name="Record", exact=True).click()
    expect(screen(page, "countdown").locator("[data-prompt]")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="Start now").click()
    expect(screen(page, "recording").locator("[data-prompt]")).to_have_attribute("lang", "de")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screens_that_wait_have_no_serious_violation(
    page: Page, spoken_wav: bytes, scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 360, "height": 740})
    agree(page, history=False)
    page.evaluate("void (navigator.mediaDevices.getUserMedia = () => new Promise(() => {}))")
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "asking")
    check(page)
    screen(page, "asking").get_by_role("button", name="Cancel").click()
    choose(page, sound_file(f"{'a-name-without-an-end' * 9}.wav", spoken_wav))
    page.route("**/api/v1/analyses", lambda route: None)
    page.get_by_role("button", name="Analyse").click()
    expect_screen(page, "analysing")
    check(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_result_without_speech_has_no_serious_violation(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    open_page(page)
    page.get_by_role("button", name="Choose my mood by hand").click()
    expect_screen(page, "mood")
    check(page)
    agree(page, history=False)
    choose(page, sound_file("nothing.wav", sounds.wav(sounds.silence(4))))
    analyse(page)
    expect(page.get_by_role("heading", name="No speech found.")).to_be_visible()
    check(page)


def test_on_a_phone_on_its_side_the_way_to_stop_is_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 740, "height": 360})
    agree(page, history=False)
    to_recording(page)
    expect(page.locator("[data-stop]")).to_be_in_viewport(ratio=1)
