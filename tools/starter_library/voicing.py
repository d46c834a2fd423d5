"""Voice leading: chords as pitches that move as little as they can, and four-part inner voices."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, product

from tools.starter_library.theory import Chord

PERFECT = (0, 7)


def pitches_of(pitch_classes: Sequence[int], low: int, high: int) -> list[int]:
    """All MIDI pitches of the pitch classes from low to high, ascending."""
    return [pitch for pitch in range(low, high + 1) if pitch % 12 in pitch_classes]


def nearest(pitch_class: int, around: float, low: int, high: int) -> int:
    """The pitch of the class nearest to `around` within the range (folded into it)."""
    options = pitches_of((pitch_class,), low, high)
    if not options:
        return low + (pitch_class - low) % 12
    return min(options, key=lambda pitch: (abs(pitch - around), pitch))


def parallels(before: Sequence[int], after: Sequence[int]) -> int:
    """How many pairs of voices move in parallel fifths, octaves or unisons."""
    count = 0
    for (a0, a1), (b0, b1) in combinations(zip(before, after, strict=True), 2):
        interval = abs(a0 - b0) % 12
        if interval in PERFECT and interval == abs(a1 - b1) % 12 and a0 != a1 and b0 != b1:
            count += (a1 > a0) == (b1 > b0)
    return count


def voice(
    chord: Chord, previous: Sequence[int] | None, low: int, high: int, voices: int
) -> tuple[int, ...]:
    """The close voicing of `voices` pitches, ascending, that is nearest to the previous one."""
    options = [
        option
        for option in combinations(pitches_of(chord.tones, low, high), voices)
        if _is_sound(option, chord)
    ]
    if not options:
        return tuple(pitches_of(chord.tones, low, high)[:voices])
    centre = (low + high) / 2
    return min(options, key=lambda option: (_voicing_cost(option, previous, centre), option))


def _is_sound(option: tuple[int, ...], chord: Chord) -> bool:
    classes = {pitch % 12 for pitch in option}
    gaps = [b - a for a, b in pairwise(option)]
    wanted = chord.essential[: len(option)]
    if not set(wanted) <= classes or len(classes) < min(len(option), len(chord.tones)):
        return False
    return all(gap >= 2 for gap in gaps) and max(gaps, default=0) <= 9


def _voicing_cost(option: tuple[int, ...], previous: Sequence[int] | None, centre: float) -> float:
    middle = sum(option) / len(option)
    cost = 0.35 * abs(middle - centre) + 0.1 * (option[-1] - option[0])
    if previous is None or len(previous) != len(option):
        return cost + 2 * abs(middle - centre)
    moves = [abs(a - b) for a, b in zip(previous, option, strict=True)]
    return cost + sum(moves) + max(moves) * 0.5 + 4 * parallels(previous, option)


def ground_bass(soprano: Sequence[int], chords: Sequence[Chord]) -> list[int]:
    """The bass of a chorale (D2 to A3): near the last note, never in parallels with the soprano."""
    line: list[int] = []
    for top, chord in zip(soprano, chords, strict=True):
        options = pitches_of((chord.bass,), 38, 57)
        if not line:
            line.append(nearest(chord.bass, 47, 38, 57))
            continue
        before = (soprano[len(line) - 1], line[-1])
        line.append(min(options, key=lambda p: (_ground_cost(p, before, top), p)))
    return line


def _ground_cost(pitch: int, before: tuple[int, int], top: int) -> float:
    return abs(pitch - before[1]) + 0.4 * abs(pitch - 47) + 9.0 * parallels(before, (top, pitch))


def inner_voices(
    soprano: Sequence[int], bass: Sequence[int], chords: Sequence[Chord]
) -> list[tuple[int, int]]:
    """Alto and tenor for a given soprano and bass: the cheapest path through all fillings.

    Rules of the four-part chorale: complete chords, no doubled leading note or chord seventh,
    soprano-alto and alto-tenor within an octave, no crossing, no parallel fifths or octaves.
    """
    layers = [
        _fillings(top, low, chord) for top, low, chord in zip(soprano, bass, chords, strict=True)
    ]
    totals = [[_filling_cost(f, soprano[0], bass[0], chords[0]) for f in layers[0]]]
    origins: list[list[int]] = []
    for i in range(1, len(layers)):
        row: list[float] = []
        back: list[int] = []
        for filling in layers[i]:
            here = (bass[i], filling[1], filling[0], soprano[i])
            steps = [
                totals[-1][j] + _motion((bass[i - 1], f[1], f[0], soprano[i - 1]), here)
                for j, f in enumerate(layers[i - 1])
            ]
            best = min(range(len(steps)), key=steps.__getitem__)
            row.append(steps[best] + _filling_cost(filling, soprano[i], bass[i], chords[i]))
            back.append(best)
        totals.append(row)
        origins.append(back)
    return _trace(layers, totals, origins)


def _trace(
    layers: list[list[tuple[int, int]]], totals: list[list[float]], origins: list[list[int]]
) -> list[tuple[int, int]]:
    at = min(range(len(totals[-1])), key=totals[-1].__getitem__)
    path = [layers[-1][at]]
    for i in range(len(origins) - 1, -1, -1):
        at = origins[i][at]
        path.append(layers[i][at])
    return path[::-1]


def _fillings(soprano: int, bass: int, chord: Chord) -> list[tuple[int, int]]:
    altos = pitches_of(chord.tones, max(55, soprano - 12), soprano - 1)
    tenors = pitches_of(chord.tones, max(48, bass), 68)
    pairs = [(a, t) for a, t in product(altos, tenors) if t < a <= t + 12]
    return pairs or [(soprano - 4, max(bass, soprano - 9))]


def _filling_cost(filling: tuple[int, int], soprano: int, bass: int, chord: Chord) -> float:
    classes = [soprano % 12, filling[0] % 12, filling[1] % 12, bass % 12]
    missing = [t for t in chord.essential if t not in classes]
    cost = 6.0 * len(missing) + (3.0 if chord.root not in classes else 0.0)
    for tone in chord.essential:
        cost += 2.0 * max(0, classes.count(tone) - 1)
    return cost + 0.5 * max(0, filling[1] - bass - 19)


def _motion(before: Sequence[int], after: Sequence[int]) -> float:
    moved = abs(before[1] - after[1]) + abs(before[2] - after[2])
    leaps = max(0, abs(before[1] - after[1]) - 5) + max(0, abs(before[2] - after[2]) - 5)
    return moved + 2.0 * leaps + 12.0 * parallels(before, after)
