import pytest

from emotion_stream.emotions import Affect
from emotion_stream.music.local.estimate import genre_valence, mood_affect


@pytest.mark.parametrize(
    ("brighter", "darker"),
    [
        ("Disco", "Doom Metal"),
        ("Bossa Nova", "Dark Ambient"),
        ("Ska Punk", "Grindcore"),
        ("Synthpop", "Gothic Rock"),
        ("Pop", "Trip Hop"),
    ],
)
def test_genres_are_ordered_as_most_people_would(brighter: str, darker: str) -> None:
    bright, dark = genre_valence(brighter), genre_valence(darker)
    assert bright is not None
    assert dark is not None
    assert bright > dark


WITHIN = ["Demo", "Memories", "Emotional", "Therapy", "Rapture", "Warehouse", "Popular", "Unknown"]


@pytest.mark.parametrize("nothing", [None, "", "(17)", *WITHIN])
def test_a_genre_that_says_nothing_is_no_opinion(nothing: str | None) -> None:
    assert genre_valence(nothing) is None


@pytest.mark.parametrize("genre", ["Gothic", "Funky", "Jazz-Funk", "Emo", "Pop/Rock", "R&B"])
def test_a_genre_begins_a_word(genre: str) -> None:
    assert genre_valence(genre) is not None


@pytest.mark.parametrize(
    "mood", ["not sad", "Not very happy", "never angry", "isn't calm", "no party"]
)
def test_what_a_mood_tag_denies_says_nothing(mood: str) -> None:
    assert mood_affect(mood) is None
    assert mood_affect(f"{mood}, dreamy") == mood_affect("dreamy")


def test_a_mood_tag_names_a_place_and_several_words_are_averaged() -> None:
    assert mood_affect("Happy") == Affect(0.8, 0.5)
    both = mood_affect("dark; dreamy")
    assert both is not None
    assert both.valence == pytest.approx(-0.1)
    assert mood_affect("Tuesday") is None
    assert mood_affect(None) is None
