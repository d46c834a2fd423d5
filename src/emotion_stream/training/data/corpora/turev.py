"""TurEV-DB: Canpolat et al. 2020, aclanthology.org/2020.sltu-1.52, 82 Turkish words, six speakers.

`Sound Source/Angry/1157_kz_acik.wav`: speaker, emotion (kızgın, hüzünlü, sakin, mutlu), word. Calm
(sakin) is calm, not neutral. The repository holds filtered copies of some recordings under the same
names, in `Model Output for Test Data`: they are set aside. For speakers 1157 and 7895 the
label goes along with the voice.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Aside, Named, Recipe, Release, by_name

NAME = "turev"
_STEM = re.compile(r"^(?P<speaker>\d{4})_(?P<label>[a-z]{2})_\w+$")
_COPIES = "Model Output"
_LABELS = {
    "kz": Emotion.ANGER,
    "hl": Emotion.SADNESS,
    "sk": Emotion.CALM,
    "mt": Emotion.HAPPINESS,
}


def _name_of(path: Path) -> Named | Aside | None:
    match = _STEM.match(path.stem)
    if match is None:
        return None
    if any(part.startswith(_COPIES) for part in path.parts):
        return Aside("a filtered copy of another recording")
    return Named(match["speaker"], match["label"])


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "TurEV-DB",
        edition="2020",
        url="https://github.com/Xeonen/TurEV-DB",
        citation="Canpolat et al. 2020, aclanthology.org/2020.sltu-1.52",
        licence="CC BY-NC-ND 4.0 (README; LICENSE differs)",
        languages=("tr",),
        speakers=6,
        clips=1735,
        speaker_ids=("1157", "1234", "1358", "1984", "6783", "7895"),
    ),
    _LABELS,
    by_name(_name_of),
    meanings={"kz": "kızgın", "hl": "hüzünlü", "sk": "sakin", "mt": "mutlu"},
)
