"""CREMA-D: Cao et al. 2014, doi:10.1109/TAFFC.2014.2336244, 91 American actors, twelve sentences.

`AudioWAV/1001_DFA_ANG_XX.wav`: speaker, sentence, intended emotion, intensity (`XX` where it was
not asked for; one file has `X`). The label is the emotion that was intended. The files lie in Git
LFS: a clone without it holds pointers instead of sound. Genders are those of
`VideoDemographics.csv`.
"""

from __future__ import annotations

import re

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Recipe, Release, by_stem
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "crema_d"
_STEM = re.compile(
    r"^(?P<speaker>1\d{3})_(?P<sentence>[A-Z]{3})_(?P<label>[A-Z]{3})_(?:XX|LO|MD|HI|X)$"
)
_LABELS = {
    "ANG": Emotion.ANGER,
    "DIS": Emotion.DISGUST,
    "FEA": Emotion.FEAR,
    "HAP": Emotion.HAPPINESS,
    "NEU": Emotion.NEUTRAL,
    "SAD": Emotion.SADNESS,
}
_SPEAKERS = range(1001, 1092)
# fmt: off
_WOMEN = frozenset((
    1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025,
    1028, 1029, 1030, 1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060,
    1061, 1063, 1072, 1073, 1074, 1075, 1076, 1078, 1079, 1082, 1084, 1089, 1091,
))
# fmt: on
_GENDERS: dict[str, Gender] = {
    str(speaker): "female" if speaker in _WOMEN else "male" for speaker in _SPEAKERS
}

RECIPE = Recipe(
    NAME,
    1,
    Release(
        "CREMA-D",
        edition="1.0",
        url="https://github.com/CheyneyComputerScience/CREMA-D",
        citation="Cao et al. 2014, doi:10.1109/TAFFC.2014.2336244",
        licence="ODbL 1.0",
        languages=("en",),
        speakers=91,
        clips=7442,
        speaker_ids=tuple(_GENDERS),
    ),
    _LABELS,
    by_stem(_STEM, _GENDERS),
)
