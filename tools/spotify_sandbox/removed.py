"""Calls that a new app no longer has: each answers a bare 403 since February 2026."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tools.spotify_sandbox.gate import Refusal, answer_to
from tools.spotify_sandbox.state import sandbox_of

SAVING = ("PUT", "DELETE")
KINDS_SAVED = ("albums", "audiobooks", "episodes", "shows", "tracks", "following")
BATCHES = ("albums", "artists", "audiobooks", "chapters", "episodes", "shows", "tracks")
REMOVED: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((f"/{kind}", ("GET",)) for kind in BATCHES),
    *((f"/me/{kind}", SAVING) for kind in KINDS_SAVED),
    *((f"/me/{kind}/contains", ("GET",)) for kind in KINDS_SAVED),
    ("/artists/{id}/top-tracks", ("GET",)),
    ("/artists/{id}/related-artists", ("GET",)),
    ("/audio-analysis/{id}", ("GET",)),
    ("/audio-features", ("GET",)),
    ("/audio-features/{id}", ("GET",)),
    ("/browse/categories", ("GET",)),
    ("/browse/categories/{id}", ("GET",)),
    ("/browse/categories/{id}/playlists", ("GET",)),
    ("/browse/featured-playlists", ("GET",)),
    ("/browse/new-releases", ("GET",)),
    ("/markets", ("GET",)),
    ("/playlists/{id}/followers", SAVING),
    ("/playlists/{id}/followers/contains", ("GET",)),
    ("/playlists/{id}/tracks", ("GET", "POST", *SAVING)),
    ("/recommendations", ("GET",)),
    ("/recommendations/available-genre-seeds", ("GET",)),
    ("/users/{id}", ("GET",)),
    ("/users/{id}/playlists", ("GET", "POST")),
)


async def forbidden(request: Request) -> Response:
    return answer_to(Refusal(403, "Forbidden"), sandbox_of(request).scenario)


async def unknown(request: Request) -> Response:
    return answer_to(Refusal(404, "Service not found"), sandbox_of(request).scenario)


routes = [Route(path, forbidden, methods=list(methods)) for path, methods in REMOVED]
