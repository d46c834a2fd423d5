"""The forms of a sign-in are those of Spotify, and no answer of it is too odd."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
import pytest

from emotion_stream.errors import (
    SpotifyNotSetUp,
    SpotifySignInFailed,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify import oauth
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import Grant
from emotion_stream.music.spotify.oauth import (
    STEPS,
    asked_for,
    challenge,
    ends_at,
    ends_soon,
    new_state,
    new_verifier,
    redirect_uri,
    steps_of,
)
from tests.store.moments import NOON

pytestmark = pytest.mark.anyio

ADDRESSES = SpotifyEndpoints.real()
ASKED = frozenset({"streaming", "user-read-email"})
GRANTED = {"access_token": "a", "refresh_token": "r", "expires_in": 60, "scope": "streaming"}
CALLBACK = "http://127.0.0.1:8000/auth/callback"


async def exchanged(reply: httpx.Response, seen: list[httpx.Request] | None = None) -> Grant:
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return reply

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        return await oauth.exchange(
            http, ADDRESSES, "client", "code", CALLBACK, "verifier", asked=ASKED, now=NOON
        )


async def refreshed(reply: httpx.Response, seen: list[httpx.Request] | None = None) -> Grant:
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        return reply

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        return await oauth.refresh(http, ADDRESSES, "client", "old", granted=ASKED, now=NOON)


def test_the_page_of_the_consent_is_asked_with_everything_it_takes() -> None:
    address = oauth.authorize_url(ADDRESSES, "client", CALLBACK, "state", "challenge", ASKED)
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == ADDRESSES.authorize
    assert dict(parse_qsl(parts.query)) == {
        "response_type": "code",
        "client_id": "client",
        "redirect_uri": CALLBACK,
        "state": "state",
        "scope": "streaming user-read-email",
        "code_challenge_method": "S256",
        "code_challenge": "challenge",
    }


async def test_a_code_is_exchanged_for_tokens() -> None:
    seen: list[httpx.Request] = []
    grant = await exchanged(httpx.Response(200, json=GRANTED), seen)
    assert grant == Grant("a", "r", NOON + timedelta(seconds=60), frozenset({"streaming"}))
    assert (seen[0].method, str(seen[0].url)) == ("POST", ADDRESSES.token)
    assert parse_qs(seen[0].content.decode()) == {
        "grant_type": ["authorization_code"],
        "code": ["code"],
        "redirect_uri": [CALLBACK],
        "client_id": ["client"],
        "code_verifier": ["verifier"],
    }


async def test_a_refresh_may_bring_no_new_refresh_token() -> None:
    seen: list[httpx.Request] = []
    grant = await refreshed(httpx.Response(200, json={"access_token": "b"}), seen)
    assert (grant.refresh_token, grant.scopes) == (None, ASKED)
    assert parse_qs(seen[0].content.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["old"],
        "client_id": ["client"],
    }


@pytest.mark.parametrize("told", ["soon", None, True, -5, 0, 1e12, float("nan"), [60]])
async def test_a_life_that_makes_no_sense_is_an_hour(told: object) -> None:
    grant = await exchanged(httpx.Response(200, text=json.dumps(GRANTED | {"expires_in": told})))
    assert grant.expires_at == NOON + timedelta(hours=1)


async def test_a_dead_code_and_a_dead_refresh_token_are_told_apart() -> None:
    dead = httpx.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(SpotifySignInFailed, match="Begin again"):
        await exchanged(dead)
    with pytest.raises(SpotifySignInRequired, match="Sign in again"):
        await refreshed(dead)


@pytest.mark.parametrize("status", [400, 401])
async def test_a_client_id_that_is_not_known_is_a_matter_of_the_setup(status: int) -> None:
    with pytest.raises(SpotifyNotSetUp, match="client id"):
        await exchanged(httpx.Response(status, json={"error": "invalid_client"}))


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(200, text=""),
        httpx.Response(200, text="[" * 100_000),
        httpx.Response(200, content=b"\xff\xfe"),
        httpx.Response(200, json=None),
        httpx.Response(200, json={"access_token": 7, "refresh_token": "r"}),
        httpx.Response(200, json={"access_token": "two\nlines", "refresh_token": "r"}),
        httpx.Response(200, json={"access_token": "a"}),
        httpx.Response(302, headers={"location": "https://elsewhere.example"}),
        httpx.Response(400, text="Bad Request"),
        httpx.Response(400, json={"error": ["invalid_grant"]}),
        httpx.Response(403, text="Forbidden"),
        httpx.Response(500, json={"error": "invalid_grant"}),
    ],
)
async def test_odd_answers_are_an_outage(reply: httpx.Response) -> None:
    with pytest.raises(SpotifyUnavailable):
        await exchanged(reply)


# A verifier answers for its challenge, and nothing is given twice.


def test_the_challenge_is_the_one_of_the_standard() -> None:
    # RFC 7636, appendix B
    assert (
        challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_verifiers_and_states_are_long_and_fresh() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{43,128}", new_verifier())
    assert len(new_state()) >= 43  # 256 bits
    assert len({new_verifier() for _ in range(100)} | {new_state() for _ in range(100)}) == 200


# Only addresses that Spotify takes are offered to it; for the others there is a way out.


@pytest.mark.parametrize(
    "origin",
    [
        "https://music.example.org",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
        "https://localhost",
    ],
)
def test_https_and_the_numbers_of_this_machine_serve(origin: str) -> None:
    assert redirect_uri(origin) == f"{origin}/auth/callback"


def test_localhost_is_sent_to_its_number() -> None:
    with pytest.raises(SpotifyNotSetUp, match=r"Open http://127\.0\.0\.1:8000 instead"):
        redirect_uri("http://localhost:8000")


@pytest.mark.parametrize(
    "origin", ["http://music.example.org", "http://192.168.1.5:8000", "http://127.0.0.2:8000"]
)
def test_plain_http_elsewhere_needs_tls(origin: str) -> None:
    with pytest.raises(SpotifyNotSetUp, match="TLS"):
        redirect_uri(origin)


@pytest.mark.parametrize("origin", ["", "http://", "http://a:b", "ftp://a", "http://[::1"])
def test_what_is_no_address_is_refused(origin: str) -> None:
    with pytest.raises(SpotifyNotSetUp, match="EMOTION_STREAM_PUBLIC_URL"):
        redirect_uri(origin)


# Only what a step needs is asked for, and never less than before.


def test_every_step_has_its_scopes_and_its_reason() -> None:
    assert list(STEPS) == ["listen", "personal", "keep", "heart", "follow"]
    assert all(STEPS.values())


def test_a_step_asks_for_itself_for_listening_and_for_what_was_granted() -> None:
    assert asked_for("listen") == STEPS["listen"]
    assert asked_for("heart", STEPS["keep"]) == STEPS["heart"] | STEPS["listen"] | STEPS["keep"]
    with pytest.raises(KeyError):
        asked_for("everything")


def test_a_step_is_open_when_all_of_it_is_granted() -> None:
    granted = STEPS["keep"] | {"user-library-read"}
    assert {step for step, is_open in steps_of(granted).items() if is_open} == {"keep"}


# Six months are months of the calendar.


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ((2026, 1, 1), (2026, 7, 1)),  # 181 days
        ((2026, 7, 1), (2027, 1, 1)),  # 184 days
        ((2026, 8, 31), (2027, 2, 28)),
        ((2027, 8, 31), (2028, 2, 29)),
        ((2026, 12, 31), (2027, 6, 30)),
    ],
)
def test_the_same_day_six_months_later(
    since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    assert ends_at(datetime(*since, 13, 30, tzinfo=UTC)) == datetime(*until, 13, 30, tzinfo=UTC)


def test_the_last_two_weeks_are_soon() -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    warning = ends_at(since) - timedelta(days=14)
    assert not ends_soon(since, warning - timedelta(seconds=1))
    assert ends_soon(since, warning)
    assert ends_soon(since, ends_at(since) + timedelta(days=1))
