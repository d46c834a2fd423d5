"""Indian EmoSpeech Command v0.1: Banga et al. 2019, arXiv:1910.13801, commands in the wild.

`keyword-environment-emotion-time-userhash.wav`. Calm is calm. `background-*` files carry emotion
words too but hold no speech: they are set aside. A command without an emotion (`None`) is left
out. One hash stands for every unknown user: those are for training only.
"""

from __future__ import annotations

from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora.recipe import (
    Aside,
    Labels,
    Named,
    Recipe,
    Release,
    by_name,
)

NAME = "emospeech_india"
UNKNOWN_USER = f"{NAME}/d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"
_LABELS: Labels = {
    "calm": Emotion.CALM,
    "fearful": Emotion.FEAR,
    "angry": Emotion.ANGER,
    "happy": Emotion.HAPPINESS,
    "none": None,
}


def _name_of(path: Path) -> Named | Aside | None:
    fields = path.stem.split("-")
    if len(fields) != 5:
        return None
    keyword, _environment, emotion, _time, user = fields
    if keyword == "background":
        return Aside("background noise without speech")
    return Named(user, emotion.lower())


RECIPE = Recipe(
    NAME,
    1,
    Release(
        "Indian EmoSpeech Command v0.1",
        edition="0.1",
        url="https://github.com/RakshakTeam/emospeech-dataset-v1",
        citation="Banga et al. 2019, arXiv:1910.13801",
        licence="CC BY-NC-SA 4.0",
        languages=("en",),
        speakers=None,
        clips=None,
    ),
    _LABELS,
    by_name(_name_of),
    meanings={"none": "no emotion stated"},
    anonymous=frozenset({UNKNOWN_USER}),
)
