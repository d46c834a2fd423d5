"""Figures play the chord of the moment, and a bass that walks arrives."""

from __future__ import annotations

import pytest

from tools.starter_library.accompaniment import Register, play, walk
from tools.starter_library.harmony import parse_progression
from tools.starter_library.patterns import FIGURES
from tools.starter_library.rhythm import METERS
from tools.starter_library.theory import parse_key

KEY, METER = parse_key("F", "major"), METERS["4/4"]
PROGRESSION = parse_progression("I | vi ii7 | V7/V | V7", KEY, METER)
REGISTER = Register(52, 69, 3, 36, 52)


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_plays_in_its_register_without_hanging(name: str) -> None:
    notes = play(FIGURES[name], PROGRESSION, 0.0, METER.bar, REGISTER)
    assert notes
    assert all(36 <= n.pitch <= 81 for n in notes), "bass to the chord an octave up"
    assert all(n.length > 0 and n.end <= 16 + 1e-6 for n in notes)


@pytest.mark.parametrize("name", sorted(n for n in FIGURES if not n.startswith("bass")))
def test_chord_figures_play_chord_tones(name: str) -> None:
    for note in play(FIGURES[name], PROGRESSION, 0.0, METER.bar, REGISTER):
        assert note.pitch % 12 in PROGRESSION.at(note.start).chord.tones


def test_a_held_chord_is_struck_again_when_the_harmony_moves() -> None:
    notes = play("* - - -", PROGRESSION, 0.0, 4.0, REGISTER)
    assert sorted({n.start for n in notes}) == [0, 4, 6, 8, 12]


def test_a_walking_bass_starts_on_the_root_and_steps_into_the_next() -> None:
    notes = walk(PROGRESSION, 0.0, 4.0, 1.0, (28, 52))
    assert len(notes) == 16
    by_start = {n.start: n.pitch for n in notes}
    for span in PROGRESSION.spans:
        assert by_start[span.start] % 12 == span.chord.bass
    assert abs(by_start[3.0] - by_start[4.0]) <= 2
    assert all(28 <= n.pitch <= 52 for n in notes)
