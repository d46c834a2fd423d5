"""From a piece to a score: every player's notes, performed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tools.starter_library.accompaniment import Register, play, walk
from tools.starter_library.counterpoint import counter_line, duet, sounding
from tools.starter_library.drums import LOUD, closing_stroke, crash, groove
from tools.starter_library.expression import (
    Dynamics,
    dynamics_of,
    pedal,
    perform,
    swell,
    tempo_map,
)
from tools.starter_library.form import Piece, Placed, Player, lay_out, whole_progression
from tools.starter_library.harmony import Progression, parse_progression
from tools.starter_library.instruments import instrument
from tools.starter_library.melody import sing
from tools.starter_library.ornament import vary
from tools.starter_library.patterns import FIGURES
from tools.starter_library.score import DRUM_CHANNEL, Control, Note, Part, Score
from tools.starter_library.voicing import ground_bass, inner_voices

_INNER = ("alto", "tenor", "ground")


def compose(piece: Piece) -> Score:
    """The score of a piece; the same piece gives the same score, note for note."""
    placed = lay_out(piece)
    dynamics = dynamics_of(piece, placed)
    themes = themes_sung(piece)
    tunes = {index: _tune(piece, themes, p, index) for index, p in enumerate(placed)}
    parts: list[Part] = []
    for number, player in enumerate(piece.players):
        rng = Random(f"{piece.id}/{piece.seed}/{number}")  # noqa: S311
        notes = _written(piece, player, placed, tunes, rng)
        parts.append(_part(piece, player, number, notes, dynamics, rng))
    rng = Random(f"{piece.id}/{piece.seed}/tempo")  # noqa: S311
    return Score(piece.title, piece.meter.bar, tempo_map(piece, placed, rng), tuple(parts))


def themes_sung(piece: Piece) -> dict[str, list[Note]]:
    """Each theme's melody once, from beat 0, before variation."""
    sung: dict[str, list[Note]] = {}
    for name, theme in piece.themes.items():
        progression = parse_progression(piece.harmony[name], piece.key, piece.meter)
        rng = Random(f"{piece.id}/{piece.seed}/theme/{name}")  # noqa: S311
        sung[name] = sing(
            theme, progression, piece.meter, piece.key, compass=piece.compass, rng=rng
        )
    return sung


def _tune(piece: Piece, themes: dict[str, list[Note]], placed: Placed, index: int) -> list[Note]:
    """The melody of a section at its place, varied where the section says so."""
    section = placed.section
    theme = themes.get(section.theme, [])
    offset = placed.first_bar * piece.meter.bar
    length = placed.bars * piece.meter.bar
    notes = [
        Note(n.start - offset + placed.start, n.length, n.pitch + 12 * section.octave, n.velocity)
        for n in theme
        if offset - 1e-6 <= n.start < offset + length - 1e-6
    ]
    rng = Random(f"{piece.id}/{piece.seed}/section/{index}")  # noqa: S311
    return vary(notes, placed.progression, section.vary, rng)


def _written(
    piece: Piece,
    player: Player,
    placed: Sequence[Placed],
    tunes: dict[int, list[Note]],
    rng: Random,
) -> list[Note]:
    notes: list[Note] = []
    for index, place in enumerate(placed):
        if player.joins(place.section):
            last = index == len(placed) - 1
            notes.extend(_section_notes(piece, player, place, tunes[index], last, rng))
    if player.role in _INNER:
        whole = whole_progression(piece, list(placed))
        return vary(_merge_repeats(notes), whole, player.vary, rng)
    return notes


def _section_notes(
    piece: Piece, player: Player, place: Placed, tune: Sequence[Note], last: bool, rng: Random
) -> list[Note]:
    shift = 12 * player.octave
    if player.role in ("melody", "soprano"):
        return _shifted(tune, shift)
    if player.role == "duet":
        return _shifted(duet(tune, place.progression), shift)
    if player.role == "counter":
        return counter_line(place.progression, tune, (player.low, player.high))
    if player.role in _INNER:
        return _chorale_voice(player.role, place.progression, tune, player)
    if player.role == "drums":
        return _drums(piece, player, place, last, rng)
    return _figure(piece, player, place, last)


def _shifted(notes: Sequence[Note], semitones: int) -> list[Note]:
    return [Note(n.start, n.length, n.pitch + semitones, n.velocity) for n in notes]


def _figure(piece: Piece, player: Player, place: Placed, last: bool) -> list[Note]:
    """A figure or a walking bass over a section; the last bar of the piece closes on its chord."""
    bar = piece.meter.bar
    body, closing = place.progression, None
    if last:
        body, closing = _without_last_bar(place.progression, place.start, bar)
    tool = instrument(player.instrument)
    if player.role == "walking":
        notes = walk(body, place.start, bar, piece.meter.pulse, (tool.low, 52))
    else:
        figure = FIGURES[player.pattern_in(place.section)]
        notes = play(figure, body, place.start, bar, _register(player))
        if tool.rings:
            notes = [_ring(note, body) for note in notes]
    if closing is not None:
        start = place.start + body.bars * bar
        figure = "b -" if _is_bass(player) else "b* -"
        ending = play(figure, closing, start, bar, _register(player))
        notes.extend(_closing(note, piece, bar) for note in ending)
    return notes


def _closing(note: Note, piece: Piece, bar: float) -> Note:
    length = bar * 1.1 if piece.ending == "hold" else min(0.7, bar / 4)
    return Note(
        note.start, length, note.pitch, note.velocity + (0 if piece.ending == "hold" else 14)
    )


def _is_bass(player: Player) -> bool:
    return player.role in ("walking", "bass")


def _register(player: Player) -> Register:
    tool = instrument(player.instrument)
    if _is_bass(player):
        floor = max(tool.low, 28)
        return Register(floor + 12, floor + 24, 1, floor, floor + 15)
    bass_low = max(tool.low, player.low - 19)
    return Register(
        player.low, player.high, player.voices, bass_low, max(bass_low + 12, player.low)
    )


def _ring(note: Note, progression: Progression) -> Note:
    """A plucked note is left to sound to the end of its chord."""
    end = max(note.end, min(progression.at(note.start).end, note.start + 3.0))
    return Note(note.start, end - note.start, note.pitch, note.velocity)


def _without_last_bar(
    progression: Progression, start: float, bar: float
) -> tuple[Progression, Progression]:
    edge = start + (progression.bars - 1) * bar
    body = tuple(span for span in progression.spans if span.start < edge - 1e-6)
    final = tuple(span for span in progression.spans if span.start >= edge - 1e-6)
    return Progression(body, progression.bars - 1), Progression(final, 1)


def _chorale_voice(
    role: str, progression: Progression, tune: Sequence[Note], player: Player
) -> list[Note]:
    """One of the lower three voices under a melody: one note per chord."""
    sopranos: list[int] = []
    for span in progression.spans:
        pitch = sounding(tune, span.start)
        sopranos.append(pitch if pitch is not None else (sopranos[-1] if sopranos else 72))
    chords = [span.chord for span in progression.spans]
    basses = ground_bass(sopranos, chords)
    inner = inner_voices(sopranos, basses, chords)
    lines = {
        "alto": [alto for alto, _ in inner],
        "tenor": [tenor for _, tenor in inner],
        "ground": basses,
    }
    return [
        Note(span.start, span.length, pitch + 12 * player.octave, 76)
        for span, pitch in zip(progression.spans, lines[role], strict=True)
    ]


def _merge_repeats(notes: Sequence[Note]) -> list[Note]:
    """Common tones are held over, as singers and string players do, for up to a bar of four."""
    merged: list[Note] = []
    for note in notes:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.pitch == note.pitch
            and abs(before.end - note.start) < 1e-6
            and before.length + note.length <= 4
        ):
            merged[-1] = Note(
                before.start, before.length + note.length, before.pitch, before.velocity
            )
        else:
            merged.append(note)
    return merged


def _drums(piece: Piece, player: Player, place: Placed, last: bool, rng: Random) -> list[Note]:
    bar = piece.meter.bar
    bars = place.bars - (1 if last else 0)
    name = player.pattern_in(place.section)
    notes = groove(name, place.start, bars, bar, fill=not last, rng=rng)
    if last:
        notes.extend(closing_stroke(place.start + bars * bar, place.section.level))
    elif place.section.level >= LOUD:
        notes.extend(crash(place.start)[:1])
    return notes


def _part(
    piece: Piece,
    player: Player,
    number: int,
    notes: Sequence[Note],
    dynamics: Dynamics,
    rng: Random,
) -> Part:
    tool = instrument(player.instrument)
    drums = player.role == "drums"
    channel = DRUM_CHANNEL if drums else number if number < DRUM_CHANNEL else number + 1
    performed = perform(notes, player, piece, dynamics, rng)
    controls = [
        Control(0.0, 7, player.volume),
        Control(0.0, 10, player.pan),
        Control(0.0, 91, piece.reverb),
        *swell(notes, player, dynamics),
    ]
    if tool.pedal and player.pedal and player.role == "pattern":
        whole = whole_progression(piece, list(dynamics.placed))
        controls.extend(pedal([span.start for span in whole.spans], dynamics.end + 1))
    controls.sort(key=lambda control: (control.start, control.number))
    return Part(
        player.instrument, player.role, tool.program, channel, tuple(performed), tuple(controls)
    )
