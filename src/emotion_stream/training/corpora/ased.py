"""ASED: Retta et al. 2022, doi:10.1145/3529759, 65 Amharic speakers, five emotions.

`xn-yy-aa-gg-bb.wav`: emotion letter and folder, sentence, repetition, gender (01 female, 02 male),
speaker. Some speaker ids occur with both genders: they count as one speaker.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "ased"
_STEM = re.compile(
    r"^(?P<emotion>[nfhsa])\d-\d\d-\d\d-(?P<gender>0[12])-(?P<speaker>\d\d)$", re.IGNORECASE
)
_EMOTIONS = {
    "n": Emotion.NEUTRAL,
    "f": Emotion.FEAR,
    "h": Emotion.HAPPINESS,
    "s": Emotion.SADNESS,
    "a": Emotion.ANGER,
}


def parse(path: Path) -> Utterance | None:
    """A sentence."""
    match = _STEM.match(path.stem)
    if match is None:
        return None
    return Utterance(
        path,
        NAME,
        speaker=f"{NAME}/{match['speaker']}",
        emotion=_EMOTIONS[match["emotion"].lower()],
        language="am",
        gender="female" if match["gender"] == "01" else "male",
    )


RECIPE = Recipe(NAME, "ASED v1", "none stated", "am", parse)
