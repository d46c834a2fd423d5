"""EmoGator: Buhl 2023, arXiv:2301.00508, wordless vocal bursts of 357 people in 30 categories.

`data/mp3/NNNNNN-EE-I.mp3`: speaker, category, take. Elation is happiness, serenity is calm. Left
out are the categories that are none of the eight emotions, neutral (a burst without emotion is no
neutral speech) and surprise, which the authors split into a glad and an unpleasant one. For
pre-training; a burst is no speech and belongs in no speech test.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Labels, Recipe, Release, by_stem

NAME = "emogator"
_STEM = re.compile(r"^(?P<speaker>\d{6})-(?P<label>\d\d)-\d$")
# fmt: off
_CATEGORIES = (
    "adoration", "amusement", "anger", "awe", "confusion",
    "contempt", "contentment", "desire", "disappointment", "disgust",
    "distress", "ecstasy", "elation", "embarrassment", "fear",
    "guilt", "interest", "neutral", "pain", "pride",
    "realization", "relief", "romantic love", "sadness", "serenity",
    "shame", "negative surprise", "positive surprise", "sympathy", "triumph",
)
# fmt: on
_MEANINGS = {f"{number:02d}": name for number, name in enumerate(_CATEGORIES, start=1)}
_LABELS: Labels = {
    **dict.fromkeys(_MEANINGS),
    "03": Emotion.ANGER,
    "10": Emotion.DISGUST,
    "13": Emotion.HAPPINESS,
    "15": Emotion.FEAR,
    "24": Emotion.SADNESS,
    "25": Emotion.CALM,
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "EmoGator",
        edition="first release",
        url="https://github.com/fredbuhl/EmoGator",
        citation="Buhl 2023, arXiv:2301.00508",
        licence="Apache-2.0",
        languages=(),
        speakers=357,
        clips=32_130,
        speaker_ids=tuple(f"{number:06d}" for number in range(1, 358)),
    ),
    _LABELS,
    by_stem(_STEM),
    meanings=_MEANINGS,
    kind="bursts",
)
