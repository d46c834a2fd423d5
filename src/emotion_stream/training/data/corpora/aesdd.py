"""AESDD: Vryzas et al. 2018, J. Audio Eng. Soc. 66, Greek actors of the theatre.

`anger/a01 (1).wav`: emotion, utterance, actor. Some actors are written `(01)`, and a second take
ends in `a` or `b` (`d04 (5)b.wav`). No neutral.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name

NAME = "aesdd"
_STEM = re.compile(r"^(?P<label>[a-z])\d\d ?\(0?(?P<speaker>\d)\)[a-z]?$")
_LABELS = {
    "a": Emotion.ANGER,
    "d": Emotion.DISGUST,
    "f": Emotion.FEAR,
    "h": Emotion.HAPPINESS,
    "s": Emotion.SADNESS,
}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    return None if match is None else Named(match["speaker"], match["label"])


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "AESDD",
        edition="1.0 with later actors",
        url="https://m3c.web.auth.gr/research/aesdd-speech-emotion-recognition",
        citation="Vryzas et al. 2018, Speech Emotion Recognition for Performance Interaction",
        licence="none stated",
        languages=("el",),
        speakers=6,
        clips=604,
        speaker_ids=tuple(str(number) for number in range(1, 7)),
    ),
    _LABELS,
    by_name(_name_of),
)
