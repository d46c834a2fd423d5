"""RAVDESS: Livingstone & Russo 2018, doi:10.1371/journal.pone.0196391, speech and song.

`03-CH-EM-IN-ST-RE-AC.wav`: modality, channel (01 speech, 02 song), emotion, intensity, statement,
repetition, actor. The same actors speak and sing, so their speaker ids are the same.
"""

from __future__ import annotations

import re
from pathlib import Path

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora.utterance import Recipe, Utterance

NAME = "ravdess"
_STEM = re.compile(r"^03-(?P<channel>01|02)-(?P<emotion>0[1-8])-0[12]-0[12]-0[12]-(?P<actor>\d\d)$")
_EMOTIONS = {
    "01": Emotion.NEUTRAL,
    "02": Emotion.CALM,
    "03": Emotion.HAPPINESS,
    "04": Emotion.SADNESS,
    "05": Emotion.ANGER,
    "06": Emotion.FEAR,
    "07": Emotion.DISGUST,
    "08": Emotion.SURPRISE,
}


def _parse(path: Path, channel: str, corpus: str) -> Utterance | None:
    match = _STEM.match(path.stem)
    if match is None or match["channel"] != channel:
        return None
    return Utterance(
        path,
        corpus,
        speaker=f"{NAME}/{match['actor']}",
        emotion=_EMOTIONS[match["emotion"]],
        language="en",
        gender="male" if int(match["actor"]) % 2 else "female",
    )


def parse(path: Path) -> Utterance | None:
    """A spoken sentence; the songs of the same actors are another corpus."""
    return _parse(path, "01", NAME)


def parse_song(path: Path) -> Utterance | None:
    """A sung sentence, under the speaker id of the actor's speech."""
    return _parse(path, "02", f"{NAME}_song")


RECIPE = Recipe(NAME, "RAVDESS speech", "CC BY-NC-SA 4.0", "en", parse)
SONG_RECIPE = Recipe(f"{NAME}_song", "RAVDESS song", "CC BY-NC-SA 4.0", "en", parse_song)
