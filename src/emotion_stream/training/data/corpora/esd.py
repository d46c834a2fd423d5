"""ESD: Zhou et al. 2021, arXiv:2010.14794, ten Mandarin and ten English voices.

`0011/Angry/0011_000351.wav`, or with `train`, `test` or `evaluation` between folder and file. The
emotion is the name of the folder, the speaker the number in front: 0001 to 0010 speak Mandarin,
0011 to 0020 English. Everybody says the same 350 sentences of their language in every emotion.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, Recipe, Release, by_name

NAME = "esd"
_STEM = re.compile(r"^(?P<speaker>00(?:0[1-9]|1\d|20))_\d{6}$")
_PARTS = ("train", "test", "evaluation")
_SPEAKERS = tuple(f"{number:04d}" for number in range(1, 21))
_WOMEN = frozenset((1, 2, 3, 7, 9, 15, 16, 17, 18, 19))
_LABELS = {
    "Angry": Emotion.ANGER,
    "Happy": Emotion.HAPPINESS,
    "Neutral": Emotion.NEUTRAL,
    "Sad": Emotion.SADNESS,
    "Surprise": Emotion.SURPRISE,
}


def _name_of(path: Path) -> Named | None:
    match = _STEM.match(path.stem)
    if match is None:
        return None
    folder = path.parent
    label = folder.parent.name if folder.name.lower() in _PARTS else folder.name
    speaker = match["speaker"]
    return Named(
        speaker,
        label,
        "female" if int(speaker) in _WOMEN else "male",
        language="zh" if speaker <= "0010" else "en",
    )


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "ESD",
        edition="2021",
        url="https://github.com/HLTSingapore/Emotional-Speech-Data",
        citation="Zhou et al. 2021, arXiv:2010.14794",
        licence="research only",
        languages=("zh", "en"),
        speakers=20,
        clips=35_000,
        speaker_ids=_SPEAKERS,
    ),
    _LABELS,
    by_name(_name_of),
)
