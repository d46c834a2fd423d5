"""What the stand-in answers has the shape that Spotify describes."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.routing import Mount, Route

from tests.tools.spotify_sandbox.contract import Contract
from tools.spotify_sandbox import catalogue
from tools.spotify_sandbox.app import create_sandbox
from tools.spotify_sandbox.removed import REMOVED
from tools.spotify_sandbox.state import Sandbox

pytestmark = pytest.mark.anyio

TRACK = catalogue.things("track")[0]
EPISODE = catalogue.things("episode")[0]
ARTIST = catalogue.things("artist")[0]
PLAYLIST = catalogue.things("playlist")[1]
EVERY_KIND = "album,artist,playlist,track,show,episode"
READ = [
    f"/search?q=calm&type={EVERY_KIND}&limit=10",
    "/search?q=calm&type=playlist&limit=10&offset=50",
    "/me",
    "/me/top/artists?limit=50",
    "/me/top/tracks?time_range=long_term",
    "/me/playlists",
    "/me/player",
    "/me/player/devices",
    "/me/player/queue",
    f"/me/library/contains?uris={TRACK.uri},{PLAYLIST.uri}",
    f"/tracks/{TRACK.id}",
    f"/artists/{ARTIST.id}",
    f"/episodes/{EPISODE.id}",
    f"/playlists/{PLAYLIST.id}",
]


async def asked(client: httpx.AsyncClient, address: str) -> httpx.Response:
    return await client.get(f"/v1{address}")


@pytest.mark.parametrize("address", READ)
async def test_an_answer_is_as_described(
    mira: httpx.AsyncClient, contract: Contract, address: str
) -> None:
    answer = await asked(mira, address)
    assert answer.status_code in (200, 204)
    contract.check_reply(answer, address.partition("?")[0])


@pytest.mark.parametrize("kind", catalogue.KINDS)
async def test_every_item_is_as_described(
    mira: httpx.AsyncClient, contract: Contract, kind: str
) -> None:
    for offset in range(0, catalogue.PER_KIND, 10):
        answer = await asked(mira, f"/search?q=x&type={kind}&limit=10&offset={offset}")
        contract.check_reply(answer, "/search")
        assert len(answer.json()[f"{kind}s"]["items"]) == 10


async def test_a_kept_playlist_is_as_described(mira: httpx.AsyncClient, contract: Contract) -> None:
    made = await mira.post("/v1/me/playlists", json={"name": "Kept", "public": False})
    contract.check_reply(made, "/me/playlists")
    items = f"/playlists/{made.json()['id']}/items"
    added = await mira.post(f"/v1{items}", json={"uris": [TRACK.uri, EPISODE.uri]})
    contract.check_reply(added, items)
    for address in (items, items.removesuffix("/items"), "/me/playlists"):
        answer = await asked(mira, address)
        assert answer.status_code == 200
        contract.check_reply(answer, address)


async def test_what_plays_is_as_described(
    mira: httpx.AsyncClient, contract: Contract, sandbox: Sandbox
) -> None:
    player = (await mira.post("/sdk/devices", json={"name": "Here"})).json()["device_id"]
    calls = [
        ("PUT", "/me/player", {}, {"device_ids": [player], "play": False}),
        ("PUT", "/me/player/play", {"device_id": player}, {"uris": [TRACK.uri]}),
        ("POST", "/me/player/queue", {"uri": EPISODE.uri}, None),
        ("POST", "/me/player/next", {}, None),
        ("POST", "/me/player/previous", {}, None),
        ("PUT", "/me/player/seek", {"position_ms": "1000"}, None),
        ("PUT", "/me/player/volume", {"volume_percent": "30"}, None),
        ("PUT", "/me/player/pause", {}, None),
    ]
    for method, path, query, body in calls:
        answer = await mira.request(method, f"/v1{path}", params=query, json=body)
        assert answer.status_code == 204, path
        contract.check_reply(answer, path)
    for item in (TRACK, EPISODE):
        told = {"uri": item.uri, "paused": False, "position_ms": 1500}
        await mira.post(f"/sdk/devices/{player}/state", json=told)
        for path in ("/me/player", "/me/player/currently-playing", "/me/player/queue"):
            contract.check_reply(await asked(mira, path), path)
        assert (await asked(mira, "/me/player")).json()["item"]["uri"] == item.uri


@pytest.mark.parametrize(
    ("switches", "status"),
    [
        ({"on_list": False}, 403),
        ({"quota": "retry_after"}, 429),
        ({"quota": "no_header"}, 429),
        ({"quota": "reason"}, 429),
    ],
)
async def test_a_refusal_is_as_described(
    mira: httpx.AsyncClient,
    contract: Contract,
    sandbox: Sandbox,
    switches: dict[str, object],
    status: int,
) -> None:
    sandbox.scenario = sandbox.scenario.changed(switches)
    for address in READ:
        answer = await asked(mira, address)
        assert answer.status_code == status
        contract.check_reply(answer, address.partition("?")[0])


async def test_no_token_and_a_wrong_argument_are_refused_as_described(
    visitor: httpx.AsyncClient, contract: Contract
) -> None:
    answer = await asked(visitor, "/me")
    assert answer.status_code == 401
    contract.check_reply(answer, "/me")


async def test_every_deprecated_operation_is_forbidden(
    mira: httpx.AsyncClient, contract: Contract
) -> None:
    gone = [(one, path) for one, path, what in contract.operations() if what.get("deprecated")]
    assert len(gone) > 40
    for method, path in gone:
        answer = await mira.request(method, f"/v1{re.sub('{[^}]+}', 'any', path)}")
        assert answer.status_code == 403, f"{method} {path}"
        assert answer.json() == {"error": {"status": 403, "message": "Forbidden"}}


def test_what_the_stand_in_knows_is_what_spotify_has(contract: Contract) -> None:
    [api] = [one for one in create_sandbox().routes if isinstance(one, Mount) and one.path == "/v1"]
    removed = {path for path, _ in REMOVED}
    for route in api.routes:
        assert isinstance(route, Route)
        if route.path == "/{path:path}":
            continue
        for method in (route.methods or set()) - {"HEAD"}:
            _, operation = contract.operation(method, route.path)
            assert bool(operation.get("deprecated")) == (route.path in removed), route.path


@pytest.mark.parametrize(
    "broken",
    [
        {"id": 3},
        {"product": "premium"},
        {"images": [{"url": "http://127.0.0.1/cover"}]},
    ],
)
def test_the_contract_refuses_what_is_not_described(
    contract: Contract, broken: dict[str, object]
) -> None:
    request = httpx.Request("GET", "http://127.0.0.1/v1/me")
    contract.check_reply(httpx.Response(200, json={"id": "a"}, request=request), "/me")
    with pytest.raises(AssertionError):
        contract.check_reply(httpx.Response(200, json=broken, request=request), "/me")


def test_nulls_may_stand_for_playlists_alone(contract: Contract) -> None:
    request = httpx.Request("GET", "http://127.0.0.1/v1/search")
    page = {"href": "", "limit": 1, "offset": 0, "total": 1, "next": None, "previous": None}

    def answered(kind: str) -> httpx.Response:
        return httpx.Response(200, json={kind: page | {"items": [None]}}, request=request)

    contract.check_reply(answered("playlists"), "/search")
    with pytest.raises(AssertionError):
        contract.check_reply(answered("tracks"), "/search")
