"""The score: notes in beats, controllers, tempo; what is written down before it sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

DRUM_CHANNEL = 9


@dataclass(frozen=True)
class Note:
    """A tone. Times are in quarter-note beats from the start; velocity is 1 to 127."""

    start: float
    length: float
    pitch: int
    velocity: int

    @property
    def end(self) -> float:
        return self.start + self.length


@dataclass(frozen=True)
class Control:
    """A MIDI controller (7 volume, 10 pan, 11 expression, 64 pedal, ...) set at a time in beats."""

    start: float
    number: int
    value: int


@dataclass(frozen=True)
class Part:
    """What one player plays: a General MIDI program on a channel of its own."""

    name: str
    role: str
    program: int
    channel: int
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()

    @property
    def is_drums(self) -> bool:
        return self.channel == DRUM_CHANNEL


@dataclass(frozen=True)
class Score:
    """A whole piece. `tempos` are (beat, quarter notes per minute), ordered, the first at 0."""

    title: str
    beats_per_bar: float
    tempos: tuple[tuple[float, float], ...]
    parts: tuple[Part, ...] = field(default=())

    @property
    def length(self) -> float:
        """Beats from the start to the end of the last note."""
        return max((note.end for part in self.parts for note in part.notes), default=0.0)

    def seconds(self, beat: float) -> float:
        """The time of a beat in seconds."""
        return beat_to_seconds(beat, self.tempos)


def beat_to_seconds(beat: float, tempos: Sequence[tuple[float, float]]) -> float:
    """Walk the tempo map: seconds from the start to a beat."""
    seconds = 0.0
    for index, (start, bpm) in enumerate(tempos):
        end = tempos[index + 1][0] if index + 1 < len(tempos) else float("inf")
        if beat <= end:
            return seconds + (beat - start) * 60 / bpm
        seconds += (end - start) * 60 / bpm
    return seconds
