"""SAVEE: Jackson & Haq 2014, four British men, seven emotions.

`AudioData/DC/a01.wav` as published, `DC_a01.wav` in the flat copies people use.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "savee"
_SPEAKERS = frozenset({"DC", "JE", "JK", "KL"})
_STEM = re.compile(r"^(?:(?P<speaker>[A-Z]{2})_)?(?P<emotion>sa|su|a|d|f|h|n)\d\d$")
_EMOTIONS = {
    "a": Emotion.ANGER,
    "d": Emotion.DISGUST,
    "f": Emotion.FEAR,
    "h": Emotion.HAPPINESS,
    "n": Emotion.NEUTRAL,
    "sa": Emotion.SADNESS,
    "su": Emotion.SURPRISE,
}


def parse(path: Path) -> Utterance | None:
    """A sentence of one of the four speakers."""
    match = _STEM.match(path.stem)
    if match is None:
        return None
    speaker = match["speaker"] or path.parent.name
    if speaker not in _SPEAKERS:
        return None
    return Utterance(
        path,
        NAME,
        speaker=f"{NAME}/{speaker}",
        emotion=_EMOTIONS[match["emotion"]],
        language="en",
        gender="male",
    )


RECIPE = Recipe(NAME, "SAVEE", "research use", "en", parse)
