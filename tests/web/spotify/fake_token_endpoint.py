"""Spotify's side of a sign-in, as far as tests need it: codes and refresh tokens serve once."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import httpx

from emotion_stream.music.spotify.oauth import challenge

ALL = (
    "streaming user-read-email user-read-private user-modify-playback-state "
    "user-read-playback-state"
)


@dataclass
class FakeTokenEndpoint:
    """`trouble` answers the token endpoint instead; `before` is awaited ahead of each answer
    with tokens."""

    codes: dict[str, str] = field(default_factory=dict)
    alive: set[str] = field(default_factory=set)
    forms: list[dict[str, str]] = field(default_factory=list)
    account: str = "person-1"
    scope: str | None = ALL
    life_s: object = 3600
    me: httpx.Response | None = None
    trouble: httpx.Response | Exception | None = None
    before: Callable[[], Awaitable[None]] | None = None
    issued: int = 0

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def consent(self, address: str, code: str = "code-1") -> dict[str, str]:
        """The person agrees on the page at `address`: what comes back to the callback."""
        asked = parse_qs(httpx.URL(address).query.decode())
        self.codes[code] = asked["code_challenge"][0]
        return {"code": code, "state": asked["state"][0]}

    @property
    def refreshes(self) -> list[str]:
        return [form["refresh_token"] for form in self.forms if "refresh_token" in form]

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/me"):
            return self.me or httpx.Response(200, json={"account_id": self.account, "id": "x"})
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        self.forms.append(form)
        if self.before is not None:
            await self.before()
        if isinstance(self.trouble, Exception):
            raise self.trouble
        if self.trouble is not None:
            return self.trouble
        return self._granted(form)

    def _granted(self, form: dict[str, str]) -> httpx.Response:
        if "refresh_token" in form:
            known = form["refresh_token"] in self.alive
            self.alive.discard(form["refresh_token"])
        else:
            known = self.codes.pop(form["code"], None) == challenge(form["code_verifier"])
        if not known:
            return httpx.Response(400, json={"error": "invalid_grant"})
        self.issued += 1
        renewed = f"secret-refresh-{self.issued}"
        self.alive.add(renewed)
        answer = {
            "access_token": f"secret-access-{self.issued}",
            "token_type": "Bearer",
            "expires_in": self.life_s,
            "refresh_token": renewed,
        }
        if self.scope is not None:
            answer["scope"] = self.scope
        return httpx.Response(200, content=json.dumps(answer))
