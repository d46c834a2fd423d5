"""Second voices stay under the melody and in the harmony."""

from __future__ import annotations

from tools.starter_library.counterpoint import counter_line, duet, sounding
from tools.starter_library.harmony import parse_progression
from tools.starter_library.rhythm import METERS
from tools.starter_library.score import Note
from tools.starter_library.theory import parse_key

PROGRESSION = parse_progression("I | ii7 | V7 | I", parse_key("C", "major"), METERS["4/4"])
TUNE = [Note(i * 2, 2, pitch, 80) for i, pitch in enumerate((72, 76, 74, 77, 74, 71, 72, 72))]


def test_a_counter_melody_is_slow_and_fits_its_chords() -> None:
    line = counter_line(PROGRESSION, TUNE, (52, 69))
    assert all(n.pitch % 12 in PROGRESSION.at(n.start).chord.tones for n in line)
    assert all(52 <= n.pitch <= 69 for n in line)
    assert sum(n.length for n in line) == 16


def test_a_duet_runs_below_in_thirds_and_sixths() -> None:
    second = duet(TUNE, PROGRESSION)
    gaps = {a.pitch - b.pitch for a, b in zip(TUNE, second, strict=True)}
    assert gaps <= {3, 4, 5, 8, 9}


def test_what_sounds_at_a_beat() -> None:
    assert sounding(TUNE, 2.5) == 76
    assert sounding(TUNE, 99) is None
