"""Spotify's side of everything a page asks, in memory and in invented words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import httpx

from tests.web.spotify.fake_token_endpoint import FakeTokenEndpoint


@dataclass
class WebApi(FakeTokenEndpoint):
    """Signs in as the LoginDesk does, and answers the Web API; `refusals` come first."""

    asked: list[tuple[str, str, dict[str, str], object]] = field(default_factory=list)
    refusals: list[httpx.Response] = field(default_factory=list)

    def count(self, path: str) -> int:
        return sum(asked[1] == path for asked in self.asked)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v1")
        if path == request.url.path or path == "/me":
            return await super()._answer(request)
        assert request.headers["authorization"].startswith("Bearer secret-access-")
        body = json.loads(request.content) if request.content else None
        self.asked.append((request.method, path, dict(request.url.params), body))
        if self.refusals:
            return self.refusals.pop(0)
        return self._of_api(path, dict(request.url.params))

    def _of_api(self, path: str, params: dict[str, str]) -> httpx.Response:
        if path == "/search":
            return httpx.Response(200, json=found(params["q"]))
        if path == "/me/top/artists":
            return httpx.Response(200, json={"items": [{"id": "artist3"}]})
        if path == "/me/library/contains":
            return httpx.Response(200, json=[True] * len(params["uris"].split(",")))
        if path == "/me/playlists":
            return httpx.Response(201, json=_named("playlist", 9, "Mine"))
        if path.endswith("/items"):
            return httpx.Response(201, json={"snapshot_id": "s"})
        return httpx.Response(204)


def found(query: str) -> dict[str, object]:
    """A search with nulls, as Spotify answers since February 2026."""
    playlists = [_named("playlist", n, f"{query} {n}", items={"total": 40}) for n in range(6)]
    tracks = [
        _named("track", n, f"Song {n}", duration_ms=200_000, artists=[_artist(n)]) for n in range(5)
    ]
    shows = [_named("show", 0, "Talk", total_episodes=9, languages=["en"])]
    return {
        "playlists": {"items": [None, *playlists]},
        "tracks": {"items": tracks},
        "shows": {"items": shows},
        "episodes": {"items": [None]},
    }


def _artist(number: int) -> dict[str, str]:
    return {"id": f"artist{number}", "name": f"Artist {number}"}


def _named(kind: str, number: int, name: str, **more: object) -> dict[str, object]:
    return {
        "id": f"{kind}{number}",
        "uri": f"spotify:{kind}:{kind}{number}",
        "name": name,
        "type": kind,
        "images": [{"url": "https://i.scdn.co/image/1", "width": 300, "height": 300}],
        **more,
    }
