"""Each call sends what Spotify documents, and gives our objects back."""

from __future__ import annotations

import json

import httpx
import pytest

from emotion_stream.errors import (
    SpotifyNoDevice,
    SpotifyNotFound,
    SpotifyPremiumRequired,
    SpotifyRefused,
    SpotifyScopeMissing,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.objects import Person

from .recorded import TOKEN, Spotify

pytestmark = pytest.mark.anyio

TRACK, EPISODE = "spotify:track:abc", "spotify:episode:abc"


def sent(request: httpx.Request) -> tuple[dict[str, str], object]:
    return dict(request.url.params), json.loads(request.content or b"null")


async def test_a_search_is_one_call_for_four_kinds() -> None:
    spotify = Spotify("search")
    page = await spotify.client.search(TOKEN, "calm piano", offset=10, market="DE")
    assert (len(page.playlists), len(page.tracks)) == (3, 2)
    assert spotify.asked == ["GET /v1/search"]
    assert sent(spotify.requests[0])[0] == {
        "q": "calm piano",
        "type": "playlist,track,show,episode",
        "limit": "10",
        "offset": "10",
        "market": "DE",
    }


async def test_the_same_search_within_ten_minutes_is_no_call_until_the_person_goes() -> None:
    spotify = Spotify("search")
    for token in (TOKEN, TOKEN, "renewed"):
        await spotify.client.search(token, "x", person="a")
    assert len(spotify.requests) == 1
    await spotify.client.search(TOKEN, "x", person="a", offset=10)
    await spotify.client.search(TOKEN, "x", person="b")
    assert len(spotify.requests) == 3
    spotify.client.forget("a")
    await spotify.client.search(TOKEN, "x", person="a")
    assert len(spotify.requests) == 4
    assert {name for name, _ in spotify.notebook.calls} == {"search"}


async def test_who_it_is() -> None:
    assert await Spotify("me").client.me(TOKEN) == Person("aB3dE5fG7h")


async def test_top_artists_are_asked_for_each_time() -> None:
    spotify = Spotify("top_artists")
    assert len(await spotify.client.top_artists(TOKEN)) == 2
    await spotify.client.top_artists(TOKEN)
    assert len(spotify.requests) == 2


@pytest.mark.parametrize(
    ("uri", "body"),
    [
        (TRACK, {"uris": [TRACK]}),
        (EPISODE, {"uris": [EPISODE]}),
        ("spotify:playlist:abc", {"context_uri": "spotify:playlist:abc"}),
        ("spotify:show:abc", {"context_uri": "spotify:show:abc"}),
    ],
)
async def test_playing_moves_to_the_device_and_then_starts(uri: str, body: object) -> None:
    spotify = Spotify("204_done")
    await spotify.client.play(TOKEN, device_id="dev", uri=uri)
    assert spotify.asked == ["PUT /v1/me/player", "PUT /v1/me/player/play"]
    assert sent(spotify.requests[0]) == ({}, {"device_ids": ["dev"], "play": False})
    assert sent(spotify.requests[1]) == ({"device_id": "dev"}, body)


@pytest.mark.parametrize("refusal", ["400_invalid_limit", "403_unknown", "404_not_found"])
async def test_an_episode_that_does_not_start_is_queued_and_skipped_to(refusal: str) -> None:
    spotify = Spotify("204_done", refusal, "200_line")
    await spotify.client.play(TOKEN, device_id="dev", uri=EPISODE)
    assert spotify.asked[2:] == ["POST /v1/me/player/queue", "POST /v1/me/player/next"]
    assert sent(spotify.requests[2])[0] == {"uri": EPISODE, "device_id": "dev"}
    track = Spotify("204_done", refusal)
    with pytest.raises((SpotifyRefused, SpotifyNotFound)):
        await track.client.play(TOKEN, device_id="dev", uri=TRACK)
    assert len(track.requests) == 2


@pytest.mark.parametrize(
    ("name", "error"),
    [("403_premium_required", SpotifyPremiumRequired), ("404_no_device", SpotifyNoDevice)],
)
async def test_what_no_queue_helps_against(name: str, error: type[Exception]) -> None:
    spotify = Spotify("204_done", name)
    with pytest.raises(error):
        await spotify.client.play(TOKEN, device_id="dev", uri=EPISODE)
    assert len(spotify.requests) == 2


async def test_the_library_is_changed_by_the_address_in_the_query() -> None:
    spotify = Spotify("204_done")
    await spotify.client.save(TOKEN, TRACK)
    await spotify.client.unsave(TOKEN, TRACK)
    assert spotify.asked == ["PUT /v1/me/library", "DELETE /v1/me/library"]
    assert [sent(request) for request in spotify.requests] == [({"uris": TRACK}, None)] * 2


async def test_what_is_saved() -> None:
    spotify = Spotify("contains")
    answer = await spotify.client.saved(TOKEN, [TRACK, EPISODE, TRACK])
    assert answer == {TRACK: True, EPISODE: False}
    assert sent(spotify.requests[0])[0] == {"uris": f"{TRACK},{EPISODE}"}
    assert await spotify.client.saved(TOKEN, []) == {}
    with pytest.raises(SpotifyUnavailable):
        await spotify.client.saved(TOKEN, [TRACK])
    assert len(spotify.requests) == 2


async def test_a_playlist_is_private_and_holds_what_was_asked() -> None:
    spotify = Spotify("playlist_made", "items_added")
    made = "P000000000000000000009"
    assert await spotify.client.create_playlist(TOKEN, "My evening", [TRACK, EPISODE]) == (
        f"spotify:playlist:{made}",
        f"https://open.spotify.com/playlist/{made}",
    )
    assert spotify.asked == ["POST /v1/me/playlists", f"POST /v1/playlists/{made}/items"]
    assert sent(spotify.requests[0])[1] == {"name": "My evening", "public": False}
    assert sent(spotify.requests[1])[1] == {"uris": [TRACK, EPISODE]}


async def test_a_playlist_that_stays_empty_is_told_of() -> None:
    spotify = Spotify("playlist_made", "500_json")
    with pytest.raises(SpotifyUnavailable, match="'My evening' was made, and is empty"):
        await spotify.client.create_playlist(TOKEN, "My evening", [TRACK])
    assert len(spotify.requests) == 2


async def test_a_playlist_without_an_id() -> None:
    with pytest.raises(SpotifyUnavailable):
        await Spotify("200_line").client.create_playlist(TOKEN, "x", [TRACK])


@pytest.mark.parametrize(
    "uri", ["", "spotify:user:abc", "spotify:track:../me", "spotify:track:a,b", "https://x", "a\n"]
)
async def test_no_other_address_is_sent(uri: str) -> None:
    spotify = Spotify("204_done")
    client = spotify.client
    calls = (
        client.play(TOKEN, device_id="d", uri=uri),
        client.save(TOKEN, uri),
        client.unsave(TOKEN, uri),
        client.saved(TOKEN, [uri]),
        client.create_playlist(TOKEN, "x", [uri]),
    )
    for call in calls:
        with pytest.raises(SpotifyNotFound, match="no Spotify address"):
            await call
    assert spotify.requests == []


async def test_a_missing_permission_is_named() -> None:
    client = Spotify("403_scope").client
    playlist = "spotify:playlist:abc"
    for call, scopes in (
        (client.top_artists(TOKEN), {"user-top-read"}),
        (client.play(TOKEN, device_id="d", uri=TRACK), {"user-modify-playback-state"}),
        (client.save(TOKEN, TRACK), {"user-library-modify"}),
        (client.save(TOKEN, playlist), {"user-library-modify", "playlist-modify-public"}),
        (client.saved(TOKEN, [TRACK]), {"user-library-read"}),
        (client.create_playlist(TOKEN, "x", [TRACK]), {"playlist-modify-private"}),
    ):
        with pytest.raises(SpotifyScopeMissing) as caught:
            await call
        assert set(caught.value.scopes) == scopes
