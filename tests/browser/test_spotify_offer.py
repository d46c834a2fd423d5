"""Spotify among the sources of music, on the real page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.fake_spotify import FakeSpotify, refusal, signed_out, state

from .page_driver import by_hand, eventually, expect_screen, open_page, overflow_px, screen


def spotify(page: Page) -> Locator:
    return page.locator("[data-spotify]")


def to_spotify(page: Page, word: str = "Sad") -> Locator:
    """The view of Spotify under a mood chosen by hand."""
    by_hand(page, word)
    page.locator("[data-sources]").get_by_role("button", name="Spotify").click()
    view = spotify(page)
    expect(view).to_be_visible()
    expect(view).not_to_have_attribute("aria-busy", "true")
    return view


def test_where_spotify_is_not_in_use_nothing_speaks_of_it(page: Page) -> None:
    FakeSpotify(page, signed_out(set_up=False, client_id=None))
    by_hand(page, "Sad")
    expect(page.locator("[data-sources]").get_by_role("button", name="Spotify")).to_have_count(0)
    expect(spotify(page)).to_be_hidden()


def test_four_tabs_with_rows_that_say_what_they_are(page: Page) -> None:
    server = FakeSpotify(page, state())
    view = to_spotify(page)
    expect(view.get_by_role("tab")).to_have_text(
        ["Playlists (3)", "Tracks (3)", "Shows (3)", "Episodes (3)"]
    )
    row = view.get_by_role("tabpanel").locator(".item").first
    expect(row.get_by_role("heading")).to_have_text("Quiet playlist 11")
    expect(row.get_by_role("link")).to_have_attribute(
        "href", "https://open.spotify.com/playlist/11"
    )
    expect(row.get_by_role("link")).to_have_text("OPEN SPOTIFY")
    expect(row).to_contain_text("Somebody · 40 tracks")
    expect(row).to_contain_text("is in its name")
    assert row.locator("img").evaluate("(img) => getComputedStyle(img).objectFit") == "contain"
    view.get_by_role("tab", name="Tracks").click()
    expect(view.get_by_role("tabpanel").locator(".item").first).to_contain_text("Explicit")
    assert server.bodies("POST /recommendations") == [
        {"emotion": "sadness", "languages": ["en"], "personal": False, "another": False}
    ]
    # Never in one list with another source, and no way on the map.
    expect(page.locator("[data-own-list]")).to_be_hidden()
    expect(page.locator("[data-map]")).to_be_hidden()


def test_the_tabs_follow_the_keys(page: Page) -> None:
    FakeSpotify(page, state())
    view = to_spotify(page)
    view.get_by_role("tab", name="Playlists").focus()
    for key, name in [("ArrowRight", "Tracks"), ("End", "Episodes"), ("ArrowRight", "Playlists")]:
        page.keyboard.press(key)
        tab = view.get_by_role("tab", name=name)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
    expect(view.get_by_role("tabpanel", name="Playlists")).to_be_visible()
    expect(view.get_by_role("tabpanel")).to_have_count(1)


def test_on_a_phone_all_four_tabs_are_in_sight(page: Page) -> None:
    FakeSpotify(page, state())
    for width in (390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        tabs = to_spotify(page).get_by_role("tab")
        expect(tabs).to_have_count(4)
        list_box = page.locator("[role=tablist]").bounding_box()
        last = tabs.nth(3).bounding_box()
        assert list_box is not None
        assert last is not None
        assert last["x"] + last["width"] <= list_box["x"] + list_box["width"] + 0.5
        assert overflow_px(page) <= 0


def test_a_slow_answer_is_waited_for_with_words(page: Page) -> None:
    FakeSpotify(page, state())
    held: list[Route] = []
    page.route("**/api/v1/spotify/recommendations", lambda route: held.append(route))
    by_hand(page, "Sad")
    page.locator("[data-sources]").get_by_role("button", name="Spotify").click()
    asking = spotify(page).locator("[data-asking]")
    expect(asking).to_have_text("Asking Spotify…")
    expect(asking).to_be_visible()
    held[0].fallback()
    expect(spotify(page).get_by_role("tabpanel").locator(".item").first).to_be_visible()
    expect(asking).to_be_hidden()


def test_a_question_stands_in_the_middle_of_the_window(page: Page) -> None:
    FakeSpotify(page, state())
    view = to_spotify(page)
    view.get_by_role("checkbox", name="Use my top artists").click()
    box = page.get_by_role("dialog").bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    assert abs(box["y"] + box["height"] / 2 - size["height"] / 2) < 2


def test_goal_language_and_another_list_reach_the_server(page: Page) -> None:
    server = FakeSpotify(page, state())
    view = to_spotify(page)
    page.locator("[data-goals]").get_by_role("button", name="Lift me").click()
    eventually(page, lambda: len(server.bodies("POST /recommendations")) == 2)
    view.locator("summary").click()
    view.get_by_role("checkbox", name="Deutsch").check()
    eventually(page, lambda: len(server.bodies("POST /recommendations")) == 3)
    view.get_by_role("button", name="Another list").click()
    eventually(page, lambda: len(server.bodies("POST /recommendations")) == 4)
    _, lift, german, another = server.bodies("POST /recommendations")
    assert lift["goal"] == "lift"
    assert german["languages"] == ["en", "de"]
    assert (another["another"], another["goal"]) == (True, "lift")
    expect(view.locator("summary")).to_have_text("Languages: English, Deutsch")


def test_back_to_another_source(page: Page) -> None:
    FakeSpotify(page, state())
    view = to_spotify(page)
    page.locator("[data-sources]").get_by_role("button").first.click()
    expect(page.locator("[data-own-list]")).to_be_visible()
    expect(view).to_be_hidden()
    expect(page.locator("[data-map]")).to_be_visible()


def test_signed_out_one_card_says_why_and_what_is_kept(page: Page) -> None:
    server = FakeSpotify(page, signed_out())
    view = to_spotify(page)
    link = view.get_by_role("link", name="Sign in with Spotify")
    expect(link).to_have_attribute("href", "/auth/spotify?step=listen&back=%2F")
    expect(view).to_contain_text("Your voice, your results and your mood are not sent to Spotify")
    expect(view.get_by_role("tab")).to_have_count(0)
    assert server.bodies("POST /recommendations") == []


def test_the_owners_own_list_plays_without_a_sign_in(page: Page) -> None:
    FakeSpotify(page, signed_out(curated=2))
    view = to_spotify(page)
    rows = view.locator("[data-curated-items] .item")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="Play “Quiet playlist 90”").click()
    expect(page.locator("[data-spotify-player] iframe")).to_have_attribute(
        "title", "Spotify: Quiet playlist 90"
    )


def test_the_mood_and_the_goal_are_there_after_the_sign_in(page: Page) -> None:
    server = FakeSpotify(page, signed_out())
    page.route(
        "**/auth/spotify**",
        lambda route: route.fulfill(
            content_type="text/html", body='<meta http-equiv="refresh" content="0;url=/">'
        ),
    )
    view = to_spotify(page)
    page.locator("[data-goals]").get_by_role("button", name="Lift me").click()
    server.state = state()
    view.get_by_role("link", name="Sign in with Spotify").click()
    expect_screen(page, "result")
    expect(page.locator("[data-heading]:visible")).to_have_text("You feel sad.")
    expect(spotify(page).get_by_role("tab").first).to_be_visible()
    assert server.bodies("POST /recommendations")[-1]["goal"] == "lift"
    kept = page.evaluate("Object.keys(sessionStorage)")
    assert kept == []


def test_what_is_kept_for_the_return_is_no_voice_and_not_for_long(page: Page) -> None:
    open_page(page, "/about")
    reading = (
        '{"id": null, "file": "me.wav", "timeline": [1], "waveform": [1], "scores": {"calm": 1}}'
    )
    kept = page.evaluate(
        f"""async () => {{
        const root = document.querySelector('script[type=module]').src.replace('/app.js', '');
        const storage = await import(`${{root}}/recording/session-storage.js`);
        const {{ saveBeforeSignIn, takeSignInState }} = storage;
        const {{ Scope }} = await import(`${{root}}/scope.js`);
        const scope = new Scope();
        saveBeforeSignIn({{ result: {{ reading: {reading}, chosen: null }}, music: null }}, scope);
        const link = document.createElement('a');
        link.href = '/auth/spotify?step=listen&back=/';
        link.onclick = (event) => event.preventDefault();
        const leave = () => {{ document.body.append(link); link.click(); link.remove(); }};
        leave();
        const back = takeSignInState(new Date());
        leave();
        const late = takeSignInState(new Date(Date.now() + 31 * 60000));
        return [back.reading, late, takeSignInState(new Date())];
        }}"""
    )
    assert kept[0] == {
        "id": None,
        "file": None,
        "timeline": [],
        "waveform": [],
        "scores": {"calm": 1},
    }
    assert kept[1:] == [None, None]


def test_a_permission_is_explained_before_it_is_asked_for(page: Page) -> None:
    FakeSpotify(page, state())
    view = to_spotify(page)
    for press, step in [
        (lambda: view.get_by_role("checkbox", name="Use my top artists").click(), "personal"),
        (lambda: view.get_by_role("button", name="Save the tracks").click(), "keep"),
        (lambda: view.get_by_role("button", name="Follow “Quiet playlist 11”").click(), "follow"),
    ]:
        press()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("link", name="Go on to Spotify")).to_have_attribute(
            "href", f"/auth/spotify?step={step}&back=%2F"
        )
        dialog.get_by_role("button", name="Not now").click()
        expect(dialog).to_be_hidden()
    expect(view.get_by_role("checkbox", name="Use my top artists")).not_to_be_checked()


def test_hearts_show_and_change_the_library(page: Page) -> None:
    steps = dict.fromkeys(("listen", "personal", "keep", "heart", "follow"), True)
    server = FakeSpotify(page, state(steps=steps))
    server.replies["GET /library"] = {"saved": {"spotify:track:11": True}}
    view = to_spotify(page)
    view.get_by_role("tab", name="Tracks").click()
    first = view.get_by_role("button", name="Save “Quiet track 11”")
    second = view.get_by_role("button", name="Save “Quiet track 12”")
    expect(first).to_have_attribute("aria-pressed", "true")
    second.click()
    expect(second).to_have_attribute("aria-pressed", "true")
    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    assert server.bodies("PUT /library") == [{"uri": "spotify:track:12"}]
    assert server.bodies("DELETE /library") == [{"uri": "spotify:track:11"}]
    view.get_by_role("button", name="Save the tracks").click()
    expect(view.locator("[data-kept]")).to_contain_text("for you alone")
    (made,) = server.bodies("POST /playlists")
    assert made["uris"] == ["spotify:track:11", "spotify:track:12", "spotify:track:13"]
    view.get_by_role("checkbox", name="Use my top artists").check()
    eventually(page, lambda: server.bodies("POST /recommendations")[-1]["personal"] is True)


def test_a_paused_quota_says_until_when_and_leads_to_other_music(page: Page) -> None:
    FakeSpotify(page, state(paused_until="2030-11-25T14:05:00Z", curated=1))
    view = to_spotify(page)
    expect(view).to_contain_text(re.compile(r"rest until .*\d\d:\d\d"))
    expect(view.locator("[data-curated-items] .item")).to_have_count(2)
    view.get_by_role("button", name="Music from another source").click()
    expect(page.locator("[data-own-list]")).to_be_visible()


def test_each_refusal_has_a_way_on(page: Page) -> None:
    server = FakeSpotify(page, state())
    server.replies["POST /recommendations"] = refusal(403, "spotify_not_on_list")
    view = to_spotify(page)
    problem = view.locator("[data-problem]")
    expect(problem).to_contain_text("not among the five people")
    expect(problem.get_by_role("link")).to_have_attribute("href", "/spotify")
    for status, code, words in [
        (403, "spotify_owner_needs_premium", "only while the owner"),
        (401, "spotify_sign_in_required", "sign-in has ended"),
        (502, "spotify_unavailable", "does not answer"),
    ]:
        server.replies["POST /recommendations"] = refusal(status, code)
        page.locator("[data-goals]").get_by_role("button", name="Lift me").click()
        expect(problem).to_contain_text(words)
    server.replies["POST /recommendations"] = server.offer
    problem.get_by_role("button", name="Try again").click()
    expect(view.get_by_role("tab").first).to_be_visible()
    expect(problem).to_be_hidden()


def test_nothing_is_too_wide_for_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    FakeSpotify(page, state())
    view = to_spotify(page)
    assert overflow_px(page) == 0
    view.get_by_role("button", name="Play “Quiet playlist 11”").click()
    eventually(page, "Boolean(window.sdk)")
    assert overflow_px(page) == 0
    assert screen(page, "result").is_visible()
