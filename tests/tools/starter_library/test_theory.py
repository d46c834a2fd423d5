"""Roman numerals mean what a harmony book says they mean."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from tools.starter_library.theory import parse_chord, parse_key

C_MAJOR, C_MINOR = parse_key("C", "major"), parse_key("C", "minor")


@pytest.mark.parametrize(
    ("numeral", "tones"),
    [
        ("I", (0, 4, 7)),
        ("ii7", (2, 5, 9, 0)),
        ("Imaj7", (0, 4, 7, 11)),
        ("V7/V", (2, 6, 9, 0)),
        ("V7/vi", (4, 8, 11, 2)),
        ("iv", (5, 8, 0)),
        ("bVII", (10, 2, 5)),
        ("#ivo7", (6, 9, 0, 3)),
        ("V7sus4", (7, 0, 2, 5)),
        ("V7b9", (7, 11, 2, 5, 8)),
    ],
)
def test_chords_of_c_major(numeral: str, tones: tuple[int, ...]) -> None:
    assert parse_chord(numeral, C_MAJOR).tones == tones


def test_degrees_of_minor_count_from_its_own_scale() -> None:
    assert parse_chord("VI", C_MINOR).tones == (8, 0, 3)
    assert parse_chord("bII", C_MINOR).tones == (1, 5, 8)
    assert parse_chord("ii%7", C_MINOR).tones == (2, 5, 8, 0)


def test_inversions_and_pedals_choose_the_bass() -> None:
    assert parse_chord("I^3", C_MAJOR).bass == 4
    assert parse_chord("V7^7", C_MAJOR).bass == 5
    assert parse_chord("V7^3/V", C_MAJOR).bass == 6
    assert parse_chord("IV@1", C_MAJOR).bass == 0


def test_the_scale_of_a_chord_holds_its_foreign_tones() -> None:
    assert 11 in parse_chord("V7", C_MINOR).scale, "the leading note of minor"
    assert 10 not in parse_chord("V7", C_MINOR).scale
    assert 6 in parse_chord("V7/V", C_MAJOR).scale
    assert len(set(parse_chord("V7/V", C_MAJOR).scale)) == 7


def test_only_a_dominant_seventh_is_dominant() -> None:
    assert parse_chord("V7", C_MAJOR).is_dominant
    assert not parse_chord("Imaj7", C_MAJOR).is_dominant
    assert not parse_chord("ii7", C_MAJOR).is_dominant


@pytest.mark.parametrize("numeral", ["", "H", "Ixyz", "V7/", "I^9", "sus4", "I5^3"])
def test_nonsense_is_refused(numeral: str) -> None:
    with pytest.raises(UsageError):
        parse_chord(numeral, C_MAJOR)


@pytest.mark.parametrize(("name", "mode"), [("H", "major"), ("C", "locrian"), ("", "major")])
def test_keys_that_are_not(name: str, mode: str) -> None:
    with pytest.raises(UsageError, match="modes"):
        parse_key(name, mode)
