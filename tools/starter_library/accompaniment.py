"""Accompaniment figures: a small language of steps that turns chords into playing.

A figure divides each bar into equal steps (`|` separates bars that alternate). A step names what
sounds: digits are voices of the chord from the lowest (beyond the top: an octave higher), `*` the
whole chord, `b` its bass, `o` the bass an octave up, `f` the fifth under or over the bass, `p` the
fifth above it (power chords), `a` an approach to the next bass; `-` holds, `.` rests, `!` accents,
`,` softens.
"""

from __future__ import annotations

from dataclasses import dataclass

from tools.starter_library.harmony import ChordSpan, Progression
from tools.starter_library.score import Note
from tools.starter_library.voicing import nearest, voice


@dataclass(frozen=True)
class Register:
    """Where a figure is played: the chord within low..high, its bass within bass_low..bass_high."""

    low: int
    high: int
    voices: int
    bass_low: int
    bass_high: int


@dataclass
class _State:
    """What the hands remember: the last voicing and bass, the notes that are still held."""

    voicing: tuple[int, ...] | None = None
    bass: int | None = None
    span: ChordSpan | None = None
    stroke: str = "."
    began: float = 0.0


def play(
    figure: str, progression: Progression, start: float, bar: float, register: Register
) -> list[Note]:
    """The notes of a figure over chords that begin at `start` beats; velocities around 80."""
    patterns = [text.split() for text in figure.split("|")]
    state = _State()
    notes: list[Note] = []
    for number in range(progression.bars):
        steps = patterns[number % len(patterns)]
        step_length = bar / len(steps)
        for index, stroke in enumerate(steps):
            beat = start + number * bar + index * step_length
            _play_step(stroke, beat, progression, register, state, notes)
    _release(state, start + progression.bars * bar, progression, register, notes)
    return sorted(notes, key=lambda note: (note.start, note.pitch))


def _play_step(
    stroke: str,
    beat: float,
    progression: Progression,
    register: Register,
    state: _State,
    notes: list[Note],
) -> None:
    span = progression.at(beat)
    changed = span is not state.span
    if stroke == "-" and not changed:
        return
    _release(state, beat, progression, register, notes)
    if changed:
        state.voicing = voice(
            span.chord, state.voicing, register.low, register.high, register.voices
        )
        state.bass = _bass(span, state.bass, register)
        state.span = span
    # A held figure is struck again with the new chord: the old one would clash.
    state.stroke = state.stroke if stroke == "-" else stroke
    state.began = beat


def _bass(span: ChordSpan, previous: int | None, register: Register) -> int:
    centre = (register.bass_low + register.bass_high) / 2
    around = centre if previous is None else 0.6 * centre + 0.4 * previous
    return nearest(span.chord.bass, around, register.bass_low, register.bass_high)


def _release(
    state: _State, beat: float, progression: Progression, register: Register, notes: list[Note]
) -> None:
    length = beat - state.began
    if state.span is None or state.stroke == "." or length <= 1e-6:
        return
    velocity = 80 + 14 * state.stroke.count("!") - 18 * state.stroke.count(",")
    pitches = _pitches(state, progression, register)
    notes.extend(Note(state.began, length, pitch, velocity) for pitch in sorted(pitches))


def _pitches(state: _State, progression: Progression, register: Register) -> set[int]:
    voicing, bass, span = state.voicing or (), state.bass or 0, state.span
    pitches: set[int] = set()
    for symbol in state.stroke:
        if symbol == "*":
            pitches.update(voicing)
        elif symbol.isdigit():
            octave, index = divmod(int(symbol) - 1, len(voicing))
            pitches.add(voicing[index] + 12 * octave)
        elif symbol == "b":
            pitches.add(bass)
        elif symbol == "o":
            pitches.add(bass + 12)
        elif symbol == "f" and span is not None:
            pitches.add(_fifth(span, bass, register))
        elif symbol == "p":
            pitches.add(bass + 7)
        elif symbol == "a" and span is not None:
            pitches.add(_approach(span, bass, progression, register))
    return pitches


def _fifth(span: ChordSpan, bass: int, register: Register) -> int:
    tones = span.chord.tones
    fifth = next((t for t in tones if (t - span.chord.root) % 12 in (6, 7, 8)), span.chord.root)
    if fifth == bass % 12:
        fifth = span.chord.root
    below = bass - (bass - fifth) % 12
    return below if below >= register.bass_low else below + 12


def _approach(span: ChordSpan, bass: int, progression: Progression, register: Register) -> int:
    """A step from the scale below or above the next bass, from the side we come from."""
    following = progression.at(span.end + 1e-3)
    target = _bass(following, bass, register)
    scale = following.chord.scale
    direction = 1 if bass < target else -1
    pitch = target - direction
    while pitch % 12 not in scale:
        pitch -= direction
    return pitch


def walk(
    progression: Progression, start: float, bar: float, pulse: float, compass: tuple[int, int]
) -> list[Note]:
    """A walking bass: the root on the chord, chord tones between, a step into the next root."""
    register = Register(0, 0, 0, *compass)
    notes: list[Note] = []
    bass: int | None = None
    for span in progression.spans:
        bass = _bass(span, bass, register)
        following = progression.at(span.end + 1e-3)
        target = _bass(following, bass, register)
        count = max(1, round(span.length / pulse))
        line = _walk_line(bass, target, count, span, compass)
        notes.extend(
            Note(span.start + i * pulse, pulse, pitch, 80 if i % 2 == 0 else 86)
            for i, pitch in enumerate(line)
        )
        bass = line[-1]
    return notes


def _walk_line(
    bass: int, target: int, count: int, span: ChordSpan, compass: tuple[int, int]
) -> list[int]:
    low, high = compass
    if count == 1:
        return [bass]
    approach = target + (1 if bass > target else -1)
    if not low <= approach <= high:
        approach = target + 2 * (target - approach) // 2
    line = [bass]
    for index in range(1, count - 1):
        ideal = bass + (approach - bass) * index / (count - 1)
        if abs(approach - bass) < 3:
            ideal = bass + (4, 7)[index % 2] * (1 if bass + 7 <= high else -1)
        tones = span.chord.tones if index % 2 == 0 else span.chord.scale
        options = [
            p for p in range(low, high + 1) if p % 12 in tones and p not in (line[-1], approach)
        ]
        line.append(min(options, key=lambda p: (abs(p - ideal), p)))
    return [*line, approach]
