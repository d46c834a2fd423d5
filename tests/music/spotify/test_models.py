"""Objects of February 2026: missing fields, renamed fields, nulls and nonsense."""

from __future__ import annotations

from typing import Any

import pytest

from emotion_stream.errors import SpotifyUnavailable
from emotion_stream.music.spotify import models
from emotion_stream.music.spotify.models import Cover, SpotifyKind

TRACK: dict[str, Any] = {
    "id": "t1",
    "uri": "spotify:track:t1",
    "name": "Slow Window",
    "duration_ms": 201_500,
    "explicit": True,
    "artists": [{"id": "a1", "name": "The Examples"}, {"id": "a2", "name": "Others"}],
    "album": {
        "name": "Panes",
        "images": [
            {"url": "https://i.scdn.co/640", "width": 640, "height": 640},
            {"url": "https://i.scdn.co/300", "width": 300, "height": 300},
            {"url": "https://i.scdn.co/64", "width": 64, "height": 64},
        ],
    },
    "external_urls": {"spotify": "https://open.spotify.com/track/t1"},
}


def test_a_track_is_read_whole() -> None:
    item = models.item(TRACK, SpotifyKind.TRACK, 3)
    assert item is not None
    assert (item.name, item.by, item.parent) == (
        "Slow Window",
        ("The Examples", "Others"),
        "Panes",
    )
    assert (item.duration_s, item.explicit, item.place) == (201.5, True, 3)
    assert item.cover == Cover("https://i.scdn.co/300", 300, 300)
    assert item.artist_ids == ("a1", "a2")


def test_nulls_are_dropped_and_places_stay() -> None:
    playlist = {"id": "p1", "uri": "spotify:playlist:p1", "name": "Rainy"}
    page = models.search_page(
        {"playlists": {"items": [None, playlist, None]}, "tracks": None, "shows": {"items": None}}
    )
    assert [(item.name, item.place) for item in page.playlists] == [("Rainy", 1)]
    assert page.tracks == page.shows == page.episodes == ()
    assert page.playlists[0].link == "https://open.spotify.com/playlist/p1"


@pytest.mark.parametrize(
    ("listed", "size"),
    [
        ({"items": {"total": 50}}, 50),
        ({"tracks": {"total": 40}}, 40),
        ({}, None),
        ({"items": {"total": -1}}, None),
        ({"items": {"total": True}}, None),
        ({"items": [1, 2]}, None),
    ],
)
def test_the_size_of_a_playlist_under_its_new_and_old_name(
    listed: dict[str, Any], size: int | None
) -> None:
    item = models.item(
        {"id": "p1", "uri": "spotify:playlist:p1", "name": "Rainy", **listed},
        SpotifyKind.PLAYLIST,
    )
    assert item is not None
    assert item.size == size


@pytest.mark.parametrize(
    "change",
    [
        {"uri": "spotify:album:t1"},
        {"uri": "javascript:alert(1)"},
        {"id": "../t1", "uri": "spotify:track:../t1"},
        {"name": ""},
        {"name": None},
        {"id": 7},
        {"is_playable": False},
        {"is_local": True},
    ],
)
def test_what_cannot_be_shown_or_played_is_dropped(change: dict[str, Any]) -> None:
    assert models.item({**TRACK, **change}, SpotifyKind.TRACK) is None


def test_a_link_or_cover_that_is_no_web_address_is_not_followed() -> None:
    item = models.item(
        {
            **TRACK,
            "external_urls": {"spotify": "javascript:alert(1)"},
            "album": {"images": [{"url": "data:text/html,x"}]},
        },
        SpotifyKind.TRACK,
    )
    assert item is not None
    assert item.link == "https://open.spotify.com/track/t1"
    assert item.cover is None


def test_a_person_is_known_by_the_stable_id() -> None:
    assert models.person({"account_id": "stable", "id": "old"}).account_id == "stable"
    assert models.person({"id": "old"}).account_id == "old"
    for body in ({}, [], None, {"id": 3}, "x"):
        with pytest.raises(SpotifyUnavailable):
            models.person(body)


def test_flags_that_do_not_fit_the_question_are_refused() -> None:
    assert models.saved_flags([True, False], ("a", "b")) == {"a": True, "b": False}
    with pytest.raises(SpotifyUnavailable):
        models.saved_flags([True], ("a", "b"))
