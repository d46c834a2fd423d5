"""A sign-in belongs to one browser, serves once, and ends where it began or with a sentence."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from emotion_stream.settings import Settings
from emotion_stream.web.spotify.sign_in import local_path
from tests.web.spotify.browsing import PAGE, Site, comes_back, sign_in, site_of, state, to_spotify
from tests.web.spotify.conftest import CLIENT_ID
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

pytestmark = pytest.mark.anyio


@pytest.fixture
async def site(
    settings: Settings, endpoint: FakeTokenEndpoint, anyio_backend: str
) -> AsyncIterator[Site]:
    with_app = settings.model_copy(update={"spotify_client_id": CLIENT_ID})
    async with site_of(with_app, endpoint) as site:
        yield site


def refused(answer: httpx.Response, sentence: str, status: int = 400) -> None:
    assert answer.status_code == status, answer.text
    assert sentence in answer.text
    assert '<a class="button primary" href="' in answer.text
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == (
        "no-store",
        "no-referrer",
    )


async def test_a_sign_in_ends_where_it_was_begun(site: Site) -> None:
    browser = site.browser()
    address = await to_spotify(browser, back="/settings#spotify")
    asked = parse_qs(urlsplit(address).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1:8000/auth/callback"]
    answer = await comes_back(browser, **site.endpoint.consent(address))
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings#spotify")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert (await state(browser))["signed_in"] is True


async def test_a_session_is_made_at_the_sign_in_and_agrees_to_nothing(site: Site) -> None:
    browser = site.browser()
    await sign_in(site, browser)
    session = (await browser.get("/api/v1/session")).json()
    assert session["consent"] == {"analyse": False, "history": False}
    agreed = await browser.put("/api/v1/session", json={"analyse": True, "history": False})
    assert agreed.json()["consent"] == {"analyse": True, "history": False}
    assert (await state(browser))["signed_in"] is True


async def test_a_stolen_state_serves_no_other_browser_and_is_not_used_up(site: Site) -> None:
    browser, thief = site.browser(), site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    await to_spotify(thief)
    for other in (thief, site.browser()):
        refused(await comes_back(other, **back), "browser")
        assert (await state(other))["signed_in"] is False
    assert (await comes_back(browser, **back)).status_code == 303


async def test_two_tabs_of_one_browser_both_sign_in(site: Site) -> None:
    browser = site.browser()
    first, second = await to_spotify(browser), await to_spotify(browser)
    for tab, code in ((second, "code-2"), (first, "code-1")):
        assert (await comes_back(browser, **site.endpoint.consent(tab, code))).status_code == 303


async def test_coming_back_twice_changes_nothing(site: Site) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    await comes_back(browser, **back)
    refused(await comes_back(browser, **back), "used before")
    assert len(site.endpoint.forms) == 1
    assert (await state(browser))["signed_in"] is True


async def test_a_code_of_another_sign_in_is_refused(site: Site) -> None:
    browser = site.browser()
    one = site.endpoint.consent(await to_spotify(browser), "code-1")
    other = site.endpoint.consent(await to_spotify(browser), "code-2")
    refused(await comes_back(browser, state=other["state"], code=one["code"]), "Begin again")
    assert (await state(browser))["signed_in"] is False


@pytest.mark.parametrize(
    ("passed", "sentence"),
    [(timedelta(minutes=10, seconds=1), "ten minutes"), (timedelta(minutes=-5), "clock")],
)
async def test_a_state_serves_for_ten_minutes(site: Site, passed: timedelta, sentence: str) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    site.now += passed
    refused(await comes_back(browser, **back), sentence)
    assert site.endpoint.forms == []


async def test_who_takes_nine_minutes_is_signed_in(site: Site) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    site.now += timedelta(minutes=9, seconds=59)
    assert (await comes_back(browser, **back)).status_code == 303


async def test_refusing_at_spotify_changes_nothing(site: Site) -> None:
    browser = site.browser()
    await sign_in(site, browser)
    before = await state(browser)
    back = site.endpoint.consent(await to_spotify(browser, "heart"), "code-2")
    answer = await comes_back(browser, state=back["state"], error="access_denied")
    refused(answer, "You did not agree at Spotify. Nothing was changed.")
    assert await state(browser) == before
    refused(await comes_back(browser, **back), "used before")


@pytest.mark.parametrize("error", ["<script>alert(1)</script>", "server_error"])
async def test_other_refusals_are_said_without_repeating_what_anybody_wrote(
    site: Site, error: str
) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    answer = await comes_back(browser, state=back["state"], error=error)
    refused(answer, "Spotify refused the sign-in")
    assert "alert" not in answer.text


@pytest.mark.parametrize(
    ("me", "status", "sentence"),
    [
        (httpx.Response(403, text="User not registered in the Developer Dashboard"), 403, "list"),
        (
            httpx.Response(
                403, text="Active premium subscription required for the owner of the app"
            ),
            403,
            "Premium",
        ),
        (httpx.Response(500), 502, "Try again later"),
        (httpx.Response(200, text="[]"), 502, "Spotify answers"),
    ],
)
async def test_who_spotify_does_not_take_is_told_why_and_nothing_is_kept(
    site: Site, me: httpx.Response, status: int, sentence: str
) -> None:
    browser, site.endpoint.me = site.browser(), me
    answer = await comes_back(browser, **site.endpoint.consent(await to_spotify(browser)))
    refused(answer, sentence, status)
    assert (await state(browser))["signed_in"] is False


async def test_a_session_that_was_deleted_meanwhile_signs_nobody_in(site: Site) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    cookies = dict(browser.cookies)
    await browser.delete("/api/v1/session")
    browser.cookies.update(cookies)
    refused(await comes_back(browser, **back), "not begun in this browser")


async def test_localhost_is_sent_to_the_number(site: Site) -> None:
    browser = site.browser("http://localhost:8000")
    answer = await browser.get("/auth/spotify", headers=PAGE)
    refused(answer, "http://127.0.0.1:8000", 409)
    assert "set-cookie" not in answer.headers


async def test_another_site_cannot_begin_a_sign_in(site: Site) -> None:
    answer = await site.browser().get(
        "/auth/spotify", headers={"accept": "text/html", "sec-fetch-site": "cross-site"}
    )
    refused(answer, "may not use this", 403)
    assert "set-cookie" not in answer.headers


async def test_an_unknown_step_is_refused(site: Site) -> None:
    answer = await site.browser().get("/auth/spotify?step=all", headers=PAGE)
    refused(answer, "no step", 422)


async def test_behind_tls_the_public_address_is_asked_for(
    settings: Settings, endpoint: FakeTokenEndpoint
) -> None:
    changed = {
        "spotify_client_id": CLIENT_ID,
        "public_url": "https://music.example.org",
        "secure_cookies": True,
    }
    async with site_of(settings.model_copy(update=changed), endpoint) as site:
        address = await to_spotify(site.browser())
    asked = parse_qs(urlsplit(address).query)
    assert asked["redirect_uri"] == ["https://music.example.org/auth/callback"]


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\/elsewhere.example",
        "settings",
        "",
        "/a\r\nset-cookie: b=c",
        "/\t/elsewhere.example",
        "/" + "a" * 200,
        "javascript:alert(1)",
    ],
)
def test_nobody_is_sent_elsewhere(back: str) -> None:
    assert local_path(back) == "/"


def test_paths_of_this_server_are_taken() -> None:
    assert local_path("/settings?a=1#spotify") == "/settings?a=1#spotify"


async def test_nothing_secret_is_logged_or_shown(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser), "secret-code")
    site.endpoint.trouble = httpx.ConnectError("no route")
    failed = await comes_back(browser, **back)
    refused(failed, "Spotify does not answer", 502)
    site.endpoint.trouble = None
    await sign_in(site, browser)
    spoken = [failed.text, *(r.getMessage() for r in caplog.records)]
    assert not [text for text in spoken if "secret-" in text or back["state"] in text]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"referer": "https://elsewhere.example/"},
        {"referer": "https://elsewhere.example/http://127.0.0.1:8000/"},
    ],
)
async def test_only_a_page_of_this_server_begins_a_sign_in(
    site: Site, headers: dict[str, str]
) -> None:
    answer = await site.browser().get("/auth/spotify", headers=headers)
    refused(answer, "may not use this server", 403)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{"referer": "http://127.0.0.1:8000/settings"}, {"sec-fetch-site": "none"}]
)
async def test_old_browsers_and_bookmarks_begin_one(site: Site, headers: dict[str, str]) -> None:
    answer = await site.browser().get("/auth/spotify", headers=headers)
    assert answer.status_code == 303


async def test_a_code_that_comes_with_an_error_is_not_used(site: Site) -> None:
    browser = site.browser()
    back = site.endpoint.consent(await to_spotify(browser))
    refused(await comes_back(browser, **back, error="access_denied"), "You did not agree")
    assert site.endpoint.forms == []
    refused(await comes_back(browser, **back), "used before")


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("address", ["/auth/spotify", "/auth/callback", "/api/v1/spotify/token"])
async def test_there_is_one_way_to_ask(site: Site, method: str, address: str) -> None:
    answer = await site.browser().request(method, address, headers={"sec-fetch-site": "none"})
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]
