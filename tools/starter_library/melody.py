"""Melodies: a rhythm of motives is given, a beam search finds the pitches that sing.

The costs are those of a species-counterpoint class: steps over leaps, leaps recovered by
contrary steps, chord tones on strong beats, dissonance only as passing or neighbour notes, the
leading note resolved, one climax, motives that come back in sequence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tools.starter_library.harmony import Progression
from tools.starter_library.rhythm import Meter, parse_cell
from tools.starter_library.score import Note
from tools.starter_library.theory import Chord, Key
from tools.starter_library.voicing import PERFECT

BEAM = 28
_STEP_COSTS = (0.9, 0.0, 0.5, 1.2, 1.6, 2.4, 6.0, 2.8)


@dataclass(frozen=True)
class Theme:
    """A melody as its composer thinks of it.

    `bars` names a cell per bar ("a b a c"); equal names are one motive and keep its contour.
    `shape` gives the height (0 low to 1 high) the line should have at the start of each bar.
    `ends` lists scale degrees (1 to 7) to close on, per phrase: {bar number: degree}.
    `shy` are degrees to touch lightly, which makes a line pentatonic.
    """

    cells: dict[str, str]
    bars: str
    shape: str
    ends: dict[int, int] = field(default_factory=dict)
    shy: tuple[int, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A note that has its time and chord but no pitch yet; `echo` is the slot it resembles."""

    start: float
    length: float
    chord: Chord
    weight: float
    height: float
    echo: int | None
    goal: int | None


def slots_of(theme: Theme, progression: Progression, meter: Meter, key: Key) -> list[Slot]:
    """Lay the rhythm of a theme over its chords."""
    slots: list[Slot] = []
    first_of: dict[str, list[int]] = {}
    names = theme.bars.split()
    heights = [float(h) for h in theme.shape.split()]
    for bar, name in enumerate(names):
        model = first_of.get(name, [])
        mine: list[int] = []
        for duration in parse_cell(theme.cells[name], meter):
            if duration.rest:
                continue
            start = bar * meter.bar + duration.offset
            echo = model[len(mine)] if len(mine) < len(model) else None
            height = _interpolate(heights, start / (len(names) * meter.bar))
            chord = progression.at(start).chord
            weight = meter.weight(duration.offset)
            mine.append(len(slots))
            slots.append(Slot(start, duration.length, chord, weight, height, echo, None))
        first_of.setdefault(name, mine)
        if bar + 1 in theme.ends and mine:
            goal = key.scale[theme.ends[bar + 1] - 1]
            last = slots[mine[-1]]
            slots[mine[-1]] = Slot(
                last.start, last.length, last.chord, 1.0, last.height, None, goal
            )
    return slots


def sing(
    theme: Theme,
    progression: Progression,
    meter: Meter,
    key: Key,
    *,
    compass: tuple[int, int],
    rng: Random,
) -> list[Note]:
    """Pitches for a theme within a compass (lowest, highest MIDI pitch), velocity 80 throughout."""
    slots = slots_of(theme, progression, meter, key)
    shy = {key.scale[degree - 1] for degree in theme.shy}
    return [
        Note(slot.start, slot.length, pitch, 80)
        for slot, pitch in zip(slots, search(slots, compass, shy, rng), strict=True)
    ]


def search(
    slots: Sequence[Slot], compass: tuple[int, int], shy: set[int], rng: Random
) -> tuple[int, ...]:
    """The cheapest line through the slots that a beam of width `BEAM` finds."""
    beam: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    low, high = compass
    for index, slot in enumerate(slots):
        noise = {pitch: rng.random() * 0.9 for pitch in range(low, high + 1)}
        options = [
            pitch
            for pitch in range(low, high + 1)
            if (
                pitch % 12 == slot.goal if slot.goal is not None else pitch % 12 in slot.chord.scale
            )
        ]
        grown = [
            (cost + noise[pitch] + _cost(slots, index, line, pitch, compass, shy), (*line, pitch))
            for cost, line in beam
            for pitch in options
        ]
        beam = sorted(grown)[:BEAM]
    return beam[0][1]


def _cost(
    slots: Sequence[Slot],
    index: int,
    line: tuple[int, ...],
    pitch: int,
    compass: tuple[int, int],
    shy: set[int],
) -> float:
    slot = slots[index]
    low, high = compass
    cost = 0.16 * abs(pitch - (low + slot.height * (high - low)))
    cost += _harmonic_cost(slot, pitch)
    cost += 0.8 if pitch % 12 in shy else 0.0
    if not line:
        return cost
    steps = _steps(slots[index - 1].chord, line[-1], slot.chord, pitch)
    cost += _interval_cost(steps, pitch - line[-1])
    cost += _resolution_cost(slots[index - 1], line[-1], slot, pitch)
    if len(line) > 1:
        cost += _shape_cost(slots, index, line, pitch)
    if pitch >= max(line) and slot.height < 0.75:
        cost += 0.5
    return cost + _echo_cost(slots, index, line, pitch, steps)


def _harmonic_cost(slot: Slot, pitch: int) -> float:
    # A semitone above a chord tone grinds against it, be it the root over a major seventh.
    above = (pitch - 1) % 12 in slot.chord.tones
    long = min(slot.length, 2.0)
    grind = 1.2 * long if above else 0.0
    if pitch % 12 in slot.chord.tones:
        return grind
    return (0.4 + 2.6 * slot.weight) * (0.5 + 0.5 * long) + grind


def _interval_cost(steps: int, semitones: int) -> float:
    size = abs(steps)
    cost = _STEP_COSTS[size] if size < len(_STEP_COSTS) else 9.0 + size
    if abs(semitones) == 6 or (size == 1 and abs(semitones) == 3):
        cost += 3.0
    return cost


def _resolution_cost(before: Slot, last: int, slot: Slot, pitch: int) -> float:
    move = pitch - last
    cost = 2.0 if _is_parallel(before, last, slot, pitch) else 0.0
    if last % 12 not in before.chord.tones:
        cost += 0.0 if 0 < abs(move) <= 2 else 2.5 * min(1.0, before.length)
    if before.chord.is_dominant and slot.chord is not before.chord:
        third, seventh = before.chord.root + 4, before.chord.root + 10
        if (last - third) % 12 == 0 and move not in (1, 0):
            cost += 1.5
        if (last - seventh) % 12 == 0 and move not in (-1, -2, 0):
            cost += 1.5
    return cost


def _is_parallel(before: Slot, last: int, slot: Slot, pitch: int) -> bool:
    """True where melody and bass step together from one perfect interval into the same one."""
    if before.chord.bass == slot.chord.bass or last == pitch:
        return False
    interval = (pitch - slot.chord.bass) % 12
    return interval in PERFECT and interval == (last - before.chord.bass) % 12


def _shape_cost(slots: Sequence[Slot], index: int, line: tuple[int, ...], pitch: int) -> float:
    before, move = line[-1] - line[-2], pitch - line[-1]
    cost = 0.0
    if abs(before) >= 5:
        recovered = before * move < 0 and abs(move) <= 4
        cost += -0.4 if recovered else (1.6 if before * move > 0 else 0.6)
    if abs(before) >= 3 and abs(move) >= 3 and before * move > 0 and abs(before + move) > 9:
        cost += 2.0
    if move == 0 and before == 0:
        cost += 1.4
    if len(line) > 2 and pitch == line[-2] and line[-1] == line[-3]:
        cost += 1.2
    passing = slots[index - 1]
    if line[-1] % 12 not in passing.chord.tones and abs(before) > 2:
        cost += 1.2 + passing.weight
    return cost


def _echo_cost(
    slots: Sequence[Slot], index: int, line: tuple[int, ...], pitch: int, steps: int
) -> float:
    """Motives come back with the same melodic intervals, at whatever height the harmony asks."""
    echo = slots[index].echo
    if echo is None or echo == 0 or slots[index - 1].echo != echo - 1:
        return 0.0
    was = _steps(slots[echo - 1].chord, line[echo - 1], slots[echo].chord, line[echo])
    if was == steps:
        return -0.5
    return 0.7 + 0.25 * abs(was - steps) + (0.8 if was * steps < 0 else 0.0)


def _steps(chord_a: Chord, a: int, chord_b: Chord, b: int) -> int:
    """The interval in letters from pitch a to pitch b (0 unison, 1 second, ...)."""
    degree_a, degree_b = chord_a.degree_of(a), chord_b.degree_of(b)
    if degree_a is None or degree_b is None:
        return round((b - a) * 7 / 12)
    raw = (degree_b - degree_a) % 7
    return raw + 7 * round(((b - a) * 7 / 12 - raw) / 7)


def _interpolate(values: Sequence[float], share: float) -> float:
    """The value at a share (0 to 1) of evenly spaced points."""
    if len(values) == 1:
        return values[0]
    place = min(max(share, 0.0), 1.0) * (len(values) - 1)
    left = min(math.floor(place), len(values) - 2)
    return values[left] + (place - left) * (values[left + 1] - values[left])
