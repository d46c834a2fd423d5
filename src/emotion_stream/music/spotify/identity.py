"""Whose token it is: the one question of a sign-in, asked before anything is kept."""

from __future__ import annotations

import json

import anyio
import httpx

from emotion_stream.errors import (
    SpotifyNotOnList,
    SpotifyOwnerNeedsPremium,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.objects import Person

TIMEOUT_S = 10.0
LONGEST_ID = 255


async def person(http: httpx.AsyncClient, addresses: SpotifyAddresses, token: str) -> Person:
    """Who a token belongs to.

    Raises SpotifyNotOnList and SpotifyOwnerNeedsPremium, which Spotify says only here and not
    during the consent, or SpotifyUnavailable.
    """
    try:
        with anyio.fail_after(TIMEOUT_S):
            reply = await http.get(
                f"{addresses.api}/me",
                headers={"authorization": f"Bearer {token}"},
                timeout=TIMEOUT_S,
            )
    except (httpx.HTTPError, TimeoutError):
        raise SpotifyUnavailable("Spotify does not answer. Try again later.") from None
    if reply.status_code == 403:
        _explain(reply.text)
    if not reply.is_success:
        raise SpotifyUnavailable(
            f"Spotify does not say who signed in (status {reply.status_code}). Try again later."
        )
    return _read(reply.content)


def _explain(body: str) -> None:
    if "premium subscription required for the owner" in body.lower():
        raise SpotifyOwnerNeedsPremium(
            "The owner of this server's Spotify app has no Premium, and so nobody can use it."
        )
    if "not registered" in body.lower():
        raise SpotifyNotOnList(
            "You are not on the list of this server's Spotify app. Ask its owner to add you: "
            "it takes your name and the e-mail address you use at Spotify."
        )


def _read(body: bytes) -> Person:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    told = read if isinstance(read, dict) else {}
    for name in ("account_id", "id"):
        found = told.get(name)
        if isinstance(found, str) and 0 < len(found) <= LONGEST_ID:
            return Person(found)
    raise SpotifyUnavailable("Spotify does not say who signed in. Try again later.")
