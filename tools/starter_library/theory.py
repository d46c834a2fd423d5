"""Keys, modes and chords: Roman numerals in, pitch classes (0 = C to 11 = B) out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from emotion_stream.errors import UsageError

MODES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ROMAN = {"i": 0, "ii": 1, "iii": 2, "iv": 3, "v": 4, "vi": 5, "vii": 6}
_ACCIDENTAL = {"": 0, "b": -1, "#": 1}

# (letters above the root, semitones above the root); upper-case numerals have a major third.
_THIRD = {True: (2, 4), False: (2, 3)}
_QUALITIES: dict[str, tuple[tuple[int, int] | str, ...]] = {
    "": ("third", (4, 7)),
    "5": ((4, 7),),
    "6": ("third", (4, 7), (5, 9)),
    "7": ("third", (4, 7), (6, 10)),
    "9": ("third", (4, 7), (6, 10), (1, 2)),
    "13": ("third", (4, 7), (6, 10), (5, 9)),
    "7b9": ("third", (4, 7), (6, 10), (1, 1)),
    "maj7": ("third", (4, 7), (6, 11)),
    "maj9": ("third", (4, 7), (6, 11), (1, 2)),
    "69": ("third", (4, 7), (5, 9), (1, 2)),
    "add9": ("third", (4, 7), (1, 2)),
    "sus2": ((1, 2), (4, 7)),
    "sus4": ((3, 5), (4, 7)),
    "7sus4": ((3, 5), (4, 7), (6, 10)),
    "9sus4": ((3, 5), (4, 7), (6, 10), (1, 2)),
    "o": ((2, 3), (4, 6)),
    "o7": ((2, 3), (4, 6), (6, 9)),
    "%7": ((2, 3), (4, 6), (6, 10)),
    "+": ((2, 4), (4, 8)),
}
_NUMERAL = re.compile(
    r"(?P<accidental>[b#]?)(?P<roman>[ivIV]+)(?P<quality>[^\^/@]*)"
    r"(?:\^(?P<inversion>[357]))?(?:/(?P<of>[ivIV]+))?(?:@(?P<pedal>[1-7]))?"
)


@dataclass(frozen=True)
class Key:
    """A tonic (pitch class) and a mode of `MODES`."""

    tonic: int
    mode: str
    name: str

    @property
    def scale(self) -> tuple[int, ...]:
        """Seven pitch classes, one per degree."""
        return tuple((self.tonic + step) % 12 for step in MODES[self.mode])


@dataclass(frozen=True)
class Chord:
    """A chord in its key.

    `tones` are pitch classes, root first; `scale` holds the seven pitch classes that fit the
    chord, one per degree of the key, so that a melody over V of minor finds the leading note.
    """

    numeral: str
    tones: tuple[int, ...]
    bass: int
    scale: tuple[int, ...]

    @property
    def root(self) -> int:
        return self.tones[0]

    @property
    def essential(self) -> tuple[int, ...]:
        """The tones that make the chord what it is: all but the root and a perfect fifth."""
        return tuple(t for t in self.tones if (t - self.root) % 12 not in (0, 7))

    @property
    def is_dominant(self) -> bool:
        """True with a major third and a minor seventh: it wants to fall by a fifth."""
        intervals = {(t - self.root) % 12 for t in self.tones}
        return {4, 10} <= intervals

    def degree_of(self, pitch: int) -> int | None:
        """The degree (0 to 6) of a MIDI pitch in the chord's scale, None where it is foreign."""
        pitch_class = pitch % 12
        return self.scale.index(pitch_class) if pitch_class in self.scale else None


def parse_key(name: str, mode: str) -> Key:
    """`parse_key("Eb", "dorian")`; UsageError for names that mean nothing."""
    if mode not in MODES or not name or name[0] not in _LETTERS or name[1:] not in _ACCIDENTAL:
        raise UsageError(f"no key {name!r} {mode!r}; modes: {', '.join(MODES)}")
    return Key((_LETTERS[name[0]] + _ACCIDENTAL[name[1:]]) % 12, mode, f"{name} {mode}")


def parse_chord(numeral: str, key: Key) -> Chord:
    """Read a Roman numeral such as `ii7`, `V7/V`, `bVI`, `I^3` (third below) or `IV@1` (pedal).

    Degrees and accidentals count from the key's own scale (`VI` in C minor is A flat); the case
    says major or minor third. UsageError for numerals that mean nothing.
    """
    match = _NUMERAL.fullmatch(numeral)
    if match is None or match["quality"] not in _QUALITIES:
        raise UsageError(f"cannot read the chord {numeral!r}")
    home = key
    shift = 0
    if match["of"]:
        shift = _ROMAN[match["of"].lower()]
        home = Key(key.scale[shift], "major" if match["of"].isupper() else "minor", "")
    degree = _ROMAN[match["roman"].lower()]
    root = (home.scale[degree] + _ACCIDENTAL[match["accidental"]]) % 12
    steps = _steps(match["quality"], match["roman"].isupper())
    scale = list(key.scale)
    for letters, semitones in steps:
        scale[(shift + degree + letters) % 7] = (root + semitones) % 12
    tones = tuple((root + semitones) % 12 for _, semitones in steps)
    bass = _bass(match["inversion"], match["pedal"], tones, steps, key)
    return Chord(numeral, tones, bass, tuple(scale))


def _steps(quality: str, major: bool) -> list[tuple[int, int]]:
    rest = [_THIRD[major] if isinstance(s, str) else s for s in _QUALITIES[quality]]
    return [(0, 0), *rest]


def _bass(
    inversion: str | None,
    pedal: str | None,
    tones: tuple[int, ...],
    steps: list[tuple[int, int]],
    key: Key,
) -> int:
    if pedal:
        return key.scale[int(pedal) - 1]
    if inversion:
        wanted = int(inversion) - 1
        for tone, (letters, _) in zip(tones, steps, strict=True):
            if letters == wanted:
                return tone
        raise UsageError(f"the chord has no {inversion} to stand on")
    return tones[0]
