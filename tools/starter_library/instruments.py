"""The orchestra: General MIDI programs with their ranges and habits."""

from __future__ import annotations

from dataclasses import dataclass

from emotion_stream.errors import UsageError


@dataclass(frozen=True)
class Instrument:
    """A General MIDI program (0 to 127) with its comfortable range in MIDI pitches.

    `sustains`: the tone can swell, so it gets expression and vibrato. `pedal`: it has a sustain
    pedal. `rings`: plucked tones are left to sound through the chord. `brightness` (-1 to 1) is
    how sharp the timbre is, for the affect of a piece.
    """

    name: str
    program: int
    low: int
    high: int
    sustains: bool = False
    pedal: bool = False
    rings: bool = False
    brightness: float = 0.0


_ALL = (
    Instrument("piano", 0, 24, 100, pedal=True),
    Instrument("bright piano", 1, 24, 100, pedal=True, brightness=0.3),
    Instrument("electric piano", 4, 36, 91, pedal=True, brightness=-0.2),
    Instrument("fm piano", 5, 36, 96, pedal=True, brightness=0.0),
    Instrument("celesta", 8, 60, 103, rings=True, brightness=-0.1),
    Instrument("music box", 10, 60, 100, rings=True, brightness=-0.1),
    Instrument("vibraphone", 11, 53, 89, rings=True, brightness=-0.2),
    Instrument("marimba", 12, 43, 96, brightness=0.0),
    Instrument("xylophone", 13, 65, 103, brightness=0.5),
    Instrument("organ", 16, 36, 96, sustains=True, brightness=0.2),
    Instrument("church organ", 19, 36, 96, sustains=True, brightness=0.1),
    Instrument("accordion", 21, 48, 89, sustains=True, brightness=0.2),
    Instrument("bandoneon", 23, 45, 89, sustains=True, brightness=0.3),
    Instrument("nylon guitar", 24, 40, 83, rings=True, brightness=-0.2),
    Instrument("steel guitar", 25, 40, 86, rings=True, brightness=0.1),
    Instrument("jazz guitar", 26, 40, 86, brightness=-0.3),
    Instrument("clean guitar", 27, 40, 86, brightness=0.1),
    Instrument("muted guitar", 28, 40, 84, brightness=0.2),
    Instrument("overdriven guitar", 29, 40, 88, sustains=True, brightness=0.8),
    Instrument("distorted guitar", 30, 40, 88, sustains=True, brightness=1.0),
    Instrument("double bass", 32, 28, 60, brightness=-0.3),
    Instrument("electric bass", 33, 28, 62, brightness=0.0),
    Instrument("picked bass", 34, 28, 62, brightness=0.3),
    Instrument("synth bass", 38, 28, 62, brightness=0.4),
    Instrument("violin", 40, 55, 96, sustains=True, brightness=0.2),
    Instrument("viola", 41, 48, 84, sustains=True, brightness=0.0),
    Instrument("cello", 42, 36, 76, sustains=True, brightness=-0.1),
    Instrument("contrabass", 43, 28, 60, sustains=True, brightness=-0.2),
    Instrument("tremolo strings", 44, 36, 96, sustains=True, brightness=0.5),
    Instrument("pizzicato", 45, 36, 91, brightness=0.0),
    Instrument("harp", 46, 31, 98, rings=True, brightness=-0.2),
    Instrument("timpani", 47, 36, 57, brightness=0.2),
    Instrument("strings", 48, 36, 96, sustains=True, brightness=0.0),
    Instrument("slow strings", 49, 36, 96, sustains=True, brightness=-0.2),
    Instrument("choir", 52, 40, 81, sustains=True, brightness=-0.3),
    Instrument("voices", 53, 48, 81, sustains=True, brightness=-0.3),
    Instrument("trumpet", 56, 55, 82, sustains=True, brightness=0.6),
    Instrument("trombone", 57, 40, 72, sustains=True, brightness=0.4),
    Instrument("tuba", 58, 28, 58, sustains=True, brightness=0.1),
    Instrument("horn", 60, 43, 77, sustains=True, brightness=0.0),
    Instrument("brass", 61, 43, 84, sustains=True, brightness=0.6),
    Instrument("soprano saxophone", 64, 56, 87, sustains=True, brightness=0.3),
    Instrument("alto saxophone", 65, 49, 81, sustains=True, brightness=0.2),
    Instrument("tenor saxophone", 66, 44, 76, sustains=True, brightness=0.2),
    Instrument("oboe", 68, 58, 89, sustains=True, brightness=0.2),
    Instrument("english horn", 69, 52, 81, sustains=True, brightness=0.0),
    Instrument("bassoon", 70, 36, 72, sustains=True, brightness=0.0),
    Instrument("clarinet", 71, 50, 89, sustains=True, brightness=-0.1),
    Instrument("piccolo", 72, 74, 103, sustains=True, brightness=0.6),
    Instrument("flute", 73, 60, 93, sustains=True, brightness=0.0),
    Instrument("recorder", 74, 60, 91, sustains=True, brightness=0.0),
    Instrument("pan flute", 75, 60, 91, sustains=True, brightness=-0.1),
    Instrument("whistle", 79, 62, 91, sustains=True, brightness=0.3),
    Instrument("square lead", 80, 48, 91, sustains=True, brightness=0.6),
    Instrument("saw lead", 81, 48, 91, sustains=True, brightness=0.8),
    Instrument("calliope lead", 82, 48, 96, sustains=True, brightness=0.2),
    Instrument("warm pad", 89, 36, 91, sustains=True, brightness=-0.5),
    Instrument("new age pad", 88, 36, 91, sustains=True, brightness=-0.2),
    Instrument("synth strings", 50, 36, 96, sustains=True, brightness=0.1),
    Instrument("halo pad", 94, 36, 91, sustains=True, brightness=-0.3),
    Instrument("kalimba", 108, 55, 91, rings=True, brightness=-0.1),
    Instrument("standard kit", 0, 27, 87, brightness=0.3),
    Instrument("room kit", 8, 27, 87, brightness=0.3),
    Instrument("power kit", 16, 27, 87, brightness=0.6),
    Instrument("electronic kit", 24, 27, 87, brightness=0.5),
    Instrument("analog kit", 25, 27, 87, brightness=0.4),
    Instrument("brush kit", 40, 27, 87, brightness=-0.1),
    Instrument("orchestra kit", 48, 27, 87, brightness=0.3),
)

INSTRUMENTS = {instrument.name: instrument for instrument in _ALL}


def instrument(name: str) -> Instrument:
    """The instrument of that name; UsageError where there is none."""
    if name not in INSTRUMENTS:
        raise UsageError(f"no instrument {name!r}; there are: {', '.join(sorted(INSTRUMENTS))}")
    return INSTRUMENTS[name]
