"""What our client asks is what Spotify describes, and what the stand-in answers is understood."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest

from emotion_stream.errors import (
    SpotifyError,
    SpotifyNoDevice,
    SpotifyNotOnList,
    SpotifyOwnerNeedsPremium,
    SpotifyPaused,
    SpotifyPremiumRequired,
    SpotifyScopeMissing,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.client import SpotifyClient
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import SpotifyKind
from emotion_stream.music.spotify.transport import Budget, Transport
from tests.music.spotify.fake_spotify import MemoryLedger
from tests.tools.spotify_sandbox.conftest import ORIGIN
from tests.tools.spotify_sandbox.contract import Contract
from tests.tools.spotify_sandbox.signing_in import signed_in
from tools.spotify_sandbox import catalogue
from tools.spotify_sandbox.accounts import SCOPES
from tools.spotify_sandbox.app import create_sandbox
from tools.spotify_sandbox.state import Sandbox

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TRACK = catalogue.things("track")[3].uri
EPISODE = catalogue.things("episode")[3].uri
PLAYLIST = catalogue.things("playlist")[3].uri
SHOW = catalogue.things("show")[3].uri


@pytest.fixture
def requests() -> list[httpx.Request]:
    return []


@pytest.fixture
async def http(
    sandbox: Sandbox, requests: list[httpx.Request], anyio_backend: str
) -> AsyncIterator[httpx.AsyncClient]:
    async def note(request: httpx.Request) -> None:
        requests.append(request)

    transport = httpx.ASGITransport(app=create_sandbox(sandbox))
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, event_hooks={"request": [note]}
    ) as client:
        yield client


@pytest.fixture
def client(http: httpx.AsyncClient) -> SpotifyClient:
    budget = Budget(MemoryLedger(), searches_per_day=100, clock=lambda: NOW)
    addresses = SpotifyEndpoints.stand_in(ORIGIN)
    return SpotifyClient(Transport(http, addresses, budget, clock=lambda: NOW, spacing_s=0))


@pytest.fixture
async def token(http: httpx.AsyncClient, requests: list[httpx.Request]) -> str:
    access: str = (await signed_in(http, " ".join(SCOPES)))["access_token"]
    requests.clear()
    return access


async def test_every_request_is_as_described(
    client: SpotifyClient,
    http: httpx.AsyncClient,
    token: str,
    requests: list[httpx.Request],
    contract: Contract,
) -> None:
    device = await player(http, token)
    requests.clear()
    await client.search(token, "calm piano", offset=20, market="DE")
    await client.me(token)
    await client.top_artists(token)
    for uri in (TRACK, EPISODE, PLAYLIST, SHOW):
        await client.play(token, device_id=device, uri=uri)
    await client.save(token, TRACK)
    await client.unsave(token, TRACK)
    await client.saved(token, [TRACK, PLAYLIST])
    await client.create_playlist(token, "Kept", [TRACK, EPISODE])
    asked = {(one.method, one.url.path.split("/")[2]) for one in requests}
    assert asked >= {("GET", "search"), ("PUT", "me"), ("DELETE", "me"), ("POST", "playlists")}
    for request in requests:
        contract.check_request(request, request.url.path.removeprefix("/v1"))


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("GET", "/search?q=calm&type=track&limit=11", None),
        ("GET", "/search?type=track", None),
        ("GET", "/me?market=DE", None),
        ("GET", "/recommendations?limit=5", None),
        ("PUT", "/me/player", {"play": True}),
        ("PUT", "/me/library", {"uris": ["spotify:track:a"]}),
        ("POST", "/me/playlists", {"name": "Kept", "private": True}),
    ],
)
def test_the_contract_refuses_what_may_not_be_asked(
    contract: Contract, method: str, address: str, body: dict[str, object] | None
) -> None:
    request = httpx.Request(method, f"{ORIGIN}/v1{address}", json=body)
    with pytest.raises(AssertionError):
        contract.check_request(request, address.partition("?")[0])


async def test_a_search_gives_items_of_every_kind_and_no_nulls(
    client: SpotifyClient, token: str, sandbox: Sandbox
) -> None:
    found = await client.search(token, "calm piano")
    assert len(found.of(SpotifyKind.PLAYLIST)) == 8
    for kind in (SpotifyKind.TRACK, SpotifyKind.SHOW, SpotifyKind.EPISODE):
        assert len(found.of(kind)) == 10
    for kind in SpotifyKind:
        for item in found.of(kind):
            invented = catalogue.find(item.uri)
            assert invented is not None
            assert item.name == invented.name
            assert (item.cover is not None) == invented.has_cover


async def test_what_is_kept_is_private_and_whole(
    client: SpotifyClient, token: str, sandbox: Sandbox
) -> None:
    uri, _ = await client.create_playlist(token, "Kept", [TRACK, EPISODE])
    [made] = sandbox.belongings("standin-mira").playlists.values()
    assert (made.public, made.uris, uri) == (False, [TRACK, EPISODE], f"spotify:playlist:{made.id}")


async def test_a_heart_is_set_and_taken_back(client: SpotifyClient, token: str) -> None:
    await client.save(token, TRACK)
    assert await client.saved(token, [TRACK, PLAYLIST]) == {TRACK: True, PLAYLIST: False}
    await client.unsave(token, TRACK)
    assert await client.saved(token, [TRACK]) == {TRACK: False}


async def test_playing_reaches_the_player(
    client: SpotifyClient, http: httpx.AsyncClient, token: str, sandbox: Sandbox
) -> None:
    device = sandbox.devices.by_id(await player(http, token))
    assert device is not None
    await client.play(token, device_id=device.id, uri=PLAYLIST)
    command = device.commands.get_nowait()
    assert command is not None
    assert (command["do"], command["context"]) == ("load", PLAYLIST)
    assert sandbox.devices.is_active(device)


@pytest.mark.parametrize(
    ("switches", "error"),
    [
        ({"on_list": False}, SpotifyNotOnList),
        ({"owner_premium": False}, SpotifyOwnerNeedsPremium),
        ({"quota": "retry_after"}, SpotifyPaused),
        ({"quota": "no_header"}, SpotifyPaused),
        ({"quota": "reason"}, SpotifyPaused),
        ({"down": True}, SpotifyUnavailable),
        ({"on_list": False, "plain_text_errors": True}, SpotifyNotOnList),
    ],
)
async def test_each_trouble_has_its_error(
    client: SpotifyClient,
    token: str,
    sandbox: Sandbox,
    switches: dict[str, object],
    error: type[SpotifyError],
) -> None:
    sandbox.scenario = sandbox.scenario.changed(switches)
    with pytest.raises(error):
        await client.search(token, "calm piano")


async def test_ended_tokens_ask_for_signing_in(
    client: SpotifyClient, token: str, sandbox: Sandbox
) -> None:
    sandbox.tokens.expire()
    with pytest.raises(SpotifySignInRequired):
        await client.me(token)
    sandbox.tokens.revoke()
    with pytest.raises(SpotifySignInRequired):
        await client.me(token)


async def test_a_listener_without_premium_and_a_player_that_is_gone(
    client: SpotifyClient, http: httpx.AsyncClient, token: str, sandbox: Sandbox
) -> None:
    device = await player(http, token)
    await http.delete(f"/sdk/devices/{device}")
    with pytest.raises(SpotifyNoDevice):
        await client.play(token, device_id=device, uri=TRACK)
    sandbox.scenario = sandbox.scenario.changed({"premium": False})
    with pytest.raises(SpotifyPremiumRequired):
        await client.play(token, device_id=device, uri=TRACK)


async def test_a_scope_that_was_not_granted(client: SpotifyClient, http: httpx.AsyncClient) -> None:
    access = (await signed_in(http, "streaming"))["access_token"]
    with pytest.raises(SpotifyScopeMissing):
        await client.top_artists(access)


async def player(http: httpx.AsyncClient, token: str) -> str:
    answer = await http.post(
        "/sdk/devices", json={"name": "Page"}, headers={"authorization": f"Bearer {token}"}
    )
    device: str = answer.json()["device_id"]
    return device
