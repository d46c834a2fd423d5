"""The teacher's eye sees a mistake that is put there."""

from __future__ import annotations

from tests.tools.starter_library.inspection import inspect
from tools.starter_library.pieces import PIECES
from tools.starter_library.score import Note, Part, Score

PIECE = next(piece for piece in PIECES if piece.id == "evensong")


def score(*parts: Part) -> Score:
    return Score("Test", 4.0, ((0.0, 60.0),), parts)


def line(role: str, *pitches: int, name: str = "choir") -> Part:
    notes = tuple(Note(float(i), 1.0, pitch, 80) for i, pitch in enumerate(pitches))
    return Part(name, role, 52, 0, notes)


def test_it_sees_notes_out_of_range_and_wild_leaps() -> None:
    findings = inspect(PIECE, score(line("melody", 60, 90, 60, 61)))
    assert (findings.out_of_range, findings.wide_leaps) == (1, 2)
    assert findings.onsets_per_s == 1.0


def test_it_hears_a_minor_ninth() -> None:
    clash = inspect(PIECE, score(line("melody", 73, 72), line("counter", 60, 60)))
    assert clash.grinding == 0.5


def test_it_sees_parallel_fifths_between_four_voices() -> None:
    clean = [line("soprano", 67, 67), line("alto", 60, 60), line("tenor", 52, 52)]
    assert inspect(PIECE, score(*clean, line("ground", 48, 43))).parallels == 0
    fifths = [line("soprano", 67, 69), line("alto", 64, 65), line("tenor", 57, 57)]
    assert inspect(PIECE, score(*fifths, line("ground", 48, 50))).parallels == 1
