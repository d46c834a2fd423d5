"""`/v1/search` and the addresses of single items."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox import catalogue, objects
from tools.spotify_sandbox.gate import Call, Refusal, guarded, listed, number

SEARCH_DEFAULT, SEARCH_MOST, OFFSET_MOST = 5, 10, 1000
NULL_PLACES = frozenset({1, 6})  # where a page of playlists has nothing


async def search(call: Call) -> Response:
    """At most ten items of each kind that is asked for, playlists with gaps."""
    request = call.request
    query = request.query_params.get("q", "").strip()
    if not query:
        raise Refusal(400, "No search query")
    kinds = listed(request, "type", most=len(catalogue.KINDS) + 1)
    if not set(kinds) <= {*catalogue.KINDS, "audiobook"}:
        raise Refusal(400, "Bad search type field")
    limit = number(request, "limit", SEARCH_DEFAULT, least=1, most=SEARCH_MOST)
    offset = number(request, "offset", 0, least=0, most=OFFSET_MOST)
    return JSONResponse(
        {f"{kind}s": _found(call, query, kind, limit=limit, offset=offset) for kind in kinds}
    )


def _found(call: Call, query: str, kind: str, *, limit: int, offset: int) -> objects.Json:
    everything = catalogue.search(query, kind) if kind in catalogue.KINDS else ()
    items: list[objects.Json | None] = [
        objects.thing(call.origin, one) for one in everything[offset : offset + limit]
    ]
    if kind == "playlist" and call.sandbox.scenario.null_items:
        items = [None if place in NULL_PLACES else one for place, one in enumerate(items)]
    asked = {"q": query, "type": kind}
    return objects.paging(
        objects.address(f"{call.origin}/v1/search", asked),
        items,
        limit=limit,
        offset=offset,
        total=len(everything),
    )


async def one(call: Call) -> Response:
    """A single track, artist or episode."""
    kind = call.request.url.path.split("/")[-2].removesuffix("s")
    item = catalogue.find(f"spotify:{kind}:{call.request.path_params['id']}")
    if item is None:
        raise Refusal(404, "Resource not found")
    if kind == "episode":
        call.needs("user-read-playback-position")
        return JSONResponse(objects.whole_episode(call.origin, item))
    return JSONResponse(objects.thing(call.origin, item))


routes = [
    Route("/search", guarded(search)),
    Route("/tracks/{id}", guarded(one)),
    Route("/artists/{id}", guarded(one)),
    Route("/episodes/{id}", guarded(one)),
]
