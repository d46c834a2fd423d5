"""How the page looks: what lies where, what is never covered, and what is drawn without colours."""

from __future__ import annotations

import io
from typing import Any

import av
import pytest
from playwright.sync_api import Page, expect

from .page_driver import (
    agree,
    analyse,
    choose,
    expect_screen,
    overflow_px,
    screen,
    sound_file,
    to_recording,
    wait_for_list,
)


def test_a_long_name_keeps_the_result_and_the_queue_in_the_window(
    page: Page, spoken_wav: bytes
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.route("**/api/v1/recommendations", with_long_titles)
    agree(page, history=False)
    long = f"{'a-name-without-an-end' * 9}.wav"
    choose(page, sound_file(long, spoken_wav), sound_file(f"next-{long}", spoken_wav))
    analyse(page)
    wait_for_list(page)
    assert overflow_px(page) <= 0
    page.locator(".item").first.get_by_role("button").click()
    page.locator("[data-queue-toggle]").click()
    assert overflow_px(page) <= 0
    length = page.locator("[data-queue-list] [data-by]").first
    assert length.evaluate("(each) => each.getClientRects().length") == 1
    assert length.evaluate("(each) => each.getBoundingClientRect().height") < 30


def with_long_titles(route: Any) -> None:
    response = route.fetch()
    answer = response.json()
    for each in answer["items"]:
        each["item"]["title"] = "A title that goes on and on " * 4
    route.fulfill(response=response, json=answer)


def test_on_a_phone_the_music_is_near_and_read_in_its_order(page: Page, spoken_wav: bytes) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    agree(page)
    choose(page, sound_file("monday.wav", spoken_wav), sound_file("tuesday.wav", spoken_wav))
    analyse(page)
    wait_for_list(page)
    top = "(each) => each.getBoundingClientRect().top + scrollY"
    shown = ["[data-heading]", "[data-next]", "[data-goals]", "[data-list]", "[data-distribution]"]
    shown += ["[data-correct]", "[data-map] svg"]
    tops = [screen(page, "result").locator(each).first.evaluate(top) for each in shown]
    assert tops == sorted(tops)
    assert page.locator(".item button").first.evaluate(top) < 1.5 * 740
    page.get_by_role("link", name="Not right?").click()
    expect(page.locator("[data-corrections]")).to_be_in_viewport()
    expect_screen(page, "result")


@pytest.mark.parametrize("size", [(640, 450), (360, 740), (1280, 900)])
def test_the_player_is_out_of_the_way_while_the_microphone_is_open(
    page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    agree(page, history=False)
    page.get_by_role("button", name="Choose my mood by hand").click()
    page.locator("[data-moods]").get_by_role("button", name="Sad").click()
    wait_for_list(page)
    page.locator(".item").first.get_by_role("button").click()
    player = page.get_by_role("region", name="Player")
    expect(player).to_be_visible()
    page.get_by_role("button", name="Record again").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect_screen(page, "countdown")
    expect(player).to_be_hidden()
    page.get_by_role("button", name="Start now").click()
    expect_screen(page, "recording")
    expect(player).to_be_hidden()
    expect(page.locator("[data-stop]")).to_be_in_viewport(ratio=1)
    page.locator('[data-screen="recording"] [data-cancel]').click()
    expect(player).to_be_visible()


def test_stop_and_discard_stay_where_they_are(page: Page) -> None:
    boxes = """() => [...document.querySelectorAll('[data-screen="recording"] .button')]
        .map((each) => each.getBoundingClientRect()).map(({ x, y, width }) => [x, y, width])"""
    agree(page, history=False)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        to_recording(page)
        before = page.evaluate(boxes)
        expect(page.locator("[data-stop-words]")).to_have_text("Stop")
        assert page.evaluate(boxes) == before
        page.locator('[data-screen="recording"] [data-cancel]').click()


def test_without_motion_the_voice_is_told_in_words_and_not_drawn(page: Page) -> None:
    agree(page, history=False)
    to_recording(page)
    drawn = "document.querySelector('[data-line] canvas').toDataURL()"
    before = page.evaluate(drawn)
    expect(page.locator("[data-stop-words]")).to_have_text("Stop")
    assert page.evaluate(drawn) == before
    expect(page.locator("[data-level-words]")).not_to_have_text("Listening")
    expect(page.locator("[data-elapsed]").first).not_to_have_text("0.0 s")


def contrast(page: Page, selector: str) -> int:
    """The widest span of brightness within an element as it is painted, 0 to 255."""
    picture = page.locator(selector).first.screenshot()
    with av.open(io.BytesIO(picture)) as container:
        pixels = next(container.decode(video=0)).to_ndarray(format="gray")
    return int(pixels.max()) - int(pixels.min())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_forced_colours_nothing_disappears(page: Page, spoken_wav: bytes, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors="active", reduced_motion="reduce")
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    analyse(page)
    wait_for_list(page)
    page.locator(".item").first.get_by_role("button").click()
    for drawn in (
        ".bars li .bar-track",
        "[data-corrections] .mark",
        "[data-seek]",
        "[data-volume]",
    ):
        assert contrast(page, drawn) > 60, drawn
    background = "(each) => getComputedStyle(each).backgroundColor"
    pressed = page.locator('[data-goals] [aria-pressed="true"]').evaluate(background)
    assert pressed != page.locator('[data-goals] [aria-pressed="false"]').first.evaluate(background)


def test_not_being_sure_does_not_look_like_a_neutral_voice(page: Page, spoken_wav: bytes) -> None:
    def unsure(route: Any) -> None:
        response = route.fetch()
        answer = response.json()
        moments = [{**each, "emotion": None} for each in answer["timeline"]]
        route.fulfill(response=response, json={**answer, "timeline": moments})

    agree(page, history=False)
    page.route("**/api/v1/analyses", unsure)
    choose(page, sound_file("voice.wav", spoken_wav))
    analyse(page)
    hollow = page.locator('[data-spans] [data-emotion="unsure"] .mark')
    expect(hollow).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(hollow).to_have_css("border-top-width", "2px")
    # A column of beads has gaps where the bar of a known emotion is one piece.
    gaps = page.evaluate("""() => {
        const canvas = document.querySelector("[data-line] canvas");
        const { width, height } = canvas;
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        const inked = (x, y) => data[4 * (y * width + x) + 3] > 128;
        const edges = (x) =>
            [...Array(height).keys()].filter((y) => y && inked(x, y) !== inked(x, y - 1));
        return Math.max(...Array.from({ length: width }, (_, x) => edges(x).length));
    }""")
    assert gaps > 2


def test_what_belongs_together_begins_at_one_edge(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    choose(page, sound_file("monday.wav", spoken_wav), sound_file("tuesday.wav", spoken_wav))
    analyse(page)
    page.locator('[data-screen="result"] [data-next]').click()
    analyse(page)
    wait_for_list(page)
    edges = ["[data-spans] button", ".result h1", "[data-new]", "[data-earlier] h2"]
    left = "(each) => Math.round(each.getBoundingClientRect().left)"
    assert len({page.locator(each).first.evaluate(left) for each in edges}) == 1
    earlier = page.locator("[data-earlier-list] li").first
    mark, words = earlier.locator("[data-mark]"), earlier.locator("[data-words]")
    page.set_viewport_size({"width": 360, "height": 740})
    top = "(each) => each.getBoundingClientRect().top"
    assert abs(mark.evaluate(top) - words.evaluate(top)) < 20
