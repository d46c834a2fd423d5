"""URDU: Latif et al. 2018, natural speech from Urdu talk shows, four emotions.

`Angry/SM1_F1_A01.wav`: speaker (`SM` man, `SF` woman), file, emotion and its count. The authors
speak of 38 people; the ids run to SM27 and SF11, and nine of them have no file. Few people are
heard in two emotions, so the label nearly gives the speaker away.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem

NAME = "urdu"
_STEM = re.compile(r"^(?P<speaker>S(?P<gender>[MF])\d+)_F\d+_(?P<label>[A-Z])\d+$")
_LABELS = {
    "A": Emotion.ANGER,
    "H": Emotion.HAPPINESS,
    "N": Emotion.NEUTRAL,
    "S": Emotion.SADNESS,
}
_MEN = (*range(1, 8), *range(17, 28))

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "URDU",
        edition="2018",
        url="https://github.com/siddiquelatif/URDU-Dataset",
        citation="Latif et al. 2018, Cross Lingual Speech Emotion Recognition: Urdu vs. Western",
        licence="research only",
        languages=("ur",),
        speakers=29,
        clips=400,
        speaker_ids=(
            *(f"SF{number}" for number in range(1, 12)),
            *(f"SM{number}" for number in _MEN),
        ),
    ),
    _LABELS,
    by_stem(_STEM),
)
