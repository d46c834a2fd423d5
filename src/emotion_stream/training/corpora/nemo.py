"""nEMO: Christop 2024, arXiv:2404.06292, nine Polish actors, six emotions.

`samples/<speaker>_<emotion>_<sentence>.wav`; `data.tsv` beside it adds the gender.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Gender, Recipe, parse_by_stem

NAME = "nemo"
_STEM = re.compile(r"^(?P<speaker>[A-Z]{2}\d)_(?P<emotion>[a-z]+)_\d+$")
_EMOTIONS = {
    "anger": Emotion.ANGER,
    "fear": Emotion.FEAR,
    "happiness": Emotion.HAPPINESS,
    "neutral": Emotion.NEUTRAL,
    "sadness": Emotion.SADNESS,
    "surprised": Emotion.SURPRISE,
}
# From the corpus' data.tsv; the other two speakers are told apart by their authors only.
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("IC0", "KD0"), "female"),
    **dict.fromkeys(("KS0", "MP0", "SM0", "TP0", "WR0"), "male"),
}


parse = parse_by_stem(NAME, "pl", _STEM, _EMOTIONS, _GENDERS)
RECIPE = Recipe(NAME, "nEMO", "CC BY-NC-SA 4.0", "pl", parse)
