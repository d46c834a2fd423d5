"""A close look at a corpus on disk: what is there, what is missing, what cannot be used and why.

Needs nothing but the libraries that serve.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from emotion_stream.audio.decoding import decode
from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import AudioError
from emotion_stream.training.data.corpora import named_speakers
from emotion_stream.training.data.corpora.recipe import Contents, Recipe

_SILENT_RMS = 10 ** (-60 / 20)
_FULL_SCALE = 32_767
_POINTER = b"version https://git-lfs"


@dataclass(frozen=True)
class Inspection:
    """What was found. `unreadable` says why; `duplicates` are groups of files of equal sound."""

    name: str
    recipe: Recipe | None
    contents: Contents
    unreadable: Mapping[Path, str]
    silent: tuple[Path, ...]
    duplicates: tuple[tuple[Path, ...], ...]

    @property
    def broken(self) -> bool:
        """True where training would refuse the corpus."""
        return bool(self.unreadable or self.contents.unknown_labels())

    def emotions(self) -> dict[str, int]:
        """Clips of each emotion that occurs, in the order of `EMOTIONS`; then of no label."""
        counts = Counter(u.emotion for u in self.contents.utterances)
        found = {emotion.value: counts[emotion] for emotion in EMOTIONS if counts[emotion]}
        return {**found, "unlabelled": counts[None]} if counts[None] else found

    def speakers(self) -> dict[str, int]:
        """Clips of each speaker, by whole id."""
        return dict(sorted(Counter(u.speaker for u in self.contents.utterances).items()))

    def named_speakers(self) -> frozenset[str]:
        """Who is heard with a label, by whole id, without ids that stand for several people."""
        unheard = {*self.unreadable, *self.silent}
        return named_speakers(
            u for u in self.contents.utterances if u.emotion is not None and u.path not in unheard
        )

    def genders(self) -> dict[str, int]:
        """Speakers of each gender; one who occurs with both is counted as `both`."""
        told: dict[str, set[str]] = {speaker: set() for speaker in self.speakers()}
        for utterance in self.contents.utterances:
            if utterance.gender is not None:
                told[utterance.speaker].add(utterance.gender)
        words = ("both" if len(g) > 1 else next(iter(g), "not told") for g in told.values())
        return dict(sorted(Counter(words).items()))

    def left_out(self) -> dict[str, int]:
        """How many files were left out for each reason, the commonest first."""
        return dict(Counter(each.reason for each in self.contents.left_out).most_common())

    def missing_speakers(self) -> tuple[str, ...]:
        """Speakers of the full release who are not there, where their ids are known."""
        if self.recipe is None:
            return ()
        known = map(self.recipe.speaker_id, self.recipe.release.speaker_ids)
        return tuple(speaker for speaker in known if speaker not in self.speakers())

    def missing_clips(self) -> int | None:
        """How many files the full release has more; None where nobody knows."""
        if self.recipe is None or self.recipe.release.clips is None:
            return None
        return max(0, self.recipe.release.clips - self.contents.clips)


def inspect(
    name: str, recipe: Recipe | None, contents: Contents, advance: Callable[[str], None]
) -> Inspection:
    """Decode every utterance. `advance` is told the name of each file before it is decoded."""
    unreadable: dict[Path, str] = {}
    silent: list[Path] = []
    by_sound: dict[bytes, list[Path]] = {}
    for utterance in contents.utterances:
        path = utterance.path
        advance(path.name)
        try:
            digest, rms = _heard(path)
        except (AudioError, OSError) as error:
            unreadable[path] = _why(path, error)
            continue
        if rms < _SILENT_RMS:
            silent.append(path)
        else:
            by_sound.setdefault(digest, []).append(path)
    equal = tuple(tuple(paths) for paths in by_sound.values() if len(paths) > 1)
    return Inspection(name, recipe, contents, unreadable, tuple(silent), equal)


def _heard(path: Path) -> tuple[bytes, float]:
    """The digest of its samples at 16 bits and 16 kHz, and their RMS level (full scale is 1)."""
    digest = hashlib.sha256()
    energy, count = 0.0, 0
    for block in decode(path, max_duration_s=float("inf")):
        digest.update(np.round(np.clip(block, -1, 1) * _FULL_SCALE).astype(np.int16).tobytes())
        energy += float(np.sum(np.square(block, dtype=np.float64)))
        count += block.size
    return digest.digest(), (energy / max(count, 1)) ** 0.5


def _why(path: Path, error: AudioError | OSError) -> str:
    if isinstance(error, OSError):
        return f"unreadable: {error.strerror or error}."
    with path.open("rb") as file:
        if file.read(len(_POINTER)) == _POINTER:
            return "a Git LFS pointer: run `git lfs pull` in the repository of the corpus."
    return f"{error.code}: {error}"
