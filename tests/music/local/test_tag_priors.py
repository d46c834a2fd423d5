import pytest

from emotion_stream.emotions import Affect
from emotion_stream.music.local.tag_priors import genre_valence, mood_affect


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


@pytest.mark.parametrize("nothing", [None, "", "Unknown", "(17)"])
def test_a_genre_that_says_nothing_is_no_opinion(nothing: str | None) -> None:
    assert genre_valence(nothing) is None


def test_a_mood_tag_names_a_place_and_several_words_are_averaged() -> None:
    assert mood_affect("Happy") == Affect(0.8, 0.5)
    both = mood_affect("dark; dreamy")
    assert both is not None
    assert both.valence == pytest.approx(-0.1)
    assert mood_affect("Tuesday") is None
    assert mood_affect(None) is None
