"""What a player adds to the notes: dynamics, phrasing, breath, swing, small imprecisions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.starter_library.form import Piece, Placed, Player
from tools.starter_library.instruments import instrument
from tools.starter_library.rhythm import swing
from tools.starter_library.score import Control, Note

PHRASE_BARS = 4
_ROLE_OFFSET = {
    "melody": 10,
    "soprano": 6,
    "duet": 0,
    "counter": -8,
    "pattern": -14,
    "walking": -4,
    "drums": -6,
}
_STRUM_MS = {"nylon guitar": 13, "steel guitar": 13, "harp": 24, "clean guitar": 9, "piano": 4}


@dataclass(frozen=True)
class Dynamics:
    """The loudness (0 to 1) of the piece over time, and its phrases."""

    placed: tuple[Placed, ...]
    bar: float
    end: float
    softens: bool

    def level(self, beat: float) -> float:
        """Terraced by section, with a crescendo or diminuendo into the next one and an arch per
        phrase."""
        index = max((i for i, p in enumerate(self.placed) if p.start <= beat + 1e-6), default=0)
        here = self.placed[index]
        level = here.section.level
        finish = here.start + here.bars * self.bar
        if index + 1 < len(self.placed):
            ahead = max(0.0, 1 - (finish - beat) / (2 * self.bar))
            level += 0.5 * ahead * (self.placed[index + 1].section.level - level)
        elif self.softens:
            level -= 0.18 * max(0.0, 1 - (finish - beat) / (2 * self.bar))
        phrase = PHRASE_BARS * self.bar
        share = ((beat - here.start) % phrase) / phrase
        return min(1.0, max(0.05, level + 0.09 * (math.sin(math.pi * share**0.8) - 0.6)))


def dynamics_of(piece: Piece, placed: Sequence[Placed]) -> Dynamics:
    end = placed[-1].start + placed[-1].bars * piece.meter.bar
    return Dynamics(tuple(placed), piece.meter.bar, end, piece.ending == "hold")


def perform(
    notes: Sequence[Note], player: Player, piece: Piece, dynamics: Dynamics, rng: Random
) -> list[Note]:
    """Velocity, length and time of each note as it is played."""
    pitches = [note.pitch for note in notes]
    mean = sum(pitches) / len(pitches) if pitches else 0.0
    result: list[Note] = []
    for order, note in _with_chord_order(notes):
        velocity = _velocity(note, player, piece, dynamics, mean, rng)
        start = swing(note.start, piece.swing, piece.swing_unit)
        end = swing(note.end, piece.swing, piece.swing_unit)
        start += _delay_s(player, piece, order, rng) * piece.quarter_bpm / 60
        length = max(0.06, (end - start) * player.legato)
        result.append(Note(max(0.0, start), length, note.pitch, velocity))
    return result


def _with_chord_order(notes: Sequence[Note]) -> list[tuple[int, Note]]:
    """Each note with its place in its chord from below, for strumming."""
    ordered = sorted(notes, key=lambda note: (note.start, note.pitch))
    result: list[tuple[int, Note]] = []
    order = 0
    for index, note in enumerate(ordered):
        same = index > 0 and abs(ordered[index - 1].start - note.start) < 1e-6
        order = order + 1 if same else 0
        result.append((order, note))
    return result


def _velocity(
    note: Note, player: Player, piece: Piece, dynamics: Dynamics, mean: float, rng: Random
) -> int:
    level = dynamics.level(note.start)
    accent = 10 * (piece.meter.weight(note.start) - 0.5)
    height = 0.0 if player.role == "drums" else 0.45 * (note.pitch - mean)
    velocity = (
        38
        + 66 * level
        + (note.velocity - 80) * 0.8
        + accent
        + max(-8.0, min(8.0, height))
        + _ROLE_OFFSET.get(player.role, -6)
        + player.level
        + (rng.random() + rng.random() - 1) * 6 * piece.human
    )
    return max(8, min(122, round(velocity)))


def _delay_s(player: Player, piece: Piece, order: int, rng: Random) -> float:
    spread = 4 if player.role == "drums" else 9
    jitter = (rng.random() + rng.random() - 1) * spread * piece.human
    strum = order * _STRUM_MS.get(player.instrument, 0)
    behind = 6 if player.role == "melody" and piece.human > 0 else 0
    return (jitter + strum + behind) / 1000


def tempo_map(
    piece: Piece, placed: Sequence[Placed], rng: Random
) -> tuple[tuple[float, float], ...]:
    """(beat, quarter notes per minute): the pulse breathes with the phrases, slows at the end."""
    end = placed[-1].start + placed[-1].bars * piece.meter.bar
    step = piece.meter.pulse / 2
    phrase = PHRASE_BARS * piece.meter.bar
    tempos: list[tuple[float, float]] = []
    for index in range(round(end / step)):
        beat = index * step
        share = (beat % phrase) / phrase
        factor = 1 + piece.rubato * (
            0.05 * math.sin(math.pi * share)
            - 0.14 * max(0.0, (share - 0.86) / 0.14)
            + 0.015 * (rng.random() - 0.5)
        )
        slowing = max(0.0, 1 - (end - beat) / (2.0 * piece.meter.bar))
        factor *= 1 - piece.ritardando * slowing**1.3
        bpm = round(piece.quarter_bpm * factor, 3)
        if not tempos or abs(tempos[-1][1] - bpm) > 0.01:
            tempos.append((beat, bpm))
    return tuple(tempos)


def swell(notes: Sequence[Note], player: Player, dynamics: Dynamics) -> list[Control]:
    """Expression (CC 11) that follows the dynamics, and vibrato (CC 1) that grows on long notes."""
    if not instrument(player.instrument).sustains or not notes:
        return []
    controls: list[Control] = []
    beat, last = 0.0, -1
    while beat < dynamics.end:
        value = round(62 + 62 * dynamics.level(beat))
        if abs(value - last) >= 2:
            controls.append(Control(beat, 11, min(127, value)))
            last = value
        beat += 0.5
    for note in notes:
        if note.length >= 1.4 and player.role in ("melody", "soprano", "counter", "duet"):
            controls.append(Control(note.start, 1, 0))
            controls.append(Control(note.start + 0.6, 1, 18))
            controls.append(Control(note.start + 1.0, 1, 34))
            controls.append(Control(note.end, 1, 0))
    return controls


def pedal(chord_starts: Sequence[float], end: float) -> list[Control]:
    """The sustain pedal (CC 64): lifted with each new chord, down again just after it."""
    controls: list[Control] = []
    for start in chord_starts:
        controls.append(Control(start, 64, 0))
        controls.append(Control(start + 0.12, 64, 127))
    controls.append(Control(end, 64, 0))
    return controls
