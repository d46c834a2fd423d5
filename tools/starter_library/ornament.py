"""Variation: a melody comes back with passing notes, neighbours and turns, never note for note."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from random import Random

from tools.starter_library.harmony import Progression
from tools.starter_library.score import Note


def vary(notes: Sequence[Note], progression: Progression, share: float, rng: Random) -> list[Note]:
    """Ornament about `share` (0 to 1) of the notes that have room; the last one stays."""
    result: list[Note] = []
    for note, following in zip_longest(notes, notes[1:]):
        if following is None or rng.random() >= share:
            result.append(note)
        else:
            result.extend(_ornamented(note, following, progression))
    return result


def _ornamented(note: Note, following: Note, progression: Progression) -> list[Note]:
    scale = progression.at(note.start).chord.scale
    gap = following.pitch - note.pitch
    joined = following.start - note.end < 1e-6
    if joined and abs(gap) in (3, 4) and 0.5 <= note.length <= 2:
        passing = _neighbour(note.pitch, scale, 1 if gap > 0 else -1)
        return _split(note, (note.length / 2, note.pitch), (note.length / 2, passing))
    if joined and gap == 0 and note.length in (1.0, 2.0):
        neighbour = _neighbour(note.pitch, scale, 1)
        return _split(note, (note.length / 2, note.pitch), (note.length / 2, neighbour))
    if joined and gap in (-1, -2) and note.length in (1.0, 1.5, 2.0):
        upper = _neighbour(note.pitch, scale, 1)
        rest = note.length - 0.5
        return _split(note, (rest, note.pitch), (0.25, upper), (0.25, note.pitch))
    return [note]


def _split(note: Note, *pieces: tuple[float, int]) -> list[Note]:
    result: list[Note] = []
    start = note.start
    for index, (length, pitch) in enumerate(pieces):
        velocity = note.velocity - (0 if index == 0 else 8)
        result.append(Note(start, length, pitch, velocity))
        start += length
    return result


def _neighbour(pitch: int, scale: Sequence[int], direction: int) -> int:
    pitch += direction
    while pitch % 12 not in scale:
        pitch += direction
    return pitch
