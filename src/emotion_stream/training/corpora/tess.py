"""TESS: Pichora-Fuller & Dupuis 2020, doi:10.5683/SP2/E8H2MF, two women, "Say the word ...".

`OAF_back_angry.wav`: actress, word, emotion (`ps` is pleasant surprise). Some copies carry a
number and `test` in front and digits behind (`12testOAF_back_angry12.wav`), and one published file
is called `OA_bite_neutral.wav`.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "tess"
_STEM = re.compile(
    r"^(?:\d+test)?(?P<speaker>OAF?|YAF)_[a-z]+_(?P<emotion>angry|disgust|fear|happy|neutral|ps|sad)\d*$",
    re.IGNORECASE,
)
_EMOTIONS = {
    "angry": Emotion.ANGER,
    "disgust": Emotion.DISGUST,
    "fear": Emotion.FEAR,
    "happy": Emotion.HAPPINESS,
    "neutral": Emotion.NEUTRAL,
    "ps": Emotion.SURPRISE,
    "sad": Emotion.SADNESS,
}


def parse(path: Path) -> Utterance | None:
    """One carrier sentence."""
    match = _STEM.match(path.stem)
    if match is None:
        return None
    return Utterance(
        path,
        NAME,
        speaker=f"{NAME}/{'YAF' if match['speaker'].upper() == 'YAF' else 'OAF'}",
        emotion=_EMOTIONS[match["emotion"].lower()],
        language="en",
        gender="female",
    )


RECIPE = Recipe(NAME, "TESS", "CC BY-NC-ND 4.0", "en", parse)
