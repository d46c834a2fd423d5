"""`/v1/me`: who signed in, their artists, their library and their playlists."""

from __future__ import annotations

import re
import secrets

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox import catalogue, objects
from tools.spotify_sandbox.gate import Call, Refusal, body_of, guarded, listed, number
from tools.spotify_sandbox.state import OwnPlaylist

PAGE_DEFAULT, PAGE_MOST, OFFSET_MOST = 20, 50, 10_000
LIBRARY_MOST, ITEMS_MOST = 40, 100
KEPT = re.compile(r"spotify:(track|album|episode|show|audiobook|user|playlist|artist):\w+")
SAVING_NEEDS = {"playlist": "playlist-modify-public", "user": "user-follow-modify"}
RANGES = ("short_term", "medium_term", "long_term")


async def me(call: Call) -> Response:
    return JSONResponse(objects.me(call.origin, call.person))


async def top(call: Call) -> Response:
    """Artists or tracks, different ones for each person; artists come without genres."""
    call.needs("user-top-read")
    kind = call.request.url.path.rsplit("/", 1)[-1]
    if call.request.query_params.get("time_range", RANGES[0]) not in RANGES:
        raise Refusal(400, "Invalid time range")
    everything = catalogue.search(call.person.id, kind.removesuffix("s"))
    if kind == "artists":
        everything = everything[: len(catalogue.BANDS)]
    limit, offset = _page(call)
    items = [objects.thing(call.origin, one) for one in everything[offset : offset + limit]]
    return JSONResponse(
        objects.paging(
            f"{call.origin}/v1/me/top/{kind}",
            items,
            limit=limit,
            offset=offset,
            total=len(everything),
        )
    )


async def change_library(call: Call) -> Response:
    uris = _kept(call)
    for uri in uris:
        call.needs(SAVING_NEEDS.get(uri.split(":")[1], "user-library-modify"))
    if call.request.method == "PUT":
        call.mine.saved.update(uris)
    else:
        call.mine.saved.difference_update(uris)
    return Response(status_code=200)


async def contains(call: Call) -> Response:
    call.needs("user-library-read", "user-follow-read", "playlist-read-private")
    return JSONResponse([uri in call.mine.saved for uri in _kept(call)])


async def make_playlist(call: Call) -> Response:
    """A new playlist, public unless the body says otherwise: that is Spotify's default."""
    body = await body_of(call.request)
    name, public = body.get("name"), body.get("public", True)
    if not isinstance(name, str) or not name.strip():
        raise Refusal(400, "Missing required field: name")
    call.needs("playlist-modify-public" if public else "playlist-modify-private")
    made = OwnPlaylist(
        id=f"standInOwn{secrets.token_hex(6)}",
        name=name,
        description=str(body.get("description") or ""),
        public=bool(public),
    )
    call.mine.playlists[made.id] = made
    return JSONResponse(_own(call, made), 201)


async def playlists(call: Call) -> Response:
    call.needs("playlist-read-private")
    limit, offset = _page(call)
    made = list(call.mine.playlists.values())
    items = [_summary(call, one) for one in made[offset : offset + limit]]
    return JSONResponse(
        objects.paging(
            f"{call.origin}/v1/me/playlists", items, limit=limit, offset=offset, total=len(made)
        )
    )


async def playlist(call: Call) -> Response:
    """One of one's own with its items; anybody else's without."""
    playlist_id = call.request.path_params["id"]
    own = call.mine.playlists.get(playlist_id)
    if own is not None:
        return JSONResponse(_own(call, own))
    item = catalogue.find(f"spotify:playlist:{playlist_id}")
    if item is None:
        raise Refusal(404, "Resource not found")
    shown = objects.playlist(call.origin, item)
    del shown["items"]
    return JSONResponse(shown)


async def items(call: Call) -> Response:
    own = _owned(call)
    call.needs("playlist-read-private")
    limit, offset = _page(call)
    return JSONResponse(_items(call, own, limit=limit, offset=offset))


async def add_items(call: Call) -> Response:
    own = _owned(call)
    call.needs("playlist-modify-public" if own.public else "playlist-modify-private")
    uris = (await body_of(call.request)).get("uris")
    if not isinstance(uris, list) or not 1 <= len(uris) <= ITEMS_MOST:
        raise Refusal(400, f"uris takes 1 to {ITEMS_MOST} items")
    if any(not isinstance(uri, str) or catalogue.find(uri) is None for uri in uris):
        raise Refusal(400, "Invalid track uri")
    own.uris.extend(uris)
    own.changes += 1
    return JSONResponse({"snapshot_id": _snapshot(own)}, 201)


def _owned(call: Call) -> OwnPlaylist:
    own = call.mine.playlists.get(call.request.path_params["id"])
    if own is None:
        raise Refusal(403, "Forbidden")
    return own


def _page(call: Call) -> tuple[int, int]:
    limit = number(call.request, "limit", PAGE_DEFAULT, least=1, most=PAGE_MOST)
    return limit, number(call.request, "offset", 0, least=0, most=OFFSET_MOST)


def _kept(call: Call) -> list[str]:
    uris = listed(call.request, "uris", most=LIBRARY_MOST)
    if not all(KEPT.fullmatch(uri) for uri in uris):
        raise Refusal(400, "Invalid URI")
    return uris


def _snapshot(own: OwnPlaylist) -> str:
    return f"{own.id}-{own.changes}"


def _summary(call: Call, own: OwnPlaylist) -> objects.Json:
    person = call.person
    return {
        "id": own.id,
        "uri": f"spotify:playlist:{own.id}",
        "name": own.name,
        "type": "playlist",
        "href": f"{call.origin}/v1/playlists/{own.id}",
        "external_urls": {"spotify": f"{call.origin}/playlist/{own.id}"},
        "description": own.description,
        "images": [],
        "collaborative": False,
        "public": own.public,
        "snapshot_id": _snapshot(own),
        "owner": objects.owner(call.origin, person.id, person.display_name),
        "items": {"href": f"{call.origin}/v1/playlists/{own.id}/items", "total": len(own.uris)},
    }


def _own(call: Call, own: OwnPlaylist) -> objects.Json:
    return {**_summary(call, own), "items": _items(call, own, limit=ITEMS_MOST, offset=0)}


def _items(call: Call, own: OwnPlaylist, *, limit: int, offset: int) -> objects.Json:
    held = [catalogue.find(uri) for uri in own.uris[offset : offset + limit]]
    return objects.paging(
        f"{call.origin}/v1/playlists/{own.id}/items",
        [
            {
                "added_at": "2026-01-01T00:00:00Z",
                "added_by": objects.added_by(call.origin, call.person),
                "is_local": False,
                "item": objects.heard(call.origin, one),
            }
            for one in held
            if one is not None
        ],
        limit=limit,
        offset=offset,
        total=len(own.uris),
    )


routes = [
    Route("/me", guarded(me)),
    Route("/me/top/artists", guarded(top)),
    Route("/me/top/tracks", guarded(top)),
    Route("/me/library", guarded(change_library), methods=["PUT", "DELETE"]),
    Route("/me/library/contains", guarded(contains)),
    Route("/me/playlists", guarded(make_playlist), methods=["POST"]),
    Route("/me/playlists", guarded(playlists), methods=["GET"]),
    Route("/playlists/{id}", guarded(playlist)),
    Route("/playlists/{id}/items", guarded(items), methods=["GET"]),
    Route("/playlists/{id}/items", guarded(add_items), methods=["POST"]),
]
