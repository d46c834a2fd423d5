"""Valence and arousal of a music file, estimated from its sound: useful, and never certain.

Genre and mood tags help with our own rough judgement of what they suggest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from emotion_stream.emotions import Affect
from emotion_stream.music.local.excerpt import EXCERPT_S
from emotion_stream.music.local.features import Features

# What a genre or mood tag suggests about the affect of a track: coarse opinions of the authors, in
# steps of about a tenth, taken from no data set.

# Compounds that end in a word of the table stand in it themselves: "synthpop".
_VALENCE_OF_GENRE: Mapping[str, float] = {
    "acoustic": 0.1,
    "afrobeat": 0.5,
    "ambient": 0.1,
    "baroque": 0.2,
    "bluegrass": 0.4,
    "blues": -0.3,
    "bossa": 0.4,
    "britpop": 0.2,
    "cabaret": 0.2,
    "calypso": 0.6,
    "celtic": 0.2,
    "children": 0.6,
    "chill": 0.3,
    "christmas": 0.5,
    "classical": 0.1,
    "comedy": 0.4,
    "country": 0.2,
    "dance": 0.4,
    "dark": -0.5,
    "deathcore": -0.6,
    "disco": 0.6,
    "doom": -0.6,
    "drone": -0.2,
    "dreampop": 0.1,
    "drum and bass": 0.1,
    "dub": 0.1,
    "edm": 0.3,
    "electronic": 0.1,
    "electropop": 0.3,
    "emo": -0.4,
    "fado": -0.4,
    "folk": 0.1,
    "funk": 0.5,
    "gospel": 0.4,
    "goth": -0.5,
    "grindcore": -0.6,
    "grunge": -0.3,
    "hardcore": -0.4,
    "hip hop": 0.0,
    "hip-hop": 0.0,
    "house": 0.3,
    "hiphop": 0.0,
    "indie": 0.0,
    "industrial": -0.4,
    "jazz": 0.2,
    "klezmer": 0.3,
    "latin": 0.5,
    "lo-fi": 0.1,
    "lullaby": 0.3,
    "march": 0.3,
    "metal": -0.4,
    "metalcore": -0.4,
    "motown": 0.5,
    "musical": 0.3,
    "new age": 0.3,
    "noise": -0.5,
    "opera": 0.0,
    "polka": 0.6,
    "pop": 0.3,
    "post-rock": -0.1,
    "psychedelic": 0.0,
    "punk": -0.1,
    "r&b": 0.1,
    "ragtime": 0.6,
    "rap": -0.1,
    "reggae": 0.5,
    "requiem": -0.5,
    "rock": 0.0,
    "rock and roll": 0.4,
    "romantic": 0.0,
    "salsa": 0.6,
    "samba": 0.6,
    "shoegaze": -0.2,
    "singer-songwriter": -0.1,
    "ska": 0.5,
    "soul": 0.2,
    "soundtrack": 0.0,
    "swing": 0.5,
    "synthpop": 0.3,
    "tango": -0.1,
    "techno": 0.0,
    "trance": 0.1,
    "trip hop": -0.2,
    "trip-hop": -0.2,
    "waltz": 0.3,
    "world": 0.2,
}

_WHOLE_BELOW = 4  # letters
_DENIAL = re.compile(r"\b(?:not?|non|never|without|anti|less)\b|n['\u2019]t\b")

_AFFECT_OF_MOOD: Mapping[str, Affect] = {
    "aggressive": Affect(-0.5, 0.8),
    "angry": Affect(-0.7, 0.8),
    "calm": Affect(0.5, -0.6),
    "cheerful": Affect(0.7, 0.4),
    "dark": Affect(-0.5, 0.0),
    "dreamy": Affect(0.3, -0.4),
    "energetic": Affect(0.4, 0.8),
    "epic": Affect(0.2, 0.7),
    "gloomy": Affect(-0.6, -0.4),
    "happy": Affect(0.8, 0.5),
    "melancholic": Affect(-0.5, -0.4),
    "melancholy": Affect(-0.5, -0.4),
    "mellow": Affect(0.3, -0.4),
    "party": Affect(0.6, 0.7),
    "peaceful": Affect(0.6, -0.7),
    "relaxed": Affect(0.5, -0.6),
    "relaxing": Affect(0.5, -0.6),
    "romantic": Affect(0.5, -0.2),
    "sad": Affect(-0.7, -0.4),
    "scary": Affect(-0.6, 0.6),
    "sleepy": Affect(0.2, -0.8),
    "somber": Affect(-0.5, -0.5),
    "sombre": Affect(-0.5, -0.5),
    "tense": Affect(-0.4, 0.6),
    "upbeat": Affect(0.6, 0.6),
}


@lru_cache(1024)
def genre_valence(genre: str | None) -> float | None:
    """The valence (-1 to 1) a genre tag suggests, or None for a genre that says nothing to us."""
    name = (genre or "").casefold()
    known = [word for word in _VALENCE_OF_GENRE if _begins_a_word(word, name)]
    # "dark ambient" is dark, not the mean of two words; "pop" must not win over "trip hop".
    return _VALENCE_OF_GENRE[max(known, key=lambda word: _rank(word, name))] if known else None


@lru_cache(1024)
def mood_affect(mood: str | None) -> Affect | None:
    """The affect a mood tag names, or None; several words of one tag are averaged.

    What is denied says nothing: "not sad" need not be happy.
    """
    parts = re.split(r"[,;/|]", (mood or "").casefold())
    said = [part for part in parts if not _DENIAL.search(part)]
    words = re.findall(r"[a-z]+", " ".join(said))
    points = [_AFFECT_OF_MOOD[word] for word in words if word in _AFFECT_OF_MOOD]
    if not points:
        return None
    return Affect(
        sum(point.valence for point in points) / len(points),
        sum(point.arousal for point in points) / len(points),
    )


def _begins_a_word(word: str, name: str) -> bool:
    """As "jazz" does in "acid jazzy"; short words must be whole: "emotional" is not emo."""
    end = r"(?![a-z])" if len(word) < _WHOLE_BELOW else ""
    return re.search(rf"(?<![a-z]){re.escape(word)}{end}", name) is not None


def _rank(word: str, name: str) -> tuple[bool, float, int]:
    """Whole words before parts of words, then the stronger opinion, then the longer word."""
    whole = re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", name) is not None
    return whole, abs(_VALENCE_OF_GENRE[word]), len(word)


# Arousal of music can be heard from its sound fairly well (published models explain half to three
# quarters of its variance), valence badly (a quarter to a half, and mode and tempo next to
# nothing), so its uncertainty is wide. All weights below are hand-set, following which features
# matter in the literature (rhythm for valence, timbre and onsets for arousal); none is fitted.

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
    # tanh keeps a sum of many large deviations on the plane.
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
