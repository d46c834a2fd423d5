"""The forms of a sign-in are those of Spotify, and no answer of it is too odd."""

from __future__ import annotations

import json
from datetime import timedelta
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
