"""RAVDESS: Livingstone & Russo 2018, doi:10.1371/journal.pone.0196391, speech and song.

`03-CH-EM-IN-ST-RE-AC.wav`: modality, channel (01 speech, 02 song), emotion, intensity, statement,
repetition, actor. All eight labels are ours: calm is calm. The same actors speak and sing, so
their speaker ids are the same. Of the song actor 18 is missing, and it has no disgust and no
surprise.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import Named, NameOf, Recipe, Release, by_name
from emotion_stream.training.data.corpora.utterance import Gender

NAME = "ravdess"
_STEM = re.compile(
    r"^03-(?P<channel>01|02)-(?P<label>\d\d)-0[12]-(?P<sentence>0[12])-0[12]-(?P<actor>\d\d)$"
)
_LABELS = {
    "01": Emotion.NEUTRAL,
    "02": Emotion.CALM,
    "03": Emotion.HAPPINESS,
    "04": Emotion.SADNESS,
    "05": Emotion.ANGER,
    "06": Emotion.FEAR,
    "07": Emotion.DISGUST,
    "08": Emotion.SURPRISE,
}
_ACTORS = tuple(f"{actor:02d}" for actor in range(1, 25))


def _of_channel(channel: str) -> NameOf:
    def name_of(path: Path) -> Named | None:
        match = _STEM.match(path.stem)
        if match is None or match["channel"] != channel:
            return None
        actor = match["actor"]
        gender: Gender = "male" if int(actor) % 2 else "female"
        return Named(actor, match["label"], gender, sentence=match["sentence"])

    return name_of


def _release(title: str, clips: int, actors: tuple[str, ...]) -> Release:
    return Release(
        title,
        edition="1.0.0",
        url="https://zenodo.org/records/1188976",
        citation="Livingstone & Russo 2018, doi:10.1371/journal.pone.0196391",
        licence="CC BY-NC-SA 4.0",
        languages=("en",),
        speakers=len(actors),
        clips=clips,
        speaker_ids=actors,
    )


RECIPE = Recipe(
    NAME, 1, _release("RAVDESS speech", 1440, _ACTORS), _LABELS, by_name(_of_channel("01"))
)
SONG_RECIPE = Recipe(
    f"{NAME}_song",
    1,
    _release("RAVDESS song", 1012, tuple(actor for actor in _ACTORS if actor != "18")),
    {code: emotion for code, emotion in _LABELS.items() if code < "07"},
    by_name(_of_channel("02")),
    voices=NAME,
)
