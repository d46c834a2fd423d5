"""Indian EmoSpeech Command v0.1: short spoken commands recorded in the wild.

`keyword-environment-emotion-time-userhash.wav`. `background-*` files carry emotion words too but
hold no speech. One hash stands for every unknown user: those are for training only.
"""

from __future__ import annotations

from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "emospeech_india"
UNKNOWN_USER = f"{NAME}/d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f"
_EMOTIONS = {
    "calm": Emotion.CALM,
    "fearful": Emotion.FEAR,
    "angry": Emotion.ANGER,
    "happy": Emotion.HAPPINESS,
}


def parse(path: Path) -> Utterance | None:
    """A spoken command, or None for background noise."""
    fields = path.stem.split("-")
    if len(fields) != 5:
        return None
    keyword, _environment, emotion, _time, user = fields
    if keyword == "background" or emotion not in _EMOTIONS:
        return None
    return Utterance(path, NAME, f"{NAME}/{user}", _EMOTIONS[emotion], language="en")


RECIPE = Recipe(
    NAME,
    "Indian EmoSpeech Command v0.1",
    "CC BY-NC-SA 4.0",
    "en",
    parse,
    anonymous=frozenset({UNKNOWN_USER}),
)
