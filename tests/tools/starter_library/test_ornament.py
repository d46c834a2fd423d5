"""Variations keep the time and the frame of a melody."""

from __future__ import annotations

from random import Random

from tools.starter_library.harmony import parse_progression
from tools.starter_library.ornament import vary
from tools.starter_library.rhythm import METERS
from tools.starter_library.score import Note
from tools.starter_library.theory import parse_key

PROGRESSION = parse_progression("I | I", parse_key("C", "major"), METERS["4/4"])
TUNE = [Note(i, 1, pitch, 80) for i, pitch in enumerate((60, 64, 64, 62, 60, 67, 65, 64))]


def test_ornaments_fill_the_same_time_and_keep_the_main_notes() -> None:
    varied = vary(TUNE, PROGRESSION, 1.0, Random(1))  # noqa: S311
    assert len(varied) > len(TUNE)
    assert sum(n.length for n in varied) == sum(n.length for n in TUNE)
    assert {n.start: n.pitch for n in TUNE}.items() <= {n.start: n.pitch for n in varied}.items()
    assert varied[-1] == TUNE[-1]
    assert any(n.pitch == 62 and n.start == 0.5 for n in varied), "a passing note in the third"


def test_no_share_means_no_change() -> None:
    assert vary(TUNE, PROGRESSION, 0.0, Random(1)) == TUNE  # noqa: S311
    assert vary([], PROGRESSION, 1.0, Random(1)) == []  # noqa: S311
