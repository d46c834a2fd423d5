"""Progressions: chords laid out in time."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_stream.errors import UsageError
from tools.starter_library.rhythm import Meter
from tools.starter_library.theory import Chord, Key, parse_chord


@dataclass(frozen=True)
class ChordSpan:
    """A chord from `start` for `length` beats."""

    start: float
    length: float
    chord: Chord

    @property
    def end(self) -> float:
        return self.start + self.length


@dataclass(frozen=True)
class Progression:
    """Chords that fill `bars` whole bars, without gaps."""

    spans: tuple[ChordSpan, ...]
    bars: int

    def at(self, beat: float) -> ChordSpan:
        """The chord that sounds at a beat (the last one after the end)."""
        for span in self.spans:
            if beat < span.end - 1e-6:
                return span
        return self.spans[-1]

    def shifted(self, beats: float) -> Progression:
        moved = (ChordSpan(s.start + beats, s.length, s.chord) for s in self.spans)
        return Progression(tuple(moved), self.bars)


def parse_progression(text: str, key: Key, meter: Meter) -> Progression:
    """Read `I | vi7 IV | ii7:3 V7:1 | I`: bars by `|`, chords share a bar or say their beats."""
    spans: list[ChordSpan] = []
    bars = [bar.split() for bar in text.split("|")]
    for number, words in enumerate(bars):
        start = number * meter.bar
        for numeral, length in _shares(words, meter):
            spans.append(ChordSpan(start, length, parse_chord(numeral, key)))
            start += length
    return Progression(tuple(spans), len(bars))


def join(progressions: list[Progression], meter: Meter) -> Progression:
    """Progressions one after another."""
    spans: list[ChordSpan] = []
    bars = 0
    for progression in progressions:
        spans.extend(progression.shifted(bars * meter.bar).spans)
        bars += progression.bars
    return Progression(tuple(spans), bars)


def _shares(words: list[str], meter: Meter) -> list[tuple[str, float]]:
    if not words:
        raise UsageError("a bar without a chord: write the chord again or join the bars")
    stated = [word.partition(":") for word in words]
    lengths = [float(beats) if beats else meter.bar / len(words) for _, _, beats in stated]
    if abs(sum(lengths) - meter.bar) > 1e-6:
        raise UsageError(f"the chords {' '.join(words)!r} do not fill a bar of {meter.name}")
    return [(numeral, length) for (numeral, _, _), length in zip(stated, lengths, strict=True)]
