"""ASED: Retta et al. 2022, doi:10.1145/3529759, 65 Amharic speakers, five emotions.

`04Sad/xn-yy-aa-gg-bb.wav`: emotion letter and folder, sentence, repetition, gender (01 female,
02 male), speaker. Some speaker ids occur with both genders: they count as one speaker.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name

NAME = "ased"
_STEM = re.compile(
    r"^(?P<label>[a-z])\d-\d\d-\d\d-(?P<gender>0[12])-(?P<speaker>\d\d)$", re.IGNORECASE
)
_LABELS = {
    "n": Emotion.NEUTRAL,
    "f": Emotion.FEAR,
    "h": Emotion.HAPPINESS,
    "s": Emotion.SADNESS,
    "a": Emotion.ANGER,
}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    if match is None:
        return None
    label = match["label"].lower()
    return Named(match["speaker"], label, "female" if match["gender"] == "01" else "male")


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "ASED v1",
        edition="1",
        url="https://github.com/Ethio2021/ASED_V1",
        citation="Retta et al. 2022, doi:10.1145/3529759",
        licence="none stated",
        languages=("am",),
        speakers=65,
        clips=2474,
    ),
    _LABELS,
    by_name(_name_of),
)
