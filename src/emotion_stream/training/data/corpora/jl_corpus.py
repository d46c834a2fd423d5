"""JL-Corpus: James et al., Interspeech 2018, two women and two men of New Zealand.

`Raw JL corpus (unchecked and unannotated)/JL(wav+txt)/male1_angry_10a_1.wav`: speaker, emotion,
sentence, take. Excited stands beside happy as an emotion of its own and is left out, and so are
the five secondary emotions (anxious, apologetic, assertive, concerned, encouraging): none of them
is one of the eight.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Labels, Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "jl_corpus"
_STEM = re.compile(r"^(?P<speaker>(?:fe)?male[12])_(?P<label>[a-z]+)_\d+[ab]_\d$")
_LABELS: Labels = {
    "angry": Emotion.ANGER,
    "happy": Emotion.HAPPINESS,
    "neutral": Emotion.NEUTRAL,
    "sad": Emotion.SADNESS,
    "excited": None,
    "anxious": None,
    "apologetic": None,
    "assertive": None,
    "concerned": None,
    "encouraging": None,
}
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("female1", "female2"), "female"),
    **dict.fromkeys(("male1", "male2"), "male"),
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "JL-Corpus",
        edition="2018",
        url="https://www.kaggle.com/datasets/tli725/jl-corpus",
        citation="James et al., Interspeech 2018, An Open Source Emotional Speech Corpus",
        licence="CC0 1.0",
        languages=("en",),
        speakers=4,
        clips=2400,
        speaker_ids=tuple(_GENDERS),
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
)
