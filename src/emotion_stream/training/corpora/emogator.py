"""EmoGator: Buhl 2023, arXiv:2301.00508, wordless vocal bursts of 357 people in 30 categories.

`NNNNNN-EE-I.mp3`: speaker, category, take. Only the categories that name one of the eight emotions
are read. For pre-training; a burst is no speech and belongs in no speech test.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "emogator"
_STEM = re.compile(r"^(?P<speaker>\d{6})-(?P<emotion>\d\d)-\d$")
_EMOTIONS = {
    "03": Emotion.ANGER,
    "10": Emotion.DISGUST,
    "13": Emotion.HAPPINESS,  # elation
    "15": Emotion.FEAR,
    "24": Emotion.SADNESS,
    "25": Emotion.CALM,  # serenity
}


def parse(path: Path) -> Utterance | None:
    """A burst of one of the six categories."""
    match = _STEM.match(path.stem)
    if match is None or match["emotion"] not in _EMOTIONS:
        return None
    return Utterance(path, NAME, f"{NAME}/{match['speaker']}", _EMOTIONS[match["emotion"]])


RECIPE = Recipe(NAME, "EmoGator", "Apache-2.0", None, parse, kind="bursts")
