"""MELD: Poria et al. 2019, arXiv:1810.02508, scenes of the television series Friends.

`train_sent_emo.csv`, `dev_sent_emo.csv` and `test_sent_emo.csv` say who speaks and how; the clips
lie in folders whose name holds the part (`train_splits`, `dev_splits_complete`,
`output_repeated_splits_test`) as `dia{dialogue}_utt{utterance}.mp4`, or as the wav extracted from
it. Joy is happiness. The six friends are speakers. Everybody else is one speaker that stands for
many and is for training only, since a name like "Woman" is another woman in every scene; what
several people say at once is set aside.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora.recipe import Aside, Named, NameOf, Recipe, Release
from emotion_stream.training.data.corpora.utterance import AUDIO_SUFFIXES, Gender

NAME = "meld"
OTHERS = "others"
_STEM = re.compile(r"^dia(?P<dialogue>\d+)_utt(?P<utterance>\d+)$")
_PARTS = ("train", "dev", "test")
_COLUMNS = ("Dialogue_ID", "Utterance_ID", "Speaker", "Emotion")
_FRIENDS: dict[str, Gender] = {
    **dict.fromkeys(("Monica", "Phoebe", "Rachel"), "female"),
    **dict.fromkeys(("Chandler", "Joey", "Ross"), "male"),
}
_SEVERAL = re.compile(r"\b(and|all|both|every(one|body)|guys|girls|group|crowd)\b|[&,/]", re.I)
_LABELS = {
    "neutral": Emotion.NEUTRAL,
    "joy": Emotion.HAPPINESS,
    "sadness": Emotion.SADNESS,
    "anger": Emotion.ANGER,
    "fear": Emotion.FEAR,
    "disgust": Emotion.DISGUST,
    "surprise": Emotion.SURPRISE,
}
_Lines = Mapping[tuple[str, str, str], Named | Aside]


def _names_in(folder: Path) -> NameOf:
    lines: dict[tuple[str, str, str], Named | Aside] = {}
    for part in _PARTS:
        for file in sorted(folder.rglob(f"{part}_sent_emo.csv"))[:1]:
            lines.update(_read(file, part))
    if not lines:
        raise UsageError(
            f"{folder} has none of the tables {', '.join(f'{p}_sent_emo.csv' for p in _PARTS)}: "
            "put those of MELD beside the clips."
        )

    def name_of(path: Path) -> Named | Aside | None:
        match, part = _STEM.match(path.stem), _part_of(path.relative_to(folder))
        if match is None or part is None:
            return None
        if path.suffix.lower() == ".mp4" and path.with_suffix(".wav").exists():
            return Aside("its sound was extracted to the wav beside it")
        return lines.get((part, match["dialogue"], match["utterance"]))

    return name_of


def _part_of(path: Path) -> str | None:
    """The part that the nearest folder names."""
    for folder in path.parents:
        for part in _PARTS:
            if part in folder.name.lower():
                return part
    return None


def _read(file: Path, part: str) -> _Lines:
    # The tables are UTF-8 but for a few apostrophes, and those stand in a column we do not need.
    with file.open(newline="", encoding="utf-8-sig", errors="replace") as lines:
        rows = csv.DictReader(lines)
        missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise UsageError(f"{file} has no column {missing[0]!r}; needed: {', '.join(_COLUMNS)}.")
        return {
            (part, row["Dialogue_ID"].strip(), row["Utterance_ID"].strip()): _named(row)
            for row in rows
        }


def _named(row: Mapping[str, str]) -> Named | Aside:
    speaker = row["Speaker"].strip()
    if _SEVERAL.search(speaker):
        return Aside("several people speak")
    person = speaker if speaker in _FRIENDS else OTHERS
    return Named(person, row["Emotion"].strip().lower(), _FRIENDS.get(speaker))


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "MELD",
        edition="1.0",
        url="https://affective-meld.github.io",
        citation="Poria et al. 2019, arXiv:1810.02508",
        licence="GPL-3.0",
        languages=("en",),
        speakers=len(_FRIENDS) + 1,
        clips=13_708,
        speaker_ids=(*sorted(_FRIENDS), OTHERS),
    ),
    _LABELS,
    _names_in,
    anonymous=frozenset({f"{NAME}/{OTHERS}"}),
    suffixes=AUDIO_SUFFIXES | {".mp4"},
)
