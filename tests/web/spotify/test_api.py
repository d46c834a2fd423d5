"""The routes of what fits, played and kept, over the whole application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from emotion_stream.settings import Settings
from tests.web.spotify.browsing import Site, comes_back, sign_in, site_of, to_spotify
from tests.web.spotify.conftest import CLIENT_ID
from tests.web.spotify.fake_web_api import WebApi

pytestmark = pytest.mark.anyio

API = "/api/v1/spotify"
SAD = {"emotion": "sadness", "goal": "lift", "languages": ["en"]}
TRACK = "spotify:track:track1"


@pytest.fixture
def api() -> WebApi:
    return WebApi()


@pytest.fixture
async def site(api: WebApi, tmp_path: Path) -> AsyncIterator[Site]:
    settings = Settings(data_dir=tmp_path, spotify_client_id=CLIENT_ID)
    async with site_of(settings, api) as site:
        site.app.state.services.spotify.transport._spacing_s = 0.0
        yield site


@pytest.fixture
async def visitor(site: Site) -> httpx.AsyncClient:
    visitor = site.browser()
    await sign_in(site, visitor)
    return visitor


async def allow(site: Site, visitor: httpx.AsyncClient, step: str, scopes: str) -> None:
    """Sign in again and agree to more."""
    site.endpoint.scope = f"{site.endpoint.scope} {scopes}"
    address = await to_spotify(visitor, step)
    answer = await comes_back(visitor, **site.endpoint.consent(address, step))
    assert answer.status_code == 303


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_an_offer_has_four_tabs_and_each_item_its_reason(
    api: WebApi, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.post(f"{API}/recommendations", json=SAD)
    assert answer.status_code == 200, answer.text
    offer = answer.json()
    assert {kind: len(items) for kind, items in offer["tabs"].items()} == {
        "playlist": 6,
        "track": 5,
        "show": 1,
        "episode": 0,
    }
    assert (offer["emotion"], offer["goal"], offer["personal"]) == ("sadness", "lift", False)
    first = offer["tabs"]["playlist"][0]
    assert first["reason"].startswith(f"Has “{offer['recipe']}” in its title")
    assert first["link"] == f"https://open.spotify.com/playlist/{first['id']}"
    assert api.count("/search") == 1


async def test_the_same_question_is_answered_from_memory_and_another_is_not(
    api: WebApi, site: Site, visitor: httpx.AsyncClient
) -> None:
    first = (await visitor.post(f"{API}/recommendations", json=SAD)).json()
    site.now += timedelta(minutes=9)
    assert (await visitor.post(f"{API}/recommendations", json=SAD)).json() == first
    assert len(api.asked) == 1
    recipes = {first["recipe"]}
    for _ in range(3):
        answer = await visitor.post(f"{API}/recommendations", json=SAD | {"another": True})
        recipes.add(answer.json()["recipe"])
    assert len(recipes) == 4
    assert len(api.asked) == 4


async def test_scores_choose_the_emotion_and_its_goal(visitor: httpx.AsyncClient) -> None:
    question = {"scores": {"anger": 0.7, "fear": 0.3}}
    offer = (await visitor.post(f"{API}/recommendations", json=question)).json()
    assert (offer["emotion"], offer["goal"]) == ("anger", "calm")


async def test_without_a_sign_in_nothing_is_asked(api: WebApi, site: Site) -> None:
    stranger = site.browser()
    answers = [
        await stranger.post(f"{API}/recommendations", json=SAD),
        await stranger.post(f"{API}/play", json={"device_id": "d", "uri": TRACK}),
        await stranger.get(f"{API}/library", params={"uris": TRACK}),
        await stranger.put(f"{API}/library", json={"uri": TRACK}),
        await stranger.post(f"{API}/playlists", json={"name": "Mine", "uris": [TRACK]}),
    ]
    assert {code(answer) for answer in answers} == {(401, "spotify_sign_in_required")}
    assert api.asked == []


async def test_top_artists_need_their_own_consent(
    api: WebApi, site: Site, visitor: httpx.AsyncClient
) -> None:
    question = SAD | {"personal": True}
    answer = await visitor.post(f"{API}/recommendations", json=question)
    assert code(answer) == (403, "spotify_scope_missing")
    assert answer.json()["scopes"] == ["user-top-read"]
    assert api.asked == []
    await allow(site, visitor, "personal", "user-top-read")
    offer = (await visitor.post(f"{API}/recommendations", json=question)).json()
    assert offer["personal"]
    assert offer["tabs"]["track"][0]["name"] == "Song 3"
    assert "top artists" in offer["tabs"]["track"][0]["reason"]
    assert "artist3" not in json.dumps(offer)


async def test_a_pause_is_told_with_its_end(api: WebApi, visitor: httpx.AsyncClient) -> None:
    api.refusals = [httpx.Response(429, headers={"retry-after": "3600"}, json={})]
    answer = await visitor.post(f"{API}/recommendations", json=SAD)
    assert code(answer) == (503, "spotify_paused")
    assert answer.json()["until"]
    assert int(answer.headers["retry-after"]) > 3000
    again = await visitor.post(f"{API}/recommendations", json=SAD)
    assert code(again) == (503, "spotify_paused")
    assert len(api.asked) == 1
    state = (await visitor.get(API)).json()
    assert state["paused_until"] == answer.json()["until"].replace("+00:00", "Z")


async def test_a_token_that_spotify_refuses_is_renewed_once(
    api: WebApi, visitor: httpx.AsyncClient
) -> None:
    api.refusals = [httpx.Response(401, json={"error": {"status": 401, "message": "expired"}})]
    assert (await visitor.post(f"{API}/recommendations", json=SAD)).status_code == 200
    assert api.refreshes == ["secret-refresh-1"]


async def test_playing_moves_to_the_device_and_starts_there(
    api: WebApi, visitor: httpx.AsyncClient
) -> None:
    answer = await visitor.post(f"{API}/play", json={"device_id": "d1", "uri": TRACK})
    assert answer.status_code == 204
    assert [asked[:2] for asked in api.asked] == [("PUT", "/me/player"), ("PUT", "/me/player/play")]
    assert api.asked[1][3] == {"uris": [TRACK]}


async def test_the_library_is_seen_and_changed(
    api: WebApi, site: Site, visitor: httpx.AsyncClient
) -> None:
    refused = await visitor.put(f"{API}/library", json={"uri": "spotify:playlist:p"})
    assert refused.json()["scopes"] == ["playlist-modify-public", "user-library-modify"]
    await allow(site, visitor, "heart", "user-library-modify user-library-read")
    assert (await visitor.put(f"{API}/library", json={"uri": TRACK})).status_code == 204
    removed = await visitor.request("DELETE", f"{API}/library", json={"uri": TRACK})
    assert removed.status_code == 204
    seen = await visitor.get(f"{API}/library", params={"uris": f"{TRACK},spotify:show:s,{TRACK}"})
    assert seen.json() == {"saved": {TRACK: True, "spotify:show:s": True}}
    assert [asked[0] for asked in api.asked] == ["PUT", "DELETE", "GET"]


async def test_a_playlist_that_is_kept_is_private(
    api: WebApi, site: Site, visitor: httpx.AsyncClient
) -> None:
    await allow(site, visitor, "keep", "playlist-modify-private")
    answer = await visitor.post(f"{API}/playlists", json={"name": " Mine ", "uris": [TRACK]})
    assert answer.status_code == 201
    assert answer.json()["uri"] == "spotify:playlist:playlist9"
    made = api.asked[0][3]
    assert isinstance(made, dict)
    assert (made["name"], made["public"]) == ("Mine", False)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("recommendations", {}),
        ("recommendations", SAD | {"scores": {"calm": 1.0}}),
        ("recommendations", SAD | {"languages": ["english please"]}),
        ("recommendations", SAD | {"personal": "yes"}),
        ("play", {"device_id": "d/1", "uri": TRACK}),
        ("play", {"device_id": "d1", "uri": "spotify:artist:a"}),
        ("play", {"device_id": "d1", "uri": f"{TRACK}\n"}),
        ("playlists", {"name": " ", "uris": [TRACK]}),
        ("playlists", {"name": "x", "uris": []}),
        ("playlists", {"name": "x", "uris": [TRACK] * 101}),
        ("playlists", {"name": "x", "uris": ["spotify:playlist:p"]}),
        ("plays", {"uri": "https://open.spotify.com/track/1", "event": "started"}),
    ],
)
async def test_what_makes_no_sense_is_refused(
    api: WebApi, visitor: httpx.AsyncClient, path: str, body: dict[str, object]
) -> None:
    assert code(await visitor.post(f"{API}/{path}", json=body)) == (422, "invalid_request")
    assert api.asked == []


async def test_no_more_than_forty_uris_at_once(visitor: httpx.AsyncClient) -> None:
    uris = ",".join(f"spotify:track:{n}" for n in range(41))
    assert (await visitor.get(f"{API}/library", params={"uris": uris})).status_code == 422


async def test_a_play_is_kept_with_a_history_only_and_names_nothing(
    visitor: httpx.AsyncClient,
) -> None:
    play = {"uri": TRACK, "event": "started"}
    assert (await visitor.post(f"{API}/plays", json=play)).status_code == 204
    await visitor.put("/api/v1/session", json={"analyse": True, "history": True})
    answer = await visitor.post(f"{API}/plays", json=play | {"position_s": 3.5})
    assert answer.status_code == 201
    kept = answer.json()
    assert (kept["provider"], kept["item_id"], kept["title"]) == ("spotify", TRACK, "track")
    assert (await visitor.delete(API)).status_code == 204
    assert (await visitor.get("/api/v1/session")).json()["plays"] == []


async def test_after_signing_out_nothing_is_remembered(
    api: WebApi, site: Site, visitor: httpx.AsyncClient
) -> None:
    await visitor.post(f"{API}/recommendations", json=SAD)
    await visitor.delete(API)
    answer = await visitor.post(f"{API}/recommendations", json=SAD)
    assert code(answer) == (401, "spotify_sign_in_required")
    await sign_in(site, visitor, code="code-2")
    await visitor.post(f"{API}/recommendations", json=SAD)
    assert api.count("/search") == 2


async def test_the_owners_own_list_needs_no_sign_in(api: WebApi, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    items = [
        {"uri": "spotify:playlist:p1", "name": "Slow evening", "emotions": ["sadness"]},
        {"uri": "spotify:show:s1", "name": "For all"},
    ]
    file.write_text(json.dumps({"items": items}), encoding="utf-8")
    settings = Settings(data_dir=tmp_path, spotify_curated=file)
    async with site_of(settings, api) as site:
        visitor = site.browser()
        sad = (await visitor.get(f"{API}/curated", params={"emotion": "sadness"})).json()
        calm = (await visitor.get(f"{API}/curated", params={"emotion": "calm"})).json()
        assert [item["name"] for item in sad["items"]] == ["Slow evening", "For all"]
        assert [item["name"] for item in calm["items"]] == ["For all"]
        assert sad["items"][0]["reason"] == "Chosen by whoever runs this server."
        assert (await visitor.get(API)).json()["curated"] == 2
        policy = (await visitor.get("/")).headers["content-security-policy"]
        assert "https://open.spotify.com" in policy
    assert api.asked == []


async def test_a_broken_list_of_the_owner_does_not_stop_the_server(
    api: WebApi, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(data_dir=tmp_path, spotify_curated=tmp_path / "nowhere.json")
    async with site_of(settings, api) as site:
        answer = await site.browser().get(f"{API}/curated", params={"emotion": "calm"})
        assert answer.json() == {"items": []}
    assert "no list of Spotify items" in caplog.text
