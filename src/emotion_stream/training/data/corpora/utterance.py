"""What a corpus is made of: one recorded utterance with its speaker and label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError

Gender = Literal["female", "male"]

AUDIO_SUFFIXES = frozenset({".wav", ".flac", ".opus", ".ogg", ".mp3", ".m4a"})


@dataclass(frozen=True)
class Utterance:
    """One audio file. `speaker` is `<corpus>/<id>`, so that it is unique across corpora.

    `emotion` is None where the corpus gives no label we know how to read. `sentence` is a code for
    the text that is spoken, the same for all who speak it, and None where the corpus does not say.
    """

    path: Path
    corpus: str
    speaker: str
    emotion: Emotion | None
    language: str | None = None
    gender: Gender | None = None
    sentence: str | None = None


def audio_files(folder: Path, suffixes: frozenset[str] = AUDIO_SUFFIXES) -> Iterator[Path]:
    """Every audio file under `folder`, by name, in a fixed order; hidden files are left out."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in suffixes and not path.name.startswith("."):
            yield path


def sounds_in(folder: Path, option: str) -> tuple[Path, ...]:
    """The audio files of a folder of noises or rooms, as `audio_files`; `option` named it.

    Raises UsageError where there is no such folder, or no sound file in it.
    """
    if not folder.is_dir():
        raise UsageError(f"{option}: there is no folder {folder}.")
    if found := tuple(audio_files(folder)):
        return found
    kinds = ", ".join(sorted(AUDIO_SUFFIXES))
    raise UsageError(f"{option}: there is no sound file in {folder} ({kinds}).")


def emotions_of(utterances: Iterable[Utterance]) -> tuple[Emotion, ...]:
    """The emotions that occur, in the order of `EMOTIONS`."""
    present = {utterance.emotion for utterance in utterances}
    return tuple(emotion for emotion in EMOTIONS if emotion in present)
