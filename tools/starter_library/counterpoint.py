"""Second voices: a slow counter-melody, a duet in thirds and sixths, inner parts of a chorale."""

from __future__ import annotations

from collections.abc import Sequence

from tools.starter_library.harmony import Progression
from tools.starter_library.score import Note
from tools.starter_library.voicing import PERFECT, nearest, pitches_of


def sounding(notes: Sequence[Note], beat: float) -> int | None:
    """The pitch of a line at a beat, None where it rests."""
    for note in notes:
        if note.start - 1e-6 <= beat < note.end - 1e-6:
            return note.pitch
    return None


def counter_line(
    progression: Progression, melody: Sequence[Note], compass: tuple[int, int]
) -> list[Note]:
    """One long note per chord, led by the guide tones and against the melody's motion."""
    low, high = compass
    line: list[Note] = []
    for span in progression.spans:
        tune = sounding(melody, span.start)
        options = pitches_of(span.chord.tones, low, high)
        pitch = min(
            options, key=lambda p: (_counter_cost(p, line, span.chord.essential, tune, compass), p)
        )
        if line and line[-1].pitch == pitch and span.start - line[-1].end < 1e-6:
            line[-1] = Note(line[-1].start, line[-1].length + span.length, pitch, 72)
        else:
            line.append(Note(span.start, span.length, pitch, 72))
    return line


def _counter_cost(
    pitch: int,
    line: Sequence[Note],
    essential: tuple[int, ...],
    tune: int | None,
    compass: tuple[int, int],
) -> float:
    cost = 0.05 * abs(pitch - sum(compass) / 2)
    cost += 0.0 if pitch % 12 in essential else 1.0
    if line:
        cost += 0.6 * abs(pitch - line[-1].pitch)
    if tune is not None:
        cost += 1.5 if (pitch - tune) % 12 in PERFECT else 0.0
        cost += 4.0 if pitch >= tune else 0.0
    return cost


def duet(melody: Sequence[Note], progression: Progression, below: bool = True) -> list[Note]:
    """A second voice in thirds or sixths, on chord tones where the beat is strong."""
    result: list[Note] = []
    for note in melody:
        chord = progression.at(note.start).chord
        wanted = chord.tones if note.pitch % 12 in chord.tones else chord.scale
        sign = -1 if below else 1
        options = [
            note.pitch + sign * interval
            for interval in (3, 4, 8, 9, 5)
            if (note.pitch + sign * interval) % 12 in wanted
        ]
        pitch = options[0] if options else nearest(chord.root, note.pitch - 7, 40, note.pitch - 1)
        result.append(Note(note.start, note.length, pitch, max(1, note.velocity - 12)))
    return result
