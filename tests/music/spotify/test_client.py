"""Exactly which request each call makes."""

from __future__ import annotations

import json

import httpx
import pytest

from emotion_stream.errors import SpotifyError, SpotifyRefused
from tests.music.spotify.fake_spotify import TOKEN, Spotify, in_turn

pytestmark = pytest.mark.anyio
NOTHING = httpx.Response(204)
REFUSED = httpx.Response(403, json={"error": {"status": 403, "message": "Forbidden"}})
MADE = httpx.Response(
    201, json={"id": "new1", "uri": "spotify:playlist:new1", "name": "For a sad evening"}
)


def sent(spotify: Spotify) -> list[tuple[str, str, dict[str, str], object]]:
    return [
        (
            request.method,
            request.url.path,
            dict(request.url.params),
            json.loads(request.content) if request.content else None,
        )
        for request in spotify.requests
    ]


async def test_one_search_asks_for_four_kinds_of_ten() -> None:
    spotify = Spotify(in_turn(httpx.Response(200, json={})))
    await spotify.client.search(TOKEN, "calm piano", person="p", offset=10)
    (request,) = sent(spotify)
    assert request == (
        "GET",
        "/v1/search",
        {"q": "calm piano", "type": "playlist,track,show,episode", "limit": "10", "offset": "10"},
        None,
    )


async def test_the_same_search_within_ten_minutes_makes_no_request() -> None:
    spotify = Spotify(in_turn(httpx.Response(200, json={})))
    for _ in range(3):
        await spotify.client.search(TOKEN, "calm piano", person="p")
        spotify.clock.now_s += 200
    assert len(spotify.requests) == 1


async def test_a_new_token_of_the_same_person_finds_the_same_answer() -> None:
    spotify = Spotify(in_turn(httpx.Response(200, json={})))
    for token in ("first", "second"):
        await spotify.client.search(token, "calm piano", person="p")
    assert len(spotify.requests) == 1


@pytest.mark.parametrize(
    ("uri", "body"),
    [
        ("spotify:track:t1", {"uris": ["spotify:track:t1"]}),
        ("spotify:episode:e1", {"uris": ["spotify:episode:e1"]}),
        ("spotify:playlist:p1", {"context_uri": "spotify:playlist:p1"}),
        ("spotify:show:s1", {"context_uri": "spotify:show:s1"}),
    ],
)
async def test_playing_moves_to_the_page_first(uri: str, body: dict[str, object]) -> None:
    spotify = Spotify(in_turn(NOTHING))
    await spotify.client.play(TOKEN, device_id="d1", uri=uri)
    assert sent(spotify) == [
        ("PUT", "/v1/me/player", {}, {"device_ids": ["d1"], "play": False}),
        ("PUT", "/v1/me/player/play", {"device_id": "d1"}, body),
    ]


@pytest.mark.parametrize("refusal", [REFUSED, httpx.Response(404)])
async def test_an_episode_that_is_refused_goes_through_the_queue(
    refusal: httpx.Response,
) -> None:
    spotify = Spotify(in_turn(NOTHING, refusal, NOTHING))
    await spotify.client.play(TOKEN, device_id="d1", uri="spotify:episode:e1")
    assert [(method, path) for method, path, _, _ in sent(spotify)[2:]] == [
        ("POST", "/v1/me/player/queue"),
        ("POST", "/v1/me/player/next"),
    ]


async def test_a_playlist_that_is_refused_stays_refused() -> None:
    spotify = Spotify(in_turn(NOTHING, REFUSED))
    with pytest.raises(SpotifyRefused):
        await spotify.client.play(TOKEN, device_id="d1", uri="spotify:playlist:p1")


async def test_the_library_is_asked_by_query_and_not_by_body() -> None:
    spotify = Spotify(in_turn(NOTHING))
    await spotify.client.save(TOKEN, "spotify:track:t1")
    await spotify.client.unsave(TOKEN, "spotify:track:t1")
    assert sent(spotify) == [
        (method, "/v1/me/library", {"uris": "spotify:track:t1"}, None)
        for method in ("PUT", "DELETE")
    ]


async def test_a_saved_list_is_always_private() -> None:
    spotify = Spotify(in_turn(MADE, NOTHING))
    uris = [f"spotify:track:t{number}" for number in range(120)]
    uri, link = await spotify.client.create_playlist(TOKEN, "For a sad evening", uris)
    assert (uri, link) == ("spotify:playlist:new1", "https://open.spotify.com/playlist/new1")
    made, filled = sent(spotify)
    assert made[3] == {"name": "For a sad evening", "description": "", "public": False}
    assert filled[:2] == ("POST", "/v1/playlists/new1/items")
    assert filled[3] == {"uris": uris[:100], "position": 0}


async def test_a_list_that_could_not_be_filled_is_said_to_be_empty() -> None:
    spotify = Spotify(in_turn(MADE, REFUSED))
    with pytest.raises(SpotifyError, match="was made but is empty"):
        await spotify.client.create_playlist(TOKEN, "Rain", ["spotify:track:t1"])


async def test_top_artists_are_asked_anew_each_time() -> None:
    spotify = Spotify(in_turn(httpx.Response(200, json={"items": [{"id": "a1"}, None, {}]})))
    assert await spotify.client.top_artists(TOKEN) == ("a1",)
    await spotify.client.top_artists(TOKEN)
    assert len(spotify.requests) == 2


async def test_what_is_in_the_library() -> None:
    spotify = Spotify(in_turn(httpx.Response(200, json=[True, False])))
    found = await spotify.client.saved(TOKEN, ["spotify:track:a", "spotify:track:b"])
    assert found == {"spotify:track:a": True, "spotify:track:b": False}
    assert await spotify.client.saved(TOKEN, []) == {}
