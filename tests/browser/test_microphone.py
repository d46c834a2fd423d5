"""The microphone: what is captured, what is let go, and what is said when it does not open."""

from __future__ import annotations

import io
import re
import wave

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from .page_driver import agree, analyse, expect_screen, open_page, record, screen

WATCH = """
window.heard = { constraints: [], tracks: [] };
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (constraints) => {
  window.heard.constraints.push(constraints);
  const stream = await ask(constraints);
  window.heard.tracks.push(...stream.getTracks());
  return stream;
};
const append = FormData.prototype.append;
FormData.prototype.append = function (name, blob, ...rest) {
  window.heard.sent = blob;
  return append.call(this, name, blob, ...rest);
};
"""


def refuse_with(name: str) -> str:
    return f"""() => {{
        window.ask ??= navigator.mediaDevices.getUserMedia;
        const no = () => Promise.reject(new DOMException("no", "{name}"));
        navigator.mediaDevices.getUserMedia = no;
    }}"""


def test_the_fake_microphone_becomes_a_16_khz_wav_of_what_was_said(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    record(page)
    analyse(page)
    sent = bytes(page.evaluate("window.heard.sent.bytes().then((bytes) => Array.from(bytes))"))
    with wave.open(io.BytesIO(sent)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32768
    assert 3.0 <= len(samples) / 16_000 <= 6.0
    assert np.abs(samples).max() > 0.05


def test_the_browser_must_not_process_the_sound_and_lets_go_of_the_microphone(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    record(page)
    asked = page.evaluate("window.heard.constraints[0].audio")
    assert asked == {
        "echoCancellation": False,
        "noiseSuppression": False,
        "autoGainControl": False,
    }
    assert page.evaluate("window.heard.tracks.map((track) => track.readyState)") == ["ended"]
    page.get_by_role("button", name="Record again").click()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    page.keyboard.press("Escape")
    expect_screen(page, "ready")
    expect(screen(page, "ready").get_by_text("The recording is gone.")).to_be_visible()
    states = page.evaluate("window.heard.tracks.map((track) => track.readyState)")
    assert states == ["ended", "ended"]


def test_stopping_waits_for_three_seconds_and_says_how_long(page: Page) -> None:
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    stop = screen(page, "recording").get_by_role("button", name="s more")
    expect(stop).to_have_attribute("aria-disabled", "true")
    stop.click(force=True)
    expect_screen(page, "recording")
    expect(page.locator("[data-level-words]")).to_have_text("Good")
    expect(page.locator("[data-stop-words]")).to_have_text("Stop")
    page.locator("body").press("Space")
    expect_screen(page, "review")


def test_the_countdown_can_be_turned_off(page: Page) -> None:
    agree(page)
    page.get_by_text("Recording options").click()
    page.get_by_role("checkbox", name="Count down").uncheck()
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "recording")


def test_the_countdown_starts_the_recording_by_itself(page: Page) -> None:
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    expect_screen(page, "recording")


@pytest.mark.parametrize(
    ("name", "heading", "way_out"),
    [
        ("NotAllowedError", "The microphone is blocked", "set Microphone to Allow"),
        ("NotFoundError", "No microphone was found", "Plug one in"),
        ("NotReadableError", "The microphone is busy", "Close that program"),
        ("OverconstrainedError", "That microphone is gone", "the default one"),
        ("AbortError", "The microphone did not open", "Try again"),
    ],
)
def test_each_failure_has_its_sentence_and_three_ways_on(
    page: Page, name: str, heading: str, way_out: str
) -> None:
    agree(page)
    page.evaluate(refuse_with(name))
    page.get_by_role("button", name="Record", exact=True).click()
    problem = screen(page, "problem")
    expect(problem.get_by_role("heading", name=heading)).to_be_focused()
    expect(problem).to_contain_text(way_out)
    for exit_name in ("Try again", "Choose a file", "Choose my mood by hand"):
        expect(problem.get_by_role("button", name=exit_name)).to_be_visible()
    problem.get_by_role("button", name="Back").click()
    expect_screen(page, "ready")


def test_a_refused_microphone_can_be_allowed_and_tried_again(page: Page) -> None:
    agree(page)
    page.evaluate(refuse_with("NotAllowedError"))
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "problem")
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = window.ask; }")
    page.get_by_role("button", name="Try again").click()
    expect_screen(page, "countdown")


def test_a_page_that_is_not_secure_offers_a_file(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    problem = screen(page, "problem")
    expect(problem.get_by_role("heading", name="Recording needs a secure page")).to_be_visible()
    expect(problem.get_by_role("button", name="Try again")).to_be_hidden()
    expect(problem.get_by_role("button", name="Choose a file")).to_be_visible()


def test_a_question_that_is_ignored_is_pointed_at_and_can_be_cancelled(page: Page) -> None:
    page.clock.install()
    agree(page)
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => new Promise(() => {}); }")
    page.get_by_role("button", name="Record", exact=True).click()
    asking = screen(page, "asking")
    expect(asking.get_by_role("heading", name="May this page listen?")).to_be_visible()
    page.clock.fast_forward(8100)
    expect(asking).to_contain_text("Look for the question near the address bar")
    asking.get_by_role("button", name="Cancel").click()
    expect_screen(page, "ready")


def test_a_microphone_that_goes_away_late_leaves_a_take(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect(page.locator("[data-stop-words]")).to_have_text(re.compile("^[12] s more"))
    page.evaluate("window.heard.tracks[0].dispatchEvent(new Event('ended'))")
    expect_screen(page, "review")
    expect(screen(page, "review")).to_contain_text("The microphone was unplugged")
    assert page.evaluate("window.heard.tracks[0].readyState") == "ended"


def test_a_microphone_that_goes_away_at_once_is_a_problem(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    page.evaluate("window.heard.tracks[0].dispatchEvent(new Event('ended'))")
    expect(page.get_by_role("heading", name="The recording stopped")).to_be_visible()


def test_a_call_that_mutes_the_microphone_ends_the_take(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    page.wait_for_timeout(1300)
    page.evaluate("window.heard.tracks[0].dispatchEvent(new Event('mute'))")
    expect_screen(page, "review")
    expect(screen(page, "review")).to_contain_text("Another program or a call")


CONTEXTS = """
window.contexts = [];
window.AudioContext = class extends AudioContext {
  constructor(...wishes) {
    super(...wishes);
    window.contexts.push(this);
  }
};
"""
HIDE = """() => {
    Object.defineProperty(document, "hidden", { configurable: true, value: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def to_two_seconds(page: Page) -> None:
    agree(page)
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_role("button", name="Start now").click()
    expect(page.locator("[data-stop-words]")).to_have_text(re.compile("^[12] s more|Stop"))
    page.wait_for_timeout(500)


def test_a_system_that_interrupts_the_sound_ends_the_take(page: Page) -> None:
    page.add_init_script(CONTEXTS)
    to_two_seconds(page)
    page.evaluate("window.contexts[0].suspend()")
    expect(screen(page, "review")).to_contain_text("The system interrupted the sound.")


@pytest.mark.browser_context_args(is_mobile=True, has_touch=True)
def test_on_a_phone_the_take_ends_where_the_page_is_left(page: Page) -> None:
    to_two_seconds(page)
    page.evaluate(HIDE)
    expect(screen(page, "review")).to_contain_text("The page was left")


def test_on_a_computer_the_take_goes_on_while_another_tab_is_looked_at(page: Page) -> None:
    to_two_seconds(page)
    page.evaluate(HIDE)
    expect(page.locator("[data-stop-words]")).to_have_text("Stop")
    expect_screen(page, "recording")


def test_a_chosen_device_that_has_gone_falls_back_to_the_default_one(page: Page) -> None:
    agree(page)
    record(page)
    page.get_by_role("button", name="Discard").click()
    page.get_by_text("Recording options").click()
    page.get_by_label("Microphone", exact=True).select_option(index=2)
    page.evaluate("""() => {
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = (wish) => wish.audio.deviceId
            ? Promise.reject(new DOMException("gone", "OverconstrainedError")) : ask(wish);
    }""")
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    expect(page.locator("#announcer")).to_contain_text("this is the default one")


def test_nothing_is_asked_for_before_a_click(page: Page) -> None:
    page.add_init_script(WATCH)
    agree(page)
    open_page(page)
    expect_screen(page, "ready")
    assert page.evaluate("window.heard.constraints") == []
