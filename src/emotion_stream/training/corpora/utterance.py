"""What a corpus is made of: one recorded utterance with its speaker and label."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from emotion_stream.emotions import EMOTIONS, Emotion

Gender = Literal["female", "male"]
Kind = Literal["speech", "bursts"]

AUDIO_SUFFIXES = frozenset({".wav", ".flac", ".opus", ".ogg", ".mp3", ".m4a"})


@dataclass(frozen=True)
class Utterance:
    """One audio file. `speaker` is `<corpus>/<id>`, so that it is unique across corpora.

    `emotion` is None where the corpus gives no label we know how to read.
    """

    path: Path
    corpus: str
    speaker: str
    emotion: Emotion | None
    language: str | None = None
    gender: Gender | None = None


@dataclass(frozen=True)
class Recipe:
    """How to read one corpus in the layout its authors publish.

    `parse` turns one audio file into an utterance, or None where the file is not one of the
    corpus or carries a label outside the eight emotions. `language` is an ISO 639-1 code, None
    for wordless sounds. `anonymous` speakers stand for several people: never put them in a
    validation or test set.
    """

    name: str
    title: str
    licence: str
    language: str | None
    parse: Callable[[Path], Utterance | None]
    kind: Kind = "speech"
    anonymous: frozenset[str] = frozenset()


def parse_by_stem(
    corpus: str,
    language: str,
    stem: re.Pattern[str],
    emotions: Mapping[str, Emotion],
    genders: Mapping[str, Gender] | None = None,
) -> Callable[[Path], Utterance | None]:
    """The `parse` of a corpus whose file names say it all.

    `stem` names the groups `speaker` and `emotion`; a code that is not in `emotions` has no place
    among the eight and leaves the file out. `genders` is by speaker.
    """

    def parse(path: Path) -> Utterance | None:
        match = stem.match(path.stem)
        if match is None or match["emotion"] not in emotions:
            return None
        speaker = match["speaker"]
        return Utterance(
            path,
            corpus,
            speaker=f"{corpus}/{speaker}",
            emotion=emotions[match["emotion"]],
            language=language,
            gender=(genders or {}).get(speaker),
        )

    return parse


def audio_files(folder: Path) -> Iterator[Path]:
    """Every audio file under `folder`, by name, in a fixed order; hidden files are left out."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in AUDIO_SUFFIXES and not path.name.startswith("."):
            yield path


def emotions_of(utterances: Iterable[Utterance]) -> tuple[Emotion, ...]:
    """The emotions that occur, in the order of `EMOTIONS`."""
    present = {utterance.emotion for utterance in utterances}
    return tuple(emotion for emotion in EMOTIONS if emotion in present)
