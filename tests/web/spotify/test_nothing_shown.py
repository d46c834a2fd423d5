"""Tokens, codes, states and verifiers are in no log, address or answer of a whole visit."""

from __future__ import annotations

import logging
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from emotion_stream.settings import Settings
from emotion_stream.web.access_log import WithoutQuery
from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint

from .browsing import OWN, PAGE, Site, comes_back, site_of, to_spotify
from .conftest import CLIENT_ID

pytestmark = pytest.mark.anyio

TOKEN = "/api/v1/spotify/token"  # noqa: S105 - an address


def said_in(answer: httpx.Response) -> str:
    return f"{answer.headers.multi_items()} {answer.text}"


def access_line(answer: httpx.Response) -> str:
    address = answer.request.url.raw_path.decode()
    record = logging.LogRecord(
        "uvicorn.access",
        logging.INFO,
        "",
        0,
        '%s - "%s %s HTTP/%s" %d',
        ("127.0.0.1:5", answer.request.method, address, "1.1", answer.status_code),
        None,
    )
    WithoutQuery().filter(record)
    return record.getMessage()


async def visit(site: Site) -> tuple[list[httpx.Response], set[str]]:
    """Every answer of a visit in which all goes wrong once, and what must be in none of them."""
    browser = site.browser()
    address = await to_spotify(browser)
    back = site.endpoint.consent(address, "secret-code-1")
    secrets = {back["state"]}
    answers = [
        await comes_back(site.browser(), **back),
        await comes_back(browser, **back),
        await comes_back(browser, **back),
        *[await browser.get(path, headers=PAGE) for path in ("/", "/settings", "/spotify")],
        await browser.get("/api/v1/spotify"),
        await browser.get("/api/v1/session"),
        await browser.get(TOKEN),
    ]
    site.now += timedelta(hours=2)
    bodies = [httpx.Response(503, text="secret-of-spotify"), httpx.ReadError("secret-broken")]
    for trouble in bodies:
        site.endpoint.trouble = trouble
        answers.append(await browser.get(TOKEN, headers=OWN))
    site.endpoint.trouble = None
    assert (await browser.get(TOKEN, headers=OWN)).status_code == 200
    again = site.endpoint.consent(await to_spotify(browser), "secret-code-2")
    secrets.add(again["state"])
    site.endpoint.me = httpx.Response(403, text="secret-of-spotify not registered")
    answers.append(await comes_back(browser, **again))
    answers.append(await browser.delete("/api/v1/spotify"))
    answers.append(await browser.get(TOKEN, headers=OWN))
    secrets |= {form["code_verifier"] for form in site.endpoint.forms if "code_verifier" in form}
    return answers, secrets | {"secret-"}


async def test_nothing_secret_is_logged_shown_or_in_an_address(
    settings: Settings, endpoint: FakeTokenEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with_app = settings.model_copy(update={"spotify_client_id": CLIENT_ID})
    async with site_of(with_app, endpoint) as site:
        answers, secrets = await visit(site)
    assert [answer.status_code for answer in answers] == [
        *(400, 303, 400, 200, 200, 200, 200, 200, 403),
        *(502, 502, 403, 204, 401),
    ]
    said = [said_in(answer) for answer in answers] + [access_line(answer) for answer in answers]
    said += [record.getMessage() for record in caplog.records] + [caplog.text]
    assert not [text for text in said if any(secret in text for secret in secrets)]


async def test_a_searched_phrase_is_in_no_log(
    settings: Settings, endpoint: FakeTokenEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with site_of(settings, endpoint), endpoint.client() as http:
        await http.get("https://api.spotify.com/v1/me", params={"q": "calm piano"})
    assert "calm" not in caplog.text
    assert not [record for record in caplog.records if record.name == "httpx"]


async def test_spotify_is_sent_no_more_than_it_takes(
    settings: Settings, endpoint: FakeTokenEndpoint
) -> None:
    with_app = settings.model_copy(update={"spotify_client_id": CLIENT_ID})
    async with site_of(with_app, endpoint) as site:
        asked = parse_qs(urlsplit(await to_spotify(site.browser())).query)
    assert sorted(asked) == [
        *("client_id", "code_challenge", "code_challenge_method", "redirect_uri"),
        *("response_type", "scope", "state"),
    ]
