"""Signing in to Spotify: the address of the consent, and codes and refresh tokens for tokens.

Authorization Code with PKCE, without a secret
(https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from urllib.parse import urlencode

import anyio
import httpx

from emotion_stream.errors import (
    SpotifyError,
    SpotifyNotSetUp,
    SpotifySignInFailed,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.objects import Grant

TIMEOUT_S = 10.0
USUAL_LIFE_S = 3600
LONGEST_LIFE_S = 24 * 3600
MOST_BYTES = 100_000


def authorize_url(
    addresses: SpotifyAddresses,
    client_id: str,
    redirect_uri: str,
    state: str,
    challenge: str,
    scopes: frozenset[str],
) -> str:
    """The page at Spotify where the person agrees or does not."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "scope": " ".join(sorted(scopes)),
        "code_challenge_method": "S256",
        "code_challenge": challenge,
    }
    return f"{addresses.authorize}?{urlencode(asked)}"


async def exchange(
    http: httpx.AsyncClient,
    addresses: SpotifyAddresses,
    client_id: str,
    code: str,
    redirect_uri: str,
    verifier: str,
    *,
    asked: frozenset[str],
    now: datetime,
) -> Grant:
    """The first tokens of a person, for a code that serves once.

    Raises SpotifySignInFailed where Spotify does not take the code, SpotifyNotSetUp where it does
    not know the client id, SpotifyUnavailable.
    """
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": client_id,
        "code_verifier": verifier,
    }
    status, answer = await _ask(http, addresses, form)
    if status >= 400:
        raise _refusal(answer) or SpotifySignInFailed(
            "Spotify does not take this sign-in any more. Begin again."
        )
    grant = _grant(answer, asked, now)
    if grant.refresh_token is None:
        raise SpotifyUnavailable("Spotify's answer to the sign-in is not complete. Begin again.")
    return grant


async def refresh(
    http: httpx.AsyncClient,
    addresses: SpotifyAddresses,
    client_id: str,
    refresh_token: str,
    *,
    granted: frozenset[str],
    now: datetime,
) -> Grant:
    """New tokens for a refresh token, which Spotify may replace: the old one is dead then.

    Raises SpotifySignInRequired where the refresh token is dead, SpotifyNotSetUp where Spotify
    does not know the client id, SpotifyUnavailable.
    """
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": client_id,
    }
    status, answer = await _ask(http, addresses, form)
    if status >= 400:
        raise _refusal(answer) or SpotifySignInRequired(
            "The sign-in to Spotify has ended. Sign in again."
        )
    return _grant(answer, granted, now)


async def _ask(
    http: httpx.AsyncClient, addresses: SpotifyAddresses, form: dict[str, str]
) -> tuple[int, dict[str, object]]:
    """Status and JSON object of the token endpoint: granted, or refused with a reason.

    Raises SpotifyUnavailable for everything else.
    """
    try:
        with anyio.fail_after(TIMEOUT_S):
            reply = await http.post(
                addresses.token,
                data=form,
                headers={"accept": "application/json"},
                timeout=TIMEOUT_S,
                follow_redirects=False,  # a redirect would carry the form elsewhere
            )
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        # Not chained: the request of the error carries the form, and the form a secret.
        raise SpotifyUnavailable("Spotify does not answer the sign-in. Try again later.") from None
    answer = _object(reply.content)
    refused = reply.status_code in (400, 401) and "error" in answer
    if not answer or not (reply.is_success or refused):
        raise SpotifyUnavailable(
            f"Spotify answers the sign-in with status {reply.status_code}. Try again later."
        )
    return reply.status_code, answer


def _object(body: bytes) -> dict[str, object]:
    """The JSON object in a body, empty where there is none."""
    try:
        read = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _refusal(answer: dict[str, object]) -> SpotifyError | None:
    """What a status of 400 means, None for `invalid_grant`: the caller knows whose grant it was."""
    match answer.get("error"):
        case "invalid_grant":
            return None
        case "invalid_client" | "unauthorized_client":
            return SpotifyNotSetUp(
                "Spotify does not know the client id of this installation. Enter it again."
            )
        case _:
            return SpotifyUnavailable("Spotify refuses the sign-in without a reason we know.")


def _grant(answer: dict[str, object], asked: frozenset[str], now: datetime) -> Grant:
    access, renewed = answer.get("access_token"), answer.get("refresh_token")
    if not isinstance(access, str) or not _is_token(access):
        raise SpotifyUnavailable("Spotify's answer to the sign-in has no token. Try again later.")
    return Grant(
        access_token=access,
        refresh_token=renewed if isinstance(renewed, str) and _is_token(renewed) else None,
        expires_at=now + timedelta(seconds=_life_s(answer.get("expires_in"))),
        scopes=_scopes(answer.get("scope"), asked),
    )


def _is_token(text: str) -> bool:
    """Fit for a header; anything else would fail there, with the token in the message."""
    return 0 < len(text) <= 8192 and text.isascii() and text.isprintable() and " " not in text


def _life_s(told: object) -> float:
    """A life that makes no sense is taken as the usual hour: a 401 corrects what is too long."""
    if isinstance(told, bool) or not isinstance(told, int | float):
        return USUAL_LIFE_S
    return float(told) if 0 < told <= LONGEST_LIFE_S else USUAL_LIFE_S


def _scopes(told: object, asked: frozenset[str]) -> frozenset[str]:
    """What is granted; an answer without scopes grants what was asked (RFC 6749, section 5.1)."""
    return frozenset(told.split()) if isinstance(told, str) else asked
