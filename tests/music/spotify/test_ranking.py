"""The fixed rules of the order, and the reason of each item."""

from __future__ import annotations

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.music.spotify.models import SpotifyItem, SpotifyKind
from emotion_stream.music.spotify.ranking import ranked
from emotion_stream.music.spotify.recipes import Recipe

from .items import item

RECIPE = Recipe("songs of hope", "en")


def names(
    *items: SpotifyItem, emotion: Emotion = Emotion.SADNESS, own: tuple[str, ...] = ()
) -> list[str]:
    return [place.item.name for place in ranked(items, RECIPE, emotion, own_artists=own)]


def test_the_order_of_the_search_stands_where_nothing_speaks_against_it() -> None:
    assert names(item("b", place=1), item("c", place=2), item("a", place=0)) == ["a", "b", "c"]


def test_the_phrase_in_the_title_comes_before_some_words_of_it_and_before_none() -> None:
    found = names(
        item("Something", place=0),
        item("Hope!", place=1),
        item("Old songs, of HOPE", place=2),
        item("Songs of hopelessness", place=3),
    )
    assert found == ["Old songs, of HOPE", "Hope!", "Songs of hopelessness", "Something"]


def test_no_cover_and_an_odd_size_go_down() -> None:
    assert names(item("bare", cover=None, place=0), item("covered", place=1)) == [
        "covered",
        "bare",
    ]
    assert names(item("tiny", size=2, place=0), item("full", size=40, place=1)) == ["full", "tiny"]
    track = SpotifyKind.TRACK
    assert names(
        item("snippet", kind=track, duration_s=20.0, place=0),
        item("song", kind=track, duration_s=200.0, place=1),
    ) == ["song", "snippet"]


def test_in_a_low_mood_explicit_items_are_last_even_by_an_own_artist() -> None:
    loud = item("songs of hope", explicit=True, place=0, artist_ids=("a1",))
    plain = item("plain", place=9, cover=None, size=1)
    assert names(loud, plain, own=("a1",)) == ["plain", "songs of hope"]
    assert names(loud, plain, emotion=Emotion.HAPPINESS, own=("a1",))[0] == "songs of hope"


@pytest.mark.parametrize(
    "heavy",
    [
        item("Suicidal thoughts"),
        item("hope", description="for self-harm nights"),
        item("True Crime at night", kind=SpotifyKind.SHOW),
        item("I want to die"),
        item("Mord im Regen", kind=SpotifyKind.EPISODE),
    ],
    ids=lambda heavy: heavy.name,
)
def test_in_a_low_mood_nobody_is_handed_heavy_things(heavy: SpotifyItem) -> None:
    assert names(heavy, item("soft")) == ["soft"]
    assert heavy.name in names(heavy, item("soft"), emotion=Emotion.SURPRISE)


@pytest.mark.parametrize("name", ["Gregorian evenings", "Mordor ambience", "Crime of passion"])
def test_a_word_inside_another_is_not_heavy(name: str) -> None:
    assert names(item(name)) == [name]


def test_own_artists_come_first() -> None:
    theirs = item("theirs", kind=SpotifyKind.TRACK, place=9, artist_ids=("x", "a1"))
    other = item("songs of hope", kind=SpotifyKind.TRACK, place=0, artist_ids=("b",))
    assert names(other, theirs, own=("a1",)) == ["theirs", "songs of hope"]
    assert names(other, theirs) == ["songs of hope", "theirs"]


def test_one_maker_gets_two_places_before_the_others_had_theirs() -> None:
    by_one = [item(f"one{n}", by=("One",), place=n) for n in range(4)]
    found = names(*by_one, item("two", by=("Two",), place=8), item("three", place=9))
    assert found == ["one0", "one1", "two", "three", "one2", "one3"]


def test_nameless_and_empty_items_are_left_out_and_each_comes_once() -> None:
    assert names(item("  ", item_id="n"), item("empty", size=0), item("a"), item("a")) == ["a"]


def test_the_reason_says_what_is_true_of_the_item() -> None:
    own = item("Songs of Hope", kind=SpotifyKind.TRACK, artist_ids=("a1",))
    first = item("Morning", place=0, size=40)
    other = item("Evening", place=3)
    reasons = {
        place.item.name: place.reason
        for place in ranked([own, first, other], RECIPE, Emotion.SADNESS, own_artists=("a1",))
    }
    assert reasons == {
        "Songs of Hope": "By one of your top artists, has “songs of hope” in its title.",
        "Morning": "The first that Spotify finds for “songs of hope”, 40 tracks.",
        "Evening": "Found for “songs of hope”.",
    }
