"""nEMO: Christop 2024, arXiv:2404.06292, nine Polish actors, six emotions.

`samples/<speaker>_<emotion>_<sentence>.wav`; `data.tsv` beside it adds the gender.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "nemo"
_STEM = re.compile(r"^(?P<speaker>[A-Z]{2}\d)_(?P<label>[a-z]+)_(?P<sentence>\d+)$")
_LABELS = {
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

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "nEMO",
        edition="1.0",
        url="https://github.com/amu-cai/nEMO",
        citation="Christop 2024, arXiv:2404.06292",
        licence="CC BY-NC-SA 4.0",
        languages=("pl",),
        speakers=9,
        clips=4481,
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
)
