"""EMOVO: Costantini et al. 2014, aclanthology.org/L14-1478, six Italian actors, 14 sentences.

`f1/dis-f1-b1.wav`: emotion, actor, sentence. Joy (gio) is happiness.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "emovo"
_STEM = re.compile(r"^(?P<label>[a-z]{3})-(?P<speaker>[fm][123])-(?P<sentence>[a-z]\d)$")
_LABELS = {
    "dis": Emotion.DISGUST,
    "gio": Emotion.HAPPINESS,
    "neu": Emotion.NEUTRAL,
    "pau": Emotion.FEAR,
    "rab": Emotion.ANGER,
    "sor": Emotion.SURPRISE,
    "tri": Emotion.SADNESS,
}
_GENDERS: dict[str, Gender] = {
    **dict.fromkeys(("f1", "f2", "f3"), "female"),
    **dict.fromkeys(("m1", "m2", "m3"), "male"),
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "EMOVO",
        edition="2014",
        url="http://voice.fub.it/activities/corpora/emovo/index.html",
        citation="Costantini et al. 2014, aclanthology.org/L14-1478",
        licence="none stated",
        languages=("it",),
        speakers=6,
        clips=588,
        speaker_ids=tuple(_GENDERS),
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
    meanings={
        "dis": "disgusto",
        "gio": "gioia, joy",
        "neu": "neutro",
        "pau": "paura",
        "rab": "rabbia",
        "sor": "sorpresa",
        "tri": "tristezza",
    },
)
