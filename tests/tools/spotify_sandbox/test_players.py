"""The players of the stand-in: devices, their commands, the embed and its covers."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.tools.spotify_sandbox.signing_in import signed_in
from tools.spotify_sandbox import catalogue
from tools.spotify_sandbox.devices import MOST_WAITING, Devices
from tools.spotify_sandbox.state import Sandbox

pytestmark = pytest.mark.anyio

TRACK = catalogue.things("track")[4]
EPISODE = catalogue.things("episode")[4]
SHOW = catalogue.things("show")[4]
PLAYLIST = catalogue.things("playlist")[4]


async def connected(client: httpx.AsyncClient) -> dict[str, str]:
    answer: dict[str, str] = (await client.post("/sdk/devices", json={"name": "Page"})).json()
    return answer


async def told(sandbox: Sandbox, device_id: str) -> dict[str, object]:
    """The next command that waits for a player."""
    device = sandbox.devices.by_id(device_id)
    assert device is not None
    command = device.commands.get_nowait()
    assert command is not None
    return command


@pytest.mark.parametrize(
    ("switches", "error"),
    [
        ({"eme": False}, "initialization_error"),
        ({"premium": False}, "account_error"),
        ({"on_list": False}, "account_error"),
    ],
)
async def test_a_player_that_cannot_start_is_told_its_event(
    mira: httpx.AsyncClient, sandbox: Sandbox, switches: dict[str, object], error: str
) -> None:
    sandbox.scenario = sandbox.scenario.changed(switches)
    assert (await connected(mira))["error"] == error


async def test_a_token_without_the_three_scopes_is_an_authentication_error(
    visitor: httpx.AsyncClient,
) -> None:
    assert (await connected(visitor))["error"] == "authentication_error"
    tokens = await signed_in(visitor, "streaming user-read-email")
    visitor.headers["authorization"] = f"Bearer {tokens['access_token']}"
    assert (await connected(visitor))["error"] == "authentication_error"


@pytest.mark.parametrize(
    ("body", "heard", "belongs_to", "index"),
    [
        ({"uris": [TRACK.uri]}, (TRACK.uri,), None, 0),
        ({"uris": [EPISODE.uri]}, (EPISODE.uri,), None, 0),
        ({"context_uri": PLAYLIST.uri}, PLAYLIST.tracks, PLAYLIST.uri, 0),
        (
            {"context_uri": SHOW.uri, "offset": {"uri": SHOW.tracks[2]}},
            SHOW.tracks,
            SHOW.uri,
            2,
        ),
        (
            {"context_uri": PLAYLIST.uri, "offset": {"position": 1}},
            PLAYLIST.tracks,
            PLAYLIST.uri,
            1,
        ),
    ],
)
async def test_play_loads_what_was_asked(
    mira: httpx.AsyncClient,
    sandbox: Sandbox,
    body: dict[str, object],
    heard: tuple[str, ...],
    belongs_to: str | None,
    index: int,
) -> None:
    device_id = (await connected(mira))["device_id"]
    answer = await mira.put("/v1/me/player/play", params={"device_id": device_id}, json=body)
    assert answer.status_code == 204
    command = await told(sandbox, device_id)
    tracks = json.loads(json.dumps(command["tracks"]))
    assert [track["uri"] for track in tracks] == list(heard)
    assert command["index"] == index
    assert command["context"] == belongs_to


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"uris": [TRACK.uri], "context_uri": PLAYLIST.uri}, 400),
        ({"context_uri": TRACK.uri}, 400),
        ({"uris": ["spotify:track:unknown"]}, 404),
        ({"uris": "spotify:track:unknown"}, 400),
        ({"context_uri": "spotify:playlist:unknown"}, 404),
    ],
)
async def test_play_refuses_what_cannot_be_played(
    mira: httpx.AsyncClient, body: dict[str, object], status: int
) -> None:
    device_id = (await connected(mira))["device_id"]
    answer = await mira.put("/v1/me/player/play", params={"device_id": device_id}, json=body)
    assert answer.status_code == status


async def test_without_a_device_there_is_nothing_to_play_on(mira: httpx.AsyncClient) -> None:
    answer = await mira.put("/v1/me/player/play", json={"uris": [TRACK.uri]})
    assert answer.json()["error"]["reason"] == "NO_ACTIVE_DEVICE"
    two = await mira.put("/v1/me/player", json={"device_ids": ["a", "b"]})
    assert two.status_code == 400


async def test_playback_that_moves_on_tells_the_player_before(
    mira: httpx.AsyncClient, sandbox: Sandbox
) -> None:
    first = (await connected(mira))["device_id"]
    second = (await connected(mira))["device_id"]
    for device_id in (first, second):
        await mira.put("/v1/me/player", json={"device_ids": [device_id], "play": False})
    assert await told(sandbox, first) == {"do": "elsewhere"}
    listed = (await mira.get("/v1/me/player/devices")).json()["devices"]
    assert {one["id"]: one["is_active"] for one in listed} == {first: False, second: True}


async def test_a_queued_item_waits_until_it_is_played(mira: httpx.AsyncClient) -> None:
    device_id = (await connected(mira))["device_id"]
    await mira.put("/v1/me/player", json={"device_ids": [device_id]})
    await mira.post("/v1/me/player/queue", params={"uri": EPISODE.uri})
    waiting = (await mira.get("/v1/me/player/queue")).json()
    assert [one["uri"] for one in waiting["queue"]] == [EPISODE.uri]
    await mira.post(f"/sdk/devices/{device_id}/state", json={"uri": EPISODE.uri, "paused": False})
    after = (await mira.get("/v1/me/player/queue")).json()
    assert (after["queue"], after["currently_playing"]["uri"]) == ([], EPISODE.uri)


async def test_a_player_hears_its_commands_until_it_is_disconnected() -> None:
    devices = Devices()
    device = devices.connect("standin-mira", "Page")
    devices.tell(device, "pause")
    events = devices.events(device, beat_s=0.01)
    assert (await anext(events)).startswith(":")
    assert json.loads((await anext(events)).removeprefix("data: ")) == {"do": "pause"}
    assert (await anext(events)).startswith(": still here")
    devices.disconnect(device.id)
    assert [event async for event in events if not event.startswith(":")] == []


def test_a_page_that_no_longer_listens_fills_no_memory() -> None:
    devices = Devices()
    device = devices.connect("standin-mira", "Page")
    for position_ms in range(MOST_WAITING + 5):
        devices.tell(device, "seek", position_ms=position_ms)
    assert device.commands.qsize() == MOST_WAITING
    assert device.commands.get_nowait() == {"do": "seek", "position_ms": 5}


@pytest.mark.parametrize("item", [TRACK, EPISODE, SHOW, PLAYLIST])
async def test_the_embed_shows_its_item_without_any_token(
    visitor: httpx.AsyncClient, item: catalogue.Thing
) -> None:
    frame = await visitor.get(f"/embed/{item.kind}/{item.id}")
    assert frame.status_code == 200
    assert f"<h1>{item.name}</h1>" in frame.text
    assert "frame-ancestors" not in frame.headers["content-security-policy"]
    assert (await visitor.get("/embed/track/unknown")).status_code == 404


async def test_a_cover_is_a_picture_and_some_have_none(visitor: httpx.AsyncClient) -> None:
    cover = await visitor.get(f"/image/track/{TRACK.id}")
    assert cover.headers["content-type"] == "image/svg+xml"
    assert cover.text.startswith("<svg")
    assert {one.has_cover for one in catalogue.things("playlist")} == {True, False}


@pytest.mark.parametrize(
    "address",
    [
        f"https://open.spotify.com/show/{SHOW.id}",
        f"https://open.spotify.com/show/{SHOW.id}?si=1",
        SHOW.uri,
        f"http://127.0.0.1:8765/show/{SHOW.id}",
    ],
)
async def test_oembed_knows_a_title(visitor: httpx.AsyncClient, address: str) -> None:
    answer = await visitor.get("/oembed", params={"url": address})
    assert (answer.json()["title"], answer.json()["type"]) == (SHOW.name, "rich")


@pytest.mark.parametrize("address", ["", "https://elsewhere.example/show/a", "http://[", "a:b"])
async def test_oembed_does_not_know_other_addresses(
    visitor: httpx.AsyncClient, address: str
) -> None:
    assert (await visitor.get("/oembed", params={"url": address})).status_code == 404


def test_nothing_in_the_catalogue_can_be_taken_for_spotifys() -> None:
    for kind in catalogue.KINDS:
        for item in catalogue.things(kind):
            assert item.id.startswith("standIn")
            assert len(item.id) == catalogue.ID_LENGTH
            assert all(catalogue.find(uri) is not None for uri in item.tracks)


def test_heard_items_are_short_enough_to_hear_their_end() -> None:
    for kind in ("track", "episode"):
        assert all(
            catalogue.SHORTEST_S <= item.duration_s <= catalogue.LONGEST_S
            for item in catalogue.things(kind)
        )
