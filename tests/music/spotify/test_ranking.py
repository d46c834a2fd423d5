"""Titles, places and lengths decide, by fixed rules, and each reason says what did."""

from __future__ import annotations

import pytest

from emotion_stream.music.spotify.objects import SpotifyKind
from emotion_stream.music.spotify.ranking import ranked
from emotion_stream.music.spotify.recipes import Recipe

from .found import found

RAINY = Recipe.of("rainy day", "en")


def names(*items, **told: object) -> list[str]:
    return [offered.item.name for offered in ranked(items, RAINY, **told)]


def test_a_title_that_says_it_beats_an_earlier_place() -> None:
    assert names(found("Oldies", place=0), found("My rainy day", place=5))[0] == "My rainy day"
    assert names(found("Rainy mix", place=2), found("A day, rainy", place=3))[0] == "A day, rainy"


def test_the_order_of_the_search_decides_between_equals() -> None:
    assert names(found("B", place=1), found("C", place=2), found("A", place=0)) == ["A", "B", "C"]


def test_a_cover_and_a_usual_length_count() -> None:
    assert names(found("Bare", cover=False), found("Dressed", place=1)) == ["Dressed", "Bare"]
    assert names(found("Endless", size=9000), found("Usual", place=1)) == ["Usual", "Endless"]
    short = found("Jingle", SpotifyKind.TRACK, duration_s=20)
    song = found("Song", SpotifyKind.TRACK, duration_s=200, place=1)
    assert names(short, song) == ["Song", "Jingle"]


def test_what_is_not_told_never_stumbles() -> None:
    for kind in SpotifyKind:
        bare = found("x", kind, size=None, duration_s=None, cover=False)
        assert [offered.reason for offered in ranked([bare], RAINY)] == ["Found with “rainy day”."]


def test_one_creator_does_not_fill_the_list() -> None:
    items = [found(f"Rainy day {n}", by="Ola", place=n) for n in range(4)]
    listed = names(*items, found("Other", by="Per", place=9))
    assert listed == ["Rainy day 0", "Rainy day 1", "Other", "Rainy day 2", "Rainy day 3"]


def test_what_comes_twice_is_offered_once() -> None:
    assert names(found("A"), found("A", place=10)) == ["A"]


@pytest.mark.parametrize(
    "heavy",
    [
        found("Rainy", explicit=True),
        found("Suicidal thoughts"),
        found("rainy", description="for self-harm nights"),
        found("True Crime at night", SpotifyKind.SHOW),
        found("I want to die"),
        found("Mord im Regen", SpotifyKind.EPISODE),
    ],
    ids=lambda item: item.name,
)
def test_in_a_low_mood_heavy_things_are_left_out(heavy) -> None:
    assert names(heavy, found("Soft"), low_mood=True) == ["Soft"]
    assert heavy.name in names(heavy, found("Soft"))


@pytest.mark.parametrize("name", ["Gregorian evenings", "Mordor ambience", "Crime of passion"])
def test_a_word_inside_another_is_not_heavy(name: str) -> None:
    assert names(found(name), low_mood=True) == [name]


def test_own_artists_come_first_and_are_the_reason() -> None:
    own = found("B", SpotifyKind.TRACK, artist_ids=("x", "me"), place=9)
    other = found("Rainy day", SpotifyKind.TRACK, artist_ids=("y",))
    first, second = ranked([other, own], RAINY, own_artists={"me"})
    assert (first.item.name, first.reason) == ("B", "By an artist you hear often.")
    assert second.reason == "Its title says “rainy day”."
    assert names(other, own) == ["Rainy day", "B"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (found("A Rainy Day at home"), "Its title says “rainy day”, 40 tracks."),
        (found("Day of a rainy one", size=1), "Its title has “rainy” and “day” in it, 1 track."),
        (found("Rainy!", SpotifyKind.SHOW), "Its title has “rainy” in it, 40 episodes."),
        (
            found("Oldies", SpotifyKind.EPISODE, duration_s=754),
            "Found with “rainy day”, 13 minutes.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)
def test_reasons_are_plain_and_true(item, reason: str) -> None:
    assert [offered.reason for offered in ranked([item], RAINY)] == [reason]
