"""SAVEE: Jackson & Haq 2014, four British men, seven emotions.

`AudioData/DC/a01.wav` as published, `DC_a01.wav` in the flat copies people use.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name

NAME = "savee"
_SPEAKERS = ("DC", "JE", "JK", "KL")
_STEM = re.compile(r"^(?:(?P<speaker>[A-Z]{2})_)?(?P<label>[a-z]{1,2})\d\d$")
_LABELS = {
    "a": Emotion.ANGER,
    "d": Emotion.DISGUST,
    "f": Emotion.FEAR,
    "h": Emotion.HAPPINESS,
    "n": Emotion.NEUTRAL,
    "sa": Emotion.SADNESS,
    "su": Emotion.SURPRISE,
}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    if match is None:
        return None
    speaker = match["speaker"] or path.parent.name
    return Named(speaker, match["label"], "male") if speaker in _SPEAKERS else None


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "SAVEE",
        edition="1.0",
        url="http://kahlan.eps.surrey.ac.uk/savee",
        citation="Jackson & Haq 2014, Surrey Audio-Visual Expressed Emotion database",
        licence="research use",
        languages=("en",),
        speakers=4,
        clips=480,
        speaker_ids=_SPEAKERS,
    ),
    _LABELS,
    by_name(_name_of),
)
