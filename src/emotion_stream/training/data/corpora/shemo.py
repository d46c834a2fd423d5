"""ShEMO: Mohamad Nezami et al. 2019, doi:10.1007/s10579-018-9427-x, Persian radio plays.

`female/F01A01.wav`: gender and number of the speaker, emotion, count. Labels are the majority of
twelve listeners, not what was intended. Fear is rare.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem

NAME = "shemo"
_STEM = re.compile(r"^(?P<speaker>(?P<gender>[FM])\d\d)(?P<label>[A-Z])\d{2,3}$")
_LABELS = {
    "A": Emotion.ANGER,
    "F": Emotion.FEAR,
    "H": Emotion.HAPPINESS,
    "N": Emotion.NEUTRAL,
    "S": Emotion.SADNESS,
    "W": Emotion.SURPRISE,
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "ShEMO",
        edition="2019",
        url="https://github.com/pariajm/sharif-emotional-speech-dataset",
        citation="Mohamad Nezami et al. 2019, doi:10.1007/s10579-018-9427-x",
        licence="free for academic use",
        languages=("fa",),
        speakers=87,
        clips=3000,
        speaker_ids=(
            *(f"F{number:02d}" for number in range(1, 32)),
            *(f"M{number:02d}" for number in range(1, 57)),
        ),
    ),
    _LABELS,
    by_stem(_STEM),
    meanings={"W": "surprise"},
)
