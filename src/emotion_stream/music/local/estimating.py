"""Valence and arousal of a music file, estimated from its sound: useful, and never certain.

Arousal of music can be heard from its sound fairly well (published models explain half to
three quarters of its variance), valence badly (a quarter to a half, and mode and tempo next to
nothing), so its uncertainty is wide. All weights below are hand-set, following which features
matter in the literature (rhythm for valence, timbre and onsets for arousal); none is fitted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from emotion_stream.emotions import Affect
from emotion_stream.music.local.excerpt import EXCERPT_S
from emotion_stream.music.local.features import Features
from emotion_stream.music.local.tag_priors import genre_valence, mood_affect

ESTIMATOR_VERSION = "2"
"""Stored with everything measured: a change of the features changes it."""

SOURCE = "audio estimate"
SOURCE_WITH_TAGS = f"{SOURCE} and tags"
AROUSAL_SIGMA, VALENCE_SIGMA = 0.3, 0.5
"""Of a whole excerpt; less sound makes both wider."""
_DOUBT_OF_LITTLE = 0.15  # by judgement: 10 s of sound make the sigmas 1.4 times as wide

# Typical value and spread of each feature over produced music, by judgement.
_TYPICAL: Mapping[str, tuple[float, float]] = {
    "loudness_dbfs": (-17.0, 5.0),
    "onsets_per_s": (2.8, 1.5),
    "flux_db": (1.35, 0.4),
    "centroid_octaves": (10.8, 0.5),
    "flatness_db": (-14.0, 6.0),
    "percussive_share": (0.35, 0.15),
    "tempo_octaves": (math.log2(115.0), 0.4),
    "pulse_clarity": (0.53, 0.3),
    "major": (0.03, 0.12),
}
# Loudness is mostly a matter of mastering (a quiet recording of loud music is still loud music),
# so it weighs little here.
_AROUSAL_WEIGHTS: Mapping[str, float] = {
    "onsets_per_s": 0.28,
    "centroid_octaves": 0.16,
    "flatness_db": 0.14,
    "percussive_share": 0.14,
    "flux_db": 0.12,
    "loudness_dbfs": 0.10,
    "tempo_octaves": 0.06,
}
_BEAT_WEIGHTS: Mapping[str, float] = {"pulse_clarity": 0.45, "percussive_share": 0.2}
_TONE_WEIGHTS: Mapping[str, float] = {
    "major": 0.25,
    "centroid_octaves": 0.1,
    "flatness_db": -0.2,  # noise and distortion are rarely pleasant
}
_LARGEST_DEVIATION = 2.5
_VALENCE_REACH = 0.6  # what sound alone can say
_GENRE_SHARE, _MOOD_SHARE = 0.45, 0.5


@dataclass(frozen=True)
class AffectEstimate:
    """How a track probably sounds. `sigma` is the standard deviation of both axes together
    (root mean square of `arousal_sigma` and `valence_sigma`)."""

    affect: Affect
    valence_sigma: float
    arousal_sigma: float
    source: str

    @property
    def sigma(self) -> float:
        return math.sqrt((self.valence_sigma**2 + self.arousal_sigma**2) / 2)


def estimate(
    features: Features, *, genre: str | None = None, mood: str | None = None
) -> AffectEstimate:
    """Estimate from what was measured, with the genre and mood tags where there are any."""
    genre_prior, tagged = genre_valence(genre), mood_affect(mood)
    affect = _with_mood(affect_of(features, genre_prior), tagged)
    doubt = _doubt(features.audible_s)
    source = SOURCE if genre_prior is None and tagged is None else SOURCE_WITH_TAGS
    return AffectEstimate(affect, doubt * VALENCE_SIGMA, doubt * AROUSAL_SIGMA, source)


def _doubt(audible_s: float) -> float:
    """How much wider the uncertainty is where less than a whole excerpt was heard; at least 1."""
    missing = EXCERPT_S / max(audible_s, 1.0) - 1
    return math.sqrt(1 + _DOUBT_OF_LITTLE * max(missing, 0.0))


def affect_of(features: Features, genre_prior: float | None = None) -> Affect:
    """Valence and arousal of measured features, each from -1 to 1."""
    deviations = _deviations(features)
    arousal = math.tanh(1.1 * _weighted(deviations, _AROUSAL_WEIGHTS))
    # Music without a beat is not unpleasant when it is quiet, only when it is loud.
    beat_counts = min(max((1 + arousal) / 2, 0.3), 1.0)
    sound = beat_counts * _weighted(deviations, _BEAT_WEIGHTS)
    sound += _weighted(deviations, _TONE_WEIGHTS)
    valence = _VALENCE_REACH * math.tanh(0.8 * sound)
    if genre_prior is not None:
        valence = (1 - _GENRE_SHARE) * valence + _GENRE_SHARE * genre_prior
    return Affect(valence, arousal)


def _deviations(features: Features) -> dict[str, float]:
    """Each feature in standard deviations from the typical, limited; 0 where it is unknown."""
    tempo_bpm = features.tempo_bpm
    values = {
        "loudness_dbfs": features.loudness_dbfs,
        "onsets_per_s": features.onsets_per_s,
        "flux_db": features.flux_db,
        "centroid_octaves": features.centroid_octaves,
        "flatness_db": features.flatness_db,
        "percussive_share": features.percussive_share,
        "pulse_clarity": features.pulse_clarity,
        "major": features.mode * features.key_clarity,
    }
    if tempo_bpm:
        values["tempo_octaves"] = math.log2(tempo_bpm)
    return {name: _deviation(value, *_TYPICAL[name]) for name, value in values.items()}


def _deviation(value: float, typical: float, spread: float) -> float:
    return min(max((value - typical) / spread, -_LARGEST_DEVIATION), _LARGEST_DEVIATION)


def _weighted(deviations: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weight * deviations.get(name, 0.0) for name, weight in weights.items())


def _with_mood(affect: Affect, tagged: Affect | None) -> Affect:
    """A mood that somebody wrote into the file counts as much as what was measured."""
    if tagged is None:
        return affect
    return Affect(
        (1 - _MOOD_SHARE) * affect.valence + _MOOD_SHARE * tagged.valence,
        (1 - _MOOD_SHARE) * affect.arousal + _MOOD_SHARE * tagged.arousal,
    )
