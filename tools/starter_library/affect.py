"""How a score sounds, by construction: valence and arousal from its musical cues.

The cues and the direction of each follow the reviews of Gabrielsson & Lindström (2010, "The role
of structure in the musical expression of emotions", Handbook of Music and Emotion) and the
factorial experiment of Eerola, Friberg & Bresin (2013, doi:10.3389/fpsyg.2013.00487), where mode,
tempo, register, dynamics, articulation and timbre act additively and nearly linearly. The sizes
of the weights are ours, set by hand: the values are intentions of a composer, not measurements.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from emotion_stream.emotions import Affect
from tools.starter_library.form import Piece, lay_out
from tools.starter_library.instruments import instrument
from tools.starter_library.score import Score
from tools.starter_library.theory import MODES

AUDIBLE_STROKE = 66
"""Softer drum strokes colour the sound without driving it: they do not count as events."""

SIGMA = 0.25
"""Standard deviation of what listeners hear around the intention, set by hand and wide."""

# How bright a mode is, by how many of its degrees are raised (lydian) or lowered (phrygian).
_MODE_BRIGHTNESS = {
    "lydian": 0.85,
    "major": 1.0,
    "mixolydian": 0.55,
    "dorian": -0.35,
    "minor": -0.8,
    "phrygian": -1.0,
}


@dataclass(frozen=True)
class Cues:
    """Musical cues, each scaled to about -1 (slow, soft, dark) to 1 (fast, loud, bright)."""

    mode: float
    tempo: float
    density: float
    dynamics: float
    articulation: float
    register: float
    timbre: float
    percussion: float
    dissonance: float


def cues_of(piece: Piece, score: Score) -> Cues:
    """Measure the cues on the notes that were written, not on what was meant."""
    seconds = max(score.seconds(score.length), 1.0)
    pitched = [n for part in score.parts if not part.is_drums for n in part.notes]
    strokes = [n for part in score.parts if part.is_drums for n in part.notes]
    heard = [*pitched, *(n for n in strokes if n.velocity >= AUDIBLE_STROKE)]
    onsets = {round(score.seconds(n.start) / 0.05) for n in heard}
    leads = [n for part in score.parts if part.role in ("melody", "soprano") for n in part.notes]
    tune = leads or pitched
    velocity = sum(n.velocity for n in pitched) / len(pitched)
    short = sum(score.seconds(n.end) - score.seconds(n.start) < 0.28 for n in pitched)
    return Cues(
        mode=_mode(piece),
        tempo=_scaled(math.log2(piece.tempo_bpm), math.log2(52), math.log2(150)),
        density=_scaled(math.log2(len(onsets) / seconds), math.log2(1.0), math.log2(9.0)),
        dynamics=_scaled(velocity, 45, 95),
        articulation=2 * short / len(pitched) - 1,
        register=_scaled(sum(n.pitch for n in tune) / len(tune), 58, 80),
        timbre=_timbre(piece),
        percussion=_scaled(sum(n.velocity for n in strokes) / 80 / seconds, 0, 8),
        dissonance=_dissonance(piece),
    )


def affect_of(cues: Cues) -> Affect:
    """The additive model: each weight is the most its cue can move the result."""
    arousal = (
        0.30 * cues.tempo
        + 0.34 * cues.density
        + 0.24 * cues.dynamics
        + 0.12 * cues.articulation
        + 0.16 * cues.timbre
        + 0.14 * cues.percussion
        + 0.06 * cues.dissonance
    )
    valence = (
        0.78 * cues.mode
        + 0.12 * cues.tempo
        + 0.08 * cues.articulation * cues.mode
        + 0.10 * cues.register
        - 0.22 * cues.timbre
        - 0.08 * cues.dynamics
        - 0.16 * cues.dissonance
    )
    return Affect(round(math.tanh(valence), 2), round(math.tanh(arousal), 2), SIGMA)


def _scaled(value: float, low: float, high: float) -> float:
    """-1 at low, 1 at high, a little beyond allowed."""
    return max(-1.25, min(1.25, 2 * (value - low) / (high - low) - 1))


def _mode(piece: Piece) -> float:
    """The brightness of the mode, half of it by how many of the chords sound major."""
    spans = [span for place in lay_out(piece) for span in place.progression.spans]
    total = sum(span.length for span in spans)
    major = sum(s.length for s in spans if (s.chord.root + 4) % 12 in s.chord.tones)
    return 0.65 * _MODE_BRIGHTNESS[piece.mode] + 0.35 * (2 * major / total - 1)


def _timbre(piece: Piece) -> float:
    tools = [instrument(player.instrument) for player in piece.players]
    return sum(tool.brightness for tool in tools) / len(tools)


def _dissonance(piece: Piece) -> float:
    """The share of time under diminished, augmented or foreign chords, 0 none to 1 half of it."""
    key = {(piece.key.tonic + step) % 12 for step in MODES[piece.mode]}
    spans = [span for place in lay_out(piece) for span in place.progression.spans]
    total = sum(span.length for span in spans)
    rough = sum(
        s.length for s in spans if not set(s.chord.tones) <= key or _is_rough(s.chord.tones)
    )
    return min(1.0, 2 * rough / total)


def _is_rough(tones: tuple[int, ...]) -> bool:
    intervals = {(t - tones[0]) % 12 for t in tones}
    return 6 in intervals or 8 in intervals or 1 in intervals
