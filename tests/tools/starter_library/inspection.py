"""Reading a score with a teacher's eye: what would make a musician wince, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tools.starter_library.form import Piece
from tools.starter_library.instruments import instrument
from tools.starter_library.score import Note, Part, Score
from tools.starter_library.voicing import parallels

_LEADS = ("melody", "soprano")
_STRONG_LENGTH = 0.7


@dataclass(frozen=True)
class Findings:
    """Counts and shares (0 to 1) over one score.

    `out_of_range`: notes an instrument cannot play. `wide_leaps`: melodic leaps over an octave.
    `steps`: share of melodic moves by a second or less. `grinding`: share of long melody notes a
    minor ninth above another sounding note. `parallels`: parallel fifths and octaves per chord
    change between the four voices, where there are four. `onsets_per_s`: events per second.
    """

    out_of_range: int
    wide_leaps: int
    steps: float
    grinding: float
    parallels: float
    onsets_per_s: float


def inspect(piece: Piece, score: Score) -> Findings:
    """Read a whole score."""
    moves = [
        abs(after.pitch - before.pitch)
        for part in score.parts
        if part.role in _LEADS
        for before, after in _neighbours(part.notes)
    ]
    onsets = {round(n.start, 1) for part in score.parts for n in part.notes}
    return Findings(
        out_of_range=sum(len(unplayable(part)) for part in score.parts),
        wide_leaps=sum(move > 12 for move in moves),
        steps=sum(move <= 2 for move in moves) / max(1, len(moves)),
        grinding=_grinding(score),
        parallels=_parallels(piece, score),
        onsets_per_s=len(onsets) / score.seconds(score.length),
    )


def unplayable(part: Part) -> list[Note]:
    """The notes outside the range of the instrument."""
    if part.is_drums:
        return []
    tool = instrument(part.name)
    return [note for note in part.notes if not tool.low <= note.pitch <= tool.high]


def _neighbours(notes: Sequence[Note]) -> Iterable[tuple[Note, Note]]:
    """Melodic successions; a rest of two bars or a change of section is no leap."""
    ordered = sorted(notes, key=lambda note: note.start)
    for before, after in pairwise(ordered):
        if after.start - before.end < 1.5:
            yield before, after


def _grinding(score: Score) -> float:
    tune = [n for p in score.parts if p.role in _LEADS for n in p.notes]
    others = [
        n
        for p in score.parts
        if p.role not in (*_LEADS, "duet") and not p.is_drums
        for n in p.notes
    ]
    long = [note for note in tune if note.length >= _STRONG_LENGTH]
    clashes = sum(any(_grinds(note, other) for other in others) for note in long)
    return clashes / max(1, len(long))


def _grinds(note: Note, other: Note) -> bool:
    together = min(note.end, other.end) - max(note.start, other.start)
    above = note.pitch - other.pitch
    return together > 0.4 and above > 0 and above % 12 == 1


def _parallels(piece: Piece, score: Score) -> float:
    """Parallel perfect intervals per chord change among soprano, alto, tenor and ground."""
    voices = [
        next((p for p in score.parts if p.role == role), None)
        for role in ("soprano", "alto", "tenor", "ground")
    ]
    if any(voice is None for voice in voices):
        return 0.0
    beats = [index * piece.meter.pulse for index in range(int(score.length / piece.meter.pulse))]
    chords = [[_at(voice, beat) for voice in voices if voice is not None] for beat in beats]
    found = changes = 0
    for before, after in pairwise(chords):
        if before != after and None not in before and None not in after:
            changes += 1
            found += parallels([p or 0 for p in before], [p or 0 for p in after])
    return found / max(1, changes)


def _at(part: Part, beat: float) -> int | None:
    middle = beat + 0.25  # players are never exactly on the beat
    return next((n.pitch for n in part.notes if n.start <= middle < n.end), None)
