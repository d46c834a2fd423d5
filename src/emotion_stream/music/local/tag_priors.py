"""What a genre or mood tag suggests about the affect of a track: our own rough judgement.

The numbers are coarse opinions of the authors, in steps of about a tenth, taken from no data set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from emotion_stream.emotions import Affect

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
