"""Signing in to Spotify: authorisation code with PKCE (RFC 7636), scopes, redirect, refresh.

Where a person is sent, what they are asked to allow, one step at a time, where Spotify sends them
back to, and how codes and refresh tokens become tokens. A consent lasts six months of the calendar.
"""

from __future__ import annotations

import base64
import calendar
import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import SplitResult, urlencode, urlsplit

import anyio
import httpx

from emotion_stream.errors import (
    SpotifyError,
    SpotifyNotSetUp,
    SpotifySignInFailed,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import Grant

# Signing in to Spotify: the address of the consent, and codes and refresh tokens for tokens.
#
# Authorization Code with PKCE, without a secret
# (https://developer.spotify.com/documentation/web-api/tutorials/code-pkce-flow).

TIMEOUT_S = 10.0
USUAL_LIFE_S = 3600
LONGEST_LIFE_S = 24 * 3600
MOST_BYTES = 100_000


def authorize_url(
    addresses: SpotifyEndpoints,
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
        # `plain` would show the verifier to whoever sees this address (RFC 7636, section 7.2).
        "code_challenge_method": "S256",
        "code_challenge": challenge,
    }
    return f"{addresses.authorize}?{urlencode(asked)}"


async def exchange(
    http: httpx.AsyncClient,
    addresses: SpotifyEndpoints,
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
    # It may be absent after a refresh only: without the first one nobody stays signed in.
    if grant.refresh_token is None:
        raise SpotifyUnavailable("Spotify's answer to the sign-in is not complete. Begin again.")
    return grant


async def refresh(
    http: httpx.AsyncClient,
    addresses: SpotifyEndpoints,
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
    http: httpx.AsyncClient, addresses: SpotifyEndpoints, form: dict[str, str]
) -> tuple[int, dict[str, object]]:
    """Status and JSON object of the token endpoint: granted, or refused with a reason.

    Raises SpotifyUnavailable for everything else.
    """
    try:
        # Twice: httpx times each wait for bytes, and an answer that drips in would never end.
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
    # How a token endpoint refuses (RFC 6749, section 5.2); all else is no answer of one.
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


# What ties a sign-in to the one who began it: a state, and a verifier with its challenge.

VERIFIER_BYTES = 64  # 86 characters; RFC 7636, section 4.1, takes 43 to 128
# Against a code that another site slips in (RFC 6749, section 10.12).
STATE_BYTES = 32


def new_verifier() -> str:
    """A fresh secret of 512 bits that never leaves the server before the code is exchanged."""
    return secrets.token_urlsafe(VERIFIER_BYTES)


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    # Without padding (RFC 7636, appendix A).
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def new_state() -> str:
    """A fresh value of 256 bits that comes back with the code."""
    return secrets.token_urlsafe(STATE_BYTES)


# Where Spotify sends a person back to, and which addresses it takes for that.
#
# Since November 2025 it takes https, and plain http only for the numbers of this machine
# (https://developer.spotify.com/documentation/web-api/concepts/redirect_uri).

# No hyphen in it: on a loopback address they failed for others
# (https://github.com/n8n-io/n8n/issues/25805).
CALLBACK = "/auth/callback"
LOOPBACK_NUMBERS = frozenset({"127.0.0.1", "::1"})


def redirect_uri(origin: str) -> str:
    """The redirect URI of a server at `origin`, such as http://127.0.0.1:8000.

    Raises SpotifyNotSetUp with the way out where Spotify would refuse it.
    """
    parts = _split(origin)
    if parts.scheme == "https" or parts.hostname in LOOPBACK_NUMBERS:
        return f"{parts.scheme}://{parts.netloc}{CALLBACK}"
    if parts.hostname == "localhost":
        raise SpotifyNotSetUp(
            f"Spotify refuses the name localhost. Open {_with_number(parts)} instead."
        )
    raise SpotifyNotSetUp(
        f"Spotify sends people back only to https or to http://127.0.0.1 on their own machine, "
        f"not to {origin[:100]}. Put this server behind TLS and set EMOTION_STREAM_PUBLIC_URL."
    )


def _with_number(parts: SplitResult) -> str:
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://127.0.0.1{port}"


def _split(origin: str) -> SplitResult:
    try:
        parts = urlsplit(origin)
        _ = parts.port  # read here, where a broken one is caught
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme in ("https", "http") and parts.hostname:
        return parts
    raise SpotifyNotSetUp(
        f"{origin[:100]!r} is no address of a page. Set EMOTION_STREAM_PUBLIC_URL."
    )


# What a person is asked to allow, one step at a time.
#
# Spotify asks for consent again where a later step needs more
# (https://developer.spotify.com/documentation/web-api/concepts/scopes).

LISTEN = "listen"

STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        LISTEN: frozenset(
            {
                "streaming",
                "user-read-email",
                "user-read-private",
                "user-modify-playback-state",
                "user-read-playback-state",
            }
        ),
        "personal": frozenset({"user-top-read"}),
        "keep": frozenset({"playlist-modify-private"}),
        "heart": frozenset({"user-library-modify", "user-library-read"}),
        "follow": frozenset({"playlist-modify-public", "user-library-modify"}),
    }
)


def asked_for(step: str, granted: frozenset[str] = frozenset()) -> frozenset[str]:
    """What to ask for: the step, what listening takes, and what was granted before.

    A new consent replaces the old one, and so it must not ask for less. Raises KeyError where
    there is no such step.
    """
    return STEPS[step] | STEPS[LISTEN] | granted


def steps_of(granted: frozenset[str]) -> dict[str, bool]:
    """For each step whether what it needs is granted."""
    return {step: needed <= granted for step, needed in STEPS.items()}


# How long a consent lasts: six months of the calendar, whatever is refreshed meanwhile
# (https://developer.spotify.com/blog/2026-06-18-refresh-token-expiration).

MONTHS = 6
WARN_BEFORE = timedelta(days=14)


def ends_at(authorized_at: datetime) -> datetime:
    """The same day six months later, or the last of a month that is too short for it."""
    months = authorized_at.month - 1 + MONTHS
    year, month = authorized_at.year + months // 12, months % 12 + 1
    day = min(authorized_at.day, calendar.monthrange(year, month)[1])
    return authorized_at.replace(year=year, month=month, day=day)


def ends_soon(authorized_at: datetime, now: datetime) -> bool:
    """True within the last two weeks, and after them."""
    return now >= ends_at(authorized_at) - WARN_BEFORE
