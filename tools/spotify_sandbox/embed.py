"""The embedded player's frame, covers, and oEmbed: what needs no sign-in."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tools.spotify_sandbox import catalogue
from tools.spotify_sandbox.catalogue import Thing
from tools.spotify_sandbox.pages import TEMPLATES, page
from tools.spotify_sandbox.state import origin_of

FRAME_WIDTH, FRAME_HEIGHT = 456, 352
SHOWN_HOSTS = ("open.spotify.com", "127.0.0.1", "::1")
HUES = 360


async def frame(request: Request) -> Response:
    """The page in the frame: a title, a button and a tone."""
    item = _item(request)
    if item is None:
        return page("embed.html", status=404, item=None, tracks="[]")
    tracks = [
        {"name": one.name, "tune": one.tune, "duration_s": one.duration_s}
        for one in catalogue.playable(item.uri)
    ]
    return page("embed.html", item=item, tracks=json.dumps(tracks))


async def image(request: Request) -> Response:
    """A cover: two shapes whose colours come from the item."""
    item = _item(request)
    if item is None:
        return Response(status_code=404)
    svg = TEMPLATES.get_template("cover.svg").render(
        hue=item.tune % HUES, other=item.tune // HUES % HUES, size=60 + item.number % 9 * 20
    )
    return Response(
        svg, media_type="image/svg+xml", headers={"cross-origin-resource-policy": "cross-origin"}
    )


async def oembed(request: Request) -> Response:
    """What an item is called, for its address or its URI, without any key."""
    item = _addressed(request.query_params.get("url", ""))
    if item is None:
        return PlainTextResponse("Not Found", 404)
    origin = origin_of(request)
    address = f"{origin}/embed/{item.kind}/{item.id}"
    shown: dict[str, object] = {
        "html": f'<iframe src="{address}" width="100%" height="{FRAME_HEIGHT}"></iframe>',
        "iframe_url": address,
        "width": FRAME_WIDTH,
        "height": FRAME_HEIGHT,
        "version": "1.0",
        "provider_name": "Spotify",
        "provider_url": origin,
        "type": "rich",
        "title": item.name,
    }
    if item.has_cover:
        shown |= {
            "thumbnail_url": f"{origin}/image/{item.kind}/{item.id}",
            "thumbnail_width": 300,
            "thumbnail_height": 300,
        }
    return JSONResponse(shown)


def _item(request: Request) -> Thing | None:
    return catalogue.find("spotify:{kind}:{id}".format(**request.path_params))


def _addressed(address: str) -> Thing | None:
    """The item of a URI or of a page's address, or None."""
    if address.startswith("spotify:"):
        return catalogue.find(address)
    try:
        parts = urlsplit(address)
        if parts.hostname not in SHOWN_HOSTS:
            return None
    except ValueError:
        return None
    return catalogue.find(":".join(["spotify", *parts.path.strip("/").split("/")[-2:]]))


routes = [
    Route("/embed/{kind}/{id}", frame),
    Route("/image/{kind}/{id}", image),
    Route("/oembed", oembed),
    Route("/{kind}/{id}", frame),  # what stands at open.spotify.com: the last of all addresses
]
