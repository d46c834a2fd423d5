"""Melodies keep to their compass, their harmony, their goals and their motives."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from tools.starter_library.harmony import parse_progression
from tools.starter_library.melody import Theme, sing
from tools.starter_library.rhythm import METERS
from tools.starter_library.score import Note
from tools.starter_library.theory import parse_key

KEY, METER = parse_key("C", "major"), METERS["4/4"]
PROGRESSION = parse_progression("I | IV | I | V7 | I | IV | V7 | I", KEY, METER)
THEME = Theme(
    cells={"a": "q q q q", "b": "h q rq", "c": "w"},
    bars="a b a b a a b c",
    shape="0.3 0.5 0.4 0.5 0.6 1 0.6 0.3",
    ends={4: 2, 8: 1},
)


def song(seed: int) -> list[Note]:
    return sing(THEME, PROGRESSION, METER, KEY, compass=(60, 79), rng=Random(seed))  # noqa: S311


@pytest.mark.parametrize("seed", range(8))
def test_a_melody_is_singable(seed: int) -> None:
    notes = song(seed)
    moves = [abs(b.pitch - a.pitch) for a, b in pairwise(notes)]
    assert all(60 <= note.pitch <= 79 for note in notes)
    assert max(moves) <= 12
    assert sum(move <= 4 for move in moves) / len(moves) > 0.6
    assert notes[-1].pitch % 12 == 0, "it ends on the tonic"
    assert [n for n in notes if n.start < 16][-1].pitch % 12 == 2, "the half cadence"


@pytest.mark.parametrize("seed", range(8))
def test_strong_beats_carry_chord_tones(seed: int) -> None:
    strong = [n for n in song(seed) if n.start % 4 == 0]
    fitting = [n for n in strong if n.pitch % 12 in PROGRESSION.at(n.start).chord.tones]
    assert len(fitting) >= len(strong) - 1


def test_a_motive_comes_back_with_its_shape() -> None:
    notes = song(1)
    bars = [[n.pitch for n in notes if bar * 4 <= n.start < bar * 4 + 4] for bar in range(8)]
    shapes = [tuple((b > a) - (b < a) for a, b in pairwise(bars[bar])) for bar in (0, 2, 4)]
    assert len(set(shapes)) <= 2


def test_the_same_seed_sings_the_same_song_and_another_one_another() -> None:
    assert song(3) == song(3)
    assert len({tuple(n.pitch for n in song(seed)) for seed in range(5)}) > 2
