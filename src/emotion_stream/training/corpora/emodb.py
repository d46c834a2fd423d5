"""EMO-DB: Burkhardt et al. 2005, doi:10.21437/Interspeech.2005-446, ten German actors.

`03a01Fa.wav`: speaker (2), sentence (3), emotion (1), version (1). Boredom has no place among the
eight emotions and is left out.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Gender, Recipe, parse_by_stem

NAME = "emodb"
_STEM = re.compile(r"^(?P<speaker>\d\d)[ab]\d\d(?P<emotion>[WLEAFTN])[a-z]?$")
_EMOTIONS = {
    "W": Emotion.ANGER,
    "E": Emotion.DISGUST,
    "A": Emotion.FEAR,
    "F": Emotion.HAPPINESS,
    "T": Emotion.SADNESS,
    "N": Emotion.NEUTRAL,
}
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("03", "10", "11", "12", "15"), "male"),
    **dict.fromkeys(("08", "09", "13", "14", "16"), "female"),
}


parse = parse_by_stem(NAME, "de", _STEM, _EMOTIONS, _GENDERS)
RECIPE = Recipe(NAME, "EMO-DB", "free for research", "de", parse)
