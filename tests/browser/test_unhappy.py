"""When things go wrong: no server, no network, no script, an impatient finger, a reload."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from .page_driver import (
    agree,
    analyse,
    choose,
    expect_screen,
    open_page,
    record,
    refuse,
    screen,
    sound_file,
)
from .server import Server, running


def test_a_server_that_stops_keeps_the_take_and_tries_again(
    page: Page, tmp_path: Path, spoken_wav: bytes
) -> None:
    with running(tmp_path) as first:
        page.goto(first.address)
        page.get_by_role("button", name="Agree and continue").click()
        expect_screen(page, "ready")
        choose(page, sound_file("voice.wav", spoken_wav))
        expect_screen(page, "review")
        port = int(first.address.rsplit(":", 1)[1])
    page.get_by_role("button", name="Analyse").click()
    problem = screen(page, "problem")
    expect(problem).to_contain_text("The server does not answer")
    expect(problem).to_contain_text("Nothing is lost.")
    with running(tmp_path, port=port):
        problem.get_by_role("button", name="Try again").click()
        expect_screen(page, "result")
        page.goto("about:blank")


def test_a_page_whose_server_does_not_answer_says_so(page: Page) -> None:
    page.route("**/api/v1/session", lambda route: route.abort())
    open_page(page)
    problem = screen(page, "problem")
    expect(problem.get_by_role("heading", name="The server cannot be reached")).to_be_visible()
    page.unroute("**/api/v1/session")
    problem.get_by_role("button", name="Try again").click()
    expect_screen(page, "notice")


def test_offline_is_called_offline(page: Page, spoken_wav: bytes) -> None:
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    page.context.set_offline(True)
    page.get_by_role("button", name="Analyse").click()
    expect(screen(page, "problem")).to_contain_text("This device is offline.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Back to the file").click()
    analyse(page)


def test_a_reading_that_could_not_be_saved_says_so(page: Page, spoken_wav: bytes) -> None:
    def lose(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "id": None, "unsaved": True})

    agree(page)
    sentence = screen(page, "result").get_by_text("This reading could not be saved")
    for is_lost in (False, True):
        if is_lost:
            page.get_by_role("button", name="Record again").click()
            page.route("**/api/v1/analyses", lose)
        choose(page, sound_file("voice.wav", spoken_wav))
        page.get_by_role("button", name="Analyse").click()
        expect_screen(page, "result")
        expect(sentence).to_be_visible(visible=is_lost)


def test_a_double_click_sends_once(page: Page, spoken_wav: bytes) -> None:
    sent: list[str] = []
    page.on(
        "request",
        lambda request: sent.append(request.url) if "/analyses" in request.url else None,
    )
    agree(page)
    choose(page, sound_file("voice.wav", spoken_wav))
    page.get_by_role("button", name="Analyse").dblclick()
    expect_screen(page, "result")
    assert len(sent) == 1


def test_a_take_survives_a_reload_until_it_is_discarded(page: Page) -> None:
    agree(page)
    record(page)
    page.reload()
    expect_screen(page, "review")
    expect(screen(page, "review")).to_contain_text("not analysed yet")
    page.get_by_role("button", name="Discard").click()
    expect(screen(page, "ready")).to_contain_text("The recording is gone.")
    page.reload()
    expect_screen(page, "ready")


def test_a_reload_while_analysing_leaves_the_take(page: Page) -> None:
    agree(page)
    record(page)
    page.route("**/api/v1/analyses", lambda route: None)
    page.get_by_role("button", name="Analyse").click()
    expect_screen(page, "analysing")
    page.reload()
    page.unroute_all(behavior="ignoreErrors")
    expect_screen(page, "review")
    analyse(page)


def test_analysing_can_be_cancelled(page: Page) -> None:
    agree(page)
    record(page)
    page.route("**/api/v1/analyses", lambda route: None)
    page.get_by_role("button", name="Analyse").click()
    screen(page, "analysing").get_by_role("button", name="Cancel").click()
    expect(screen(page, "review")).to_contain_text("Cancelled. It is still here.")


def test_consent_that_the_server_no_longer_has_leads_back_to_the_notice(page: Page) -> None:
    agree(page)
    record(page)
    refuse(page, "**/api/v1/analyses", 403, "consent_required", "Please agree first.")
    page.get_by_role("button", name="Analyse").click()
    expect(screen(page, "problem")).to_contain_text("Please agree first.")
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Read the notice again").click()
    page.get_by_role("button", name="Agree and continue").click()
    expect_screen(page, "review")
    analyse(page)


def test_without_script_a_sentence_says_what_is_needed(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=server.address)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("heading", name="This page needs JavaScript.")).to_be_visible()
    page.goto("/help-now")
    expect(page.get_by_role("link", name="Call 112")).to_be_visible()
    context.close()


def test_an_address_where_nothing_is_has_a_way_back(page: Page) -> None:
    answer = page.goto("/nowhere")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.get_by_role("link", name="Go to the first page").click()
    expect_screen(page, "notice")
