"""SEAC: Suzić et al. 2022, doi:10.21203/rs.3.rs-2062055/v1, Serbian amateurs on their cell phones.

`1052/0/1_0_0_MMMD01L__19-04-21-09-07-28.wav`: folder of the speaker, folder of the emotion, prompt
with the emotion as its last letter (ljutnja, neutralno, radost, strah, tuga), time. Joy (r) is
happiness.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "seac"
_STEM = re.compile(r"^\d_\d_\d_[A-Za-z]{4}\d\d(?P<label>[A-Za-z])__[\d-]+$")
_SPEAKER = re.compile(r"^\d{4}$")
_LABELS = {
    "l": Emotion.ANGER,
    "n": Emotion.NEUTRAL,
    "r": Emotion.HAPPINESS,
    "s": Emotion.FEAR,
    "t": Emotion.SADNESS,
}
_GENDERS: dict[str, Gender] = {"1052": "male"}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    speaker = path.parent.parent.name
    if match is None or _SPEAKER.match(speaker) is None:
        return None
    return Named(speaker, match["label"].lower(), _GENDERS.get(speaker))


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "SEAC",
        edition="2022",
        url="https://doi.org/10.21203/rs.3.rs-2062055/v1",
        citation="Suzić et al. 2022, doi:10.21203/rs.3.rs-2062055/v1",
        licence="none stated",
        languages=("sr",),
        speakers=53,
        clips=None,
    ),
    _LABELS,
    by_name(_name_of),
    meanings={
        "l": "ljutnja",
        "n": "neutralno",
        "r": "radost, joy",
        "s": "strah",
        "t": "tuga",
    },
)
