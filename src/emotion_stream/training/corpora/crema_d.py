"""CREMA-D: Cao et al. 2014, doi:10.1109/TAFFC.2014.2336244, 91 American actors, twelve sentences.

`1001_DFA_ANG_XX.wav`: speaker, sentence, intended emotion, intensity.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, parse_by_stem

NAME = "crema_d"
_STEM = re.compile(r"^(?P<speaker>1\d{3})_[A-Z]{3}_(?P<emotion>[A-Z]{3})_(?:XX|LO|MD|HI|X)$")
_EMOTIONS = {
    "ANG": Emotion.ANGER,
    "DIS": Emotion.DISGUST,
    "FEA": Emotion.FEAR,
    "HAP": Emotion.HAPPINESS,
    "NEU": Emotion.NEUTRAL,
    "SAD": Emotion.SADNESS,
}


parse = parse_by_stem(NAME, "en", _STEM, _EMOTIONS)
RECIPE = Recipe(NAME, "CREMA-D", "ODbL 1.0", "en", parse)
