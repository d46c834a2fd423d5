"""The recommended list: another one, one that begins again, and one that cannot be made."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route, expect

from .page_driver import by_hand, wait_for_list

RECOMMENDATIONS = "**/api/v1/recommendations"
MOST_EXCLUDED = 500


def asked_of(route: Route) -> dict[str, Any]:
    asked: dict[str, Any] = route.request.post_data_json
    return asked


def test_another_list_is_brought_into_view_from_its_heading(page: Page) -> None:
    by_hand(page, "Sad")
    page.get_by_role("button", name="Another list").click()
    heading = page.get_by_role("heading", name="Music for this")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_a_list_that_begins_again_says_nothing_of_it_under_another_goal(page: Page) -> None:
    by_hand(page, "Sad")
    held: list[Route] = []

    def answer(route: Route) -> None:
        asked = asked_of(route)
        if asked.get("exclude"):
            response = route.fetch()
            route.fulfill(response=response, json={**response.json(), "items": []})
        elif asked.get("goal") == "calm":
            route.continue_()
        else:
            held.append(route)

    page.route(RECOMMENDATIONS, answer)
    page.get_by_role("button", name="Another list").click()
    while not held:
        page.wait_for_timeout(50)
    page.locator('[data-goals] [data-value="calm"]').click()
    expect(page.locator('[data-goals] [aria-pressed="true"]')).to_have_text("Calm me")
    wait_for_list(page)
    expect(page.locator("[data-list-message]")).not_to_contain_text("That was all there is")


def test_of_what_was_shown_the_server_is_told_as_much_as_it_takes(page: Page) -> None:
    excluded: list[list[str]] = []

    def many(route: Route) -> None:
        excluded.append(asked_of(route).get("exclude", []))
        response = route.fetch()
        answer = response.json()
        like = answer["items"][0]
        answer["items"] = [
            {**like, "item": {**like["item"], "id": f"{len(excluded)}-{number}"}}
            for number in range(300)
        ]
        route.fulfill(response=response, json=answer)

    page.route(RECOMMENDATIONS, many)
    by_hand(page, "Sad")
    for _ in range(2):
        with page.expect_response(RECOMMENDATIONS):
            page.get_by_role("button", name="Another list").click()
        wait_for_list(page)
    assert [len(each) for each in excluded] == [0, 300, MOST_EXCLUDED]
    assert excluded[-1][-1] == "2-299"


def test_where_there_is_no_list_there_is_no_map_and_no_other_one(page: Page) -> None:
    by_hand(page, "Sad")
    page.route(RECOMMENDATIONS, lambda route: route.abort())
    page.get_by_role("button", name="Another list").click()
    expect(page.locator("[data-list-message]")).to_contain_text("The server does not answer")
    expect(page.locator("[data-map]")).to_be_hidden()
    expect(page.get_by_role("button", name="Another list")).to_be_hidden()
    expect(page.get_by_role("heading", name="Music for this")).to_be_focused()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    wait_for_list(page)
    expect(page.locator("[data-map]")).to_be_visible()
    expect(page.get_by_role("button", name="Another list")).to_be_visible()
    expect(page.get_by_role("heading", name="Music for this")).to_be_focused()
