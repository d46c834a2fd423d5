"""What Spotify answers becomes our objects, or is dropped."""

from __future__ import annotations

import pytest

from emotion_stream.errors import SpotifyUnavailable
from emotion_stream.music.spotify import parsing
from emotion_stream.music.spotify.objects import Cover, Person, SearchPage, SpotifyKind

from .recorded import body_of, recorded

ONE = "000000000000000000001"


@pytest.fixture
def page() -> SearchPage:
    return parsing.search_page(body_of("search"))


def test_a_track(page: SearchPage) -> None:
    first, second = page.tracks  # one is a local file, one is not playable here
    assert (first.uri, first.link) == (
        f"spotify:track:T{ONE}",
        f"https://open.spotify.com/track/T{ONE}",
    )
    assert (first.name, first.by, first.parent) == (
        "Slow piece 1",
        ("Player 1", "Guest 1"),
        "Album 1",
    )
    assert first.duration_s == pytest.approx(200.001)
    assert first.cover == Cover("https://i.scdn.co/image/test101at640", 640, 640)
    assert first.artist_ids[0] == f"A{ONE}"
    assert (first.explicit, second.explicit) == (False, True)


def test_playlists_without_the_nulls_and_each_once(page: SearchPage) -> None:
    first, older, bare = page.playlists
    assert (first.place, older.place, bare.place) == (1, 3, 4)
    assert (first.size, older.size, bare.size) == (41, 44, None)
    assert first.by == ("Listener 1",)
    assert first.description == "Slow & soft, more"
    assert first.cover == Cover("https://i.scdn.co/image/test1at300", 300, 300)
    assert (bare.cover, bare.by, bare.description) == (None, (), "")


def test_shows_and_episodes(page: SearchPage) -> None:
    (show,), (episode,) = page.shows, page.of(SpotifyKind.EPISODE)
    assert (show.size, show.languages, show.cover) == (9, ("en",), None)
    assert (episode.duration_s, episode.by) == (1_800, ("Talks before sleep",))
    assert episode.cover == Cover("https://i.scdn.co/image/test200at128", 128, 128)


def test_a_page_of_nulls_is_empty() -> None:
    assert parsing.search_page(body_of("search_of_nulls")) == SearchPage()


def test_at_most_ten_of_a_kind() -> None:
    items = [{"id": f"x{n}", "name": "x"} for n in range(30)]
    assert len(parsing.search_page({"tracks": {"items": items}}).tracks) == 10


@pytest.mark.parametrize("body", [None, [], {}, "text", 7, {"tracks": None}, {"albums": {"a": 1}}])
def test_no_search_at_all(body: object) -> None:
    with pytest.raises(SpotifyUnavailable, match="cannot be read"):
        parsing.search_page(body)


@pytest.mark.parametrize("bad", [None, 1, "", "../me", "a/b", "ä", "x" * 65, ["a"], "a\n"])
def test_an_item_without_a_sound_id_is_dropped(bad: object) -> None:
    assert parsing.item({"id": bad, "name": "x"}, SpotifyKind.TRACK) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"name": None},
        {"name": " \n"},
        {"type": "album"},
        {"is_playable": False},
    ],
)
def test_what_cannot_be_used_is_dropped(odd: dict[str, object]) -> None:
    assert parsing.item({"id": "a", "name": "x"}, SpotifyKind.TRACK) is not None
    assert parsing.item({"id": "a", "name": "x", **odd}, SpotifyKind.TRACK) is None


@pytest.mark.parametrize("duration", [True, "9", -1, 0, 10**400, float("inf"), None, [3]])
def test_a_duration_that_is_none(duration: object) -> None:
    found = parsing.item({"id": "a", "name": "x", "duration_ms": duration}, SpotifyKind.TRACK)
    assert found is not None
    assert found.duration_s is None


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://i.scdn.co/image/a", True),
        ("http://127.0.0.1:8765/cover/a.svg", True),
        ("http://i.scdn.co/image/a", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[", False),
        ("https://i.scdn.co/a b", False),
        (7, False),
    ],
)
def test_covers_come_from_addresses_of_the_web(url: object, taken: bool) -> None:
    found = parsing.item({"id": "a", "name": "x", "images": [{"url": url}]}, SpotifyKind.PLAYLIST)
    assert found is not None
    assert (found.cover is not None) is taken


def test_names_can_be_sent_and_are_cut() -> None:
    assert parsing.text_of("a\ud800b\x00\n c", 10) == "a b c"
    assert parsing.text_of("é" * 50, 5) == "éééé…"
    assert parsing.text_of(b"bytes", 5) == ""


def test_a_person_is_the_stable_id() -> None:
    assert parsing.person(body_of("me")) == Person("aB3dE5fG7h")
    assert parsing.person(body_of("me_of_an_older_app")) == Person("someone")
    for odd in (None, {}, {"id": ""}, {"id": 5}, {"id": "x" * 256}, {"id": "a\x00"}):
        with pytest.raises(SpotifyUnavailable):
            parsing.person(odd)


def test_artists_in_their_order_each_once() -> None:
    found = parsing.ids_of_artists(body_of("top_artists"))
    assert found == (f"A{ONE}", "A000000000000000000002")
    with pytest.raises(SpotifyUnavailable):
        parsing.ids_of_artists({"items": None})


@pytest.mark.parametrize("body", [[True], [True, 1], None, {"a": True}])
def test_flags_are_as_many_as_were_asked_for(body: object) -> None:
    assert parsing.flags([True, False], 2) == (True, False)
    with pytest.raises(SpotifyUnavailable):
        parsing.flags(body, 2)


@pytest.mark.parametrize("name", ["200_truncated", "200_web_page", "200_empty", "200_deep"])
def test_what_is_no_json(name: str) -> None:
    with pytest.raises(SpotifyUnavailable, match="cannot be read") as caught:
        parsing.json_of(recorded(name).body)
    assert caught.value.detail


@pytest.mark.parametrize("body", [b"NaN", b"[Infinity]", b"1" * 5_000, b"\xff\xfe\x00", b'"\xff"'])
def test_numbers_and_letters_that_json_does_not_have(body: bytes) -> None:
    with pytest.raises(SpotifyUnavailable):
        parsing.json_of(body)
