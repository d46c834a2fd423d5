"""The way through the consent page, as a browser and a server go it together."""

from __future__ import annotations

from typing import Any

import httpx

from tools.spotify_sandbox.tokens import challenge_of

CLIENT_ID = "0123456789abcdef"
BACK = "http://127.0.0.1:8000/auth/callback"
VERIFIER = "verifier-" * 6


class Clock:
    """Seconds since 1970, moved by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def question(scope: str, **other: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": BACK,
        "state": "a-state",
        "scope": scope,
        "code_challenge_method": "S256",
        "code_challenge": challenge_of(VERIFIER),
    } | other


async def agreed(client: httpx.AsyncClient, scope: str, person: str = "standin-mira") -> str:
    """The code after "Agree"."""
    answer = await client.post(
        "/authorize", params=question(scope), data={"answer": "agree", "person": person}
    )
    back = httpx.URL(answer.headers["location"])
    assert (answer.status_code, back.params["state"]) == (303, "a-state")
    return back.params["code"]


async def exchanged(client: httpx.AsyncClient, code: str, **other: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": CLIENT_ID,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    return await client.post("/api/token", data=form | other)


async def refreshed(client: httpx.AsyncClient, refresh_token: str) -> httpx.Response:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": CLIENT_ID,
    }
    return await client.post("/api/token", data=form)


async def signed_in(
    client: httpx.AsyncClient, scope: str, person: str = "standin-mira"
) -> dict[str, Any]:
    """The answer of the token endpoint."""
    answer = await exchanged(client, await agreed(client, scope, person))
    assert answer.status_code == 200
    tokens: dict[str, Any] = answer.json()
    return tokens
