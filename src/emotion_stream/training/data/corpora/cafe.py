"""CaFE: Gournay et al., MMSys 2018, twelve French-Canadian actors, six sentences.

`Colère/Faible/01-C-1-1.wav`: actor (odd male, even female), emotion, intensity (1 weak, 2 strong;
neutral has one), sentence. Joy (J) is happiness.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "cafe"
_STEM = re.compile(r"^(?P<speaker>\d\d)-(?P<label>[A-Z])-[12]-(?P<sentence>[1-6])$")
_LABELS = {
    "C": Emotion.ANGER,
    "D": Emotion.DISGUST,
    "J": Emotion.HAPPINESS,
    "N": Emotion.NEUTRAL,
    "P": Emotion.FEAR,
    "S": Emotion.SURPRISE,
    "T": Emotion.SADNESS,
}
_GENDERS: dict[str, Gender] = {
    f"{actor:02d}": "male" if actor % 2 else "female" for actor in range(1, 13)
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "CaFE",
        edition="1.0",
        url="https://zenodo.org/records/1478765",
        citation="Gournay et al., MMSys 2018, A Canadian French Emotional Speech Dataset",
        licence="CC BY-NC-SA 4.0",
        languages=("fr",),
        speakers=12,
        clips=936,
        speaker_ids=tuple(_GENDERS),
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
    meanings={
        "C": "colère",
        "D": "dégoût",
        "J": "joie, joy",
        "N": "neutre",
        "P": "peur",
        "S": "surprise",
        "T": "tristesse",
    },
)
