"""The settings page: the music folder, the colours."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from tests import sounds

from .page_driver import Held, open_page
from .server import running


def test_a_folder_of_music_is_scanned_and_offered_beside_the_starter_library(
    page: Page, tmp_path: Path
) -> None:
    music = tmp_path / "music"
    music.mkdir()
    song = music / "My Song.wav"
    song.write_bytes(sounds.wav(sounds.tone(12.0)))
    os.utime(song, (1_000_000_000, 1_000_000_000))  # a new file may still be on its way
    with running(tmp_path) as own:
        page.goto(f"{own.address}/settings")
        page.get_by_label("Folder of your own music").fill(str(music))
        page.get_by_role("button", name="Use this folder").click()
        expect(page.locator("[data-providers]")).to_contain_text("1 track.", timeout=30_000)
        page.get_by_role("link", name="Listen").click()
        page.get_by_role("button", name="Choose my mood by hand").click()
        page.get_by_role("button", name="Sad", exact=True).click()
        expect(page.locator(".item")).to_have_count(10)
        guessed = page.get_by_text("Mood guessed from the sound.").filter(visible=True)
        expect(guessed).to_have_count(0)
        sources = page.get_by_role("group", name="Where the music comes from")
        sources.get_by_role("button", name="My music").click()
        expect(page.locator(".item")).to_have_count(1)
        expect(page.locator(".item")).to_contain_text("My Song")
        expect(guessed).to_have_count(1)
        page.get_by_role("link", name="Settings").click()
        page.get_by_role("button", name="Forget this folder").click()
        expect(page.get_by_role("button", name="Forget this folder")).to_be_hidden()
        expect(page.get_by_label("Folder of your own music")).to_be_focused()
        page.goto("about:blank")
    assert song.exists()


def test_a_folder_that_is_not_there_is_refused_in_words(page: Page) -> None:
    open_page(page, "/settings")
    page.get_by_label("Folder of your own music").fill("/nowhere/at/all")
    page.get_by_role("button", name="Use this folder").click()
    expect(page.locator("[data-folder-words]")).to_contain_text("/nowhere/at/all")


def scanning(page: Page) -> None:
    """The settings of a server that seems to be scanning: they keep asking how far it is."""
    library = page.request.get("/api/v1/library").json()
    library["providers"][0] |= {"state": "scanning", "done": 1, "total": 9}
    page.route("**/api/v1/library", lambda route: route.fulfill(json=library))
    open_page(page, "/settings")
    expect(page.locator("[data-providers] progress").first).to_be_visible()


def test_news_of_a_scan_wipes_neither_an_error_nor_what_is_typed(page: Page) -> None:
    scanning(page)
    folder, words = (
        page.get_by_label("Folder of your own music"),
        page.locator("[data-folder-words]"),
    )
    folder.fill("/nowhere/at/all")
    page.get_by_role("button", name="Use this folder").click()
    expect(words).to_contain_text("/nowhere/at/all")
    expect(page.locator("#announcer")).not_to_contain_text("/nowhere/at/all")
    for _ in range(2):
        with page.expect_response("**/api/v1/library"):
            pass
    expect(words).to_contain_text("/nowhere/at/all")
    expect(folder).to_have_value("/nowhere/at/all")


def test_news_of_a_scan_that_fails_once_is_asked_for_again(page: Page) -> None:
    scanning(page)
    page.route("**/api/v1/library", lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed"):
        pass
    with page.expect_response("**/api/v1/library"):
        pass
    expect(page.locator("[data-folder-words]")).to_have_text("")


def test_older_news_does_not_undo_a_newer_answer(page: Page) -> None:
    scanning(page)
    held = Held(page, "**/api/v1/library")
    page.wait_for_timeout(1200)  # until the next question about the scan is on its way
    library = {"providers": [], "folder": "/music", "folder_editable": True}
    page.route("**/api/v1/library/folder", lambda route: route.fulfill(json=library))
    folder = page.get_by_label("Folder of your own music")
    folder.fill("/music")
    page.get_by_role("button", name="Use this folder").click()
    expect(page.get_by_role("button", name="Forget this folder")).to_be_visible()
    with page.expect_response("**/api/v1/library"):
        held.release()
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Forget this folder")).to_be_visible()
    expect(folder).to_have_value("/music")


def test_the_colours_follow_the_choice_and_survive_a_reload(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    open_page(page, "/settings")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("radio", name="Dark").check()
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    page.get_by_role("radio", name="As the system").check()
    assert page.evaluate(paper) == light


def test_the_bar_of_the_browser_follows_the_chosen_colours(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    open_page(page, "/settings")
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].map((bar) => bar.content)"
    system = page.evaluate(colours)
    light, dark = system
    page.get_by_role("radio", name="Dark").check()
    assert page.evaluate(colours) == [dark, dark]
    page.reload()
    assert page.evaluate(colours) == [dark, dark]
    page.get_by_role("radio", name="Light").check()
    assert page.evaluate(colours) == [light, light]
    page.get_by_role("radio", name="As the system").check()
    assert page.evaluate(colours) == system
