"""TESS: Pichora-Fuller & Dupuis 2020, doi:10.5683/SP2/E8H2MF, two women, "Say the word ...".

`OAF_back_angry.wav`: actress, word, emotion. `ps`, pleasant surprise, is surprise. Some copies
carry a number and `test` in front and digits behind (`12testOAF_back_angry12.wav`), and one
published file is called `OA_bite_neutral.wav`.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name

NAME = "tess"
_STEM = re.compile(
    r"^(?:\d+test)?(?P<speaker>OAF?|YAF)_(?P<sentence>[a-z]+)_(?P<label>[a-z]+)\d*$", re.IGNORECASE
)
_LABELS = {
    "angry": Emotion.ANGER,
    "disgust": Emotion.DISGUST,
    "fear": Emotion.FEAR,
    "happy": Emotion.HAPPINESS,
    "neutral": Emotion.NEUTRAL,
    "ps": Emotion.SURPRISE,
    "sad": Emotion.SADNESS,
}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    if match is None:
        return None
    speaker = "YAF" if match["speaker"].upper() == "YAF" else "OAF"
    return Named(speaker, match["label"].lower(), "female", sentence=match["sentence"].lower())


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "TESS",
        edition="1.0",
        url="https://doi.org/10.5683/SP2/E8H2MF",
        citation="Pichora-Fuller & Dupuis 2020, doi:10.5683/SP2/E8H2MF",
        licence="CC BY-NC-ND 4.0",
        languages=("en",),
        speakers=2,
        clips=2800,
        speaker_ids=("OAF", "YAF"),
    ),
    _LABELS,
    by_name(_name_of),
    meanings={"ps": "pleasant surprise"},
)
