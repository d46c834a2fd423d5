"""EMO-DB: Burkhardt et al. 2005, doi:10.21437/Interspeech.2005-446, ten German actors.

`wav/03a01Fa.wav`: speaker (2), sentence (3), emotion (1), version (1). Joy (F) is happiness;
boredom (L) has no place among the eight emotions and is left out. Copies that were cut to two
seconds go round: the authors' files have all lengths.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Labels, Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "emodb"
_STEM = re.compile(r"^(?P<speaker>\d\d)(?P<sentence>[ab]\d\d)(?P<label>[A-Z])[a-z]?$")
_LABELS: Labels = {
    "W": Emotion.ANGER,
    "L": None,
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

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "EMO-DB",
        edition="1.0",
        url="http://emodb.bilderbar.info",
        citation="Burkhardt et al. 2005, doi:10.21437/Interspeech.2005-446",
        licence="free for research",
        languages=("de",),
        speakers=10,
        clips=535,
        speaker_ids=tuple(sorted(_GENDERS)),
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
    meanings={"L": "boredom", "F": "joy"},
)
