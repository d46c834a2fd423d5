"""A piece as its composer writes it down: key, themes, chords, sections, players."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.starter_library.harmony import Progression, join, parse_progression
from tools.starter_library.melody import Theme
from tools.starter_library.rhythm import METERS, Meter
from tools.starter_library.theory import Key, parse_key


@dataclass(frozen=True)
class Section:
    """A stretch of the piece, named after its theme with primes for returns: A, A', B.

    `level` (0 to 1) is the loudness, `vary` the share of ornamented notes, `bars` the part of the
    theme that is played (first bar, bar after the last), `octave` moves the melody.
    """

    name: str
    level: float
    vary: float = 0.0
    bars: tuple[int, int] | None = None
    octave: int = 0

    @property
    def theme(self) -> str:
        return self.name.rstrip("'")


@dataclass(frozen=True)
class Player:
    """A part: a role, an instrument, and what to do when.

    Roles: melody, duet, counter, pattern, walking, soprano/alto/tenor/ground (four voices), drums.
    `pattern` names a figure of `patterns.py` or a drum groove, `change` another one for a theme.
    `only` lists the sections (by name or theme) the player joins; empty means all of them.
    `vary` is the share of ornamented notes of an inner voice.
    `low` and `high` bound the chords of a pattern or the compass of a counter-melody.
    """

    role: str
    instrument: str
    pattern: str = ""
    only: tuple[str, ...] = ()
    change: dict[str, str] = field(default_factory=dict)
    low: int = 52
    high: int = 72
    voices: int = 3
    octave: int = 0
    level: int = 0
    pan: int = 64
    volume: int = 100
    vary: float = 0.0
    legato: float = 1.0
    pedal: bool = True

    def joins(self, section: Section) -> bool:
        return not self.only or section.name in self.only or section.theme in self.only

    def pattern_in(self, section: Section) -> str:
        return self.change.get(section.name, self.change.get(section.theme, self.pattern))


@dataclass(frozen=True)
class Piece:
    """One piece of the library. `target` is the intended (valence, arousal), each -1 to 1.

    `tempo_bpm` counts the felt pulse (dotted quarters in 6/8). `rubato` (0 to 1) is how freely
    the pulse breathes; `ritardando` the share of tempo lost at the end; `ending` hold or hit.
    """

    id: str
    title: str
    genre: str
    tonic: str
    mode: str
    meter_name: str
    tempo_bpm: float
    seed: int
    target: tuple[float, float]
    harmony: dict[str, str]
    themes: dict[str, Theme]
    form: tuple[Section, ...]
    players: tuple[Player, ...]
    compass: tuple[int, int] = (60, 81)
    swing: float = 0.5
    swing_unit: float = 1.0
    rubato: float = 0.0
    ritardando: float = 0.2
    ending: str = "hold"
    human: float = 1.0
    reverb: int = 50

    @property
    def key(self) -> Key:
        return parse_key(self.tonic, self.mode)

    @property
    def meter(self) -> Meter:
        return METERS[self.meter_name]

    @property
    def quarter_bpm(self) -> float:
        return self.tempo_bpm * self.meter.pulse


@dataclass(frozen=True)
class Placed:
    """A section at its place: `start` in beats, its own chords, and the bars of its theme."""

    section: Section
    start: float
    progression: Progression
    first_bar: int

    @property
    def bars(self) -> int:
        return self.progression.bars


def lay_out(piece: Piece) -> list[Placed]:
    """The sections one after another, each with its chords at their absolute time."""
    placed: list[Placed] = []
    bar = 0
    for section in piece.form:
        bars = piece.harmony[section.theme].split("|")
        first, last = section.bars or (0, len(bars))
        text = "|".join(bars[first:last])
        start = bar * piece.meter.bar
        progression = parse_progression(text, piece.key, piece.meter).shifted(start)
        placed.append(Placed(section, start, progression, first))
        bar += progression.bars
    return placed


def whole_progression(piece: Piece, placed: list[Placed]) -> Progression:
    """The chords of the whole piece in one line."""
    return join([p.progression.shifted(-p.start) for p in placed], piece.meter)
