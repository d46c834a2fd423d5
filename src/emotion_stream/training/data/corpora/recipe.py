"""How to read one corpus in the layout its authors publish, and what a folder of it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora.utterance import (
    AUDIO_SUFFIXES,
    Gender,
    Utterance,
    audio_files,
)

_BY_LETTER: Mapping[str, Gender] = {"M": "male", "F": "female"}

Kind = Literal["speech", "bursts"]
Labels = Mapping[str, Emotion | None]


@dataclass(frozen=True)
class Named:
    """What the name and the place of a file say. `label` is the code the authors use.

    `language` is given where the corpus has several, `sentence` where the name tells which text is
    spoken: the same code for the same text, whoever speaks it and with whatever emotion.
    """

    speaker: str
    label: str
    gender: Gender | None = None
    language: str | None = None
    sentence: str | None = None


@dataclass(frozen=True)
class Aside:
    """A file that belongs to the corpus and is no utterance of one person; `reason` says why."""

    reason: str


NameOf = Callable[[Path], Named | Aside | None]
"""None where the file is none of the corpus."""


@dataclass(frozen=True)
class Release:
    """What the authors published. `clips` counts every sound file the recipe knows by its name.

    `url` is where to get it, or where it is described. `speakers` and `clips` are None where
    nobody states them; `speaker_ids` are the ids without the corpus, where all of them are known.
    """

    title: str
    edition: str
    url: str
    citation: str
    licence: str
    languages: tuple[str, ...]  # ISO 639-1; none for wordless sounds
    speakers: int | None
    clips: int | None
    speaker_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """One corpus. `version` is raised when the recipe takes other files or labels than before.

    `names_in` takes the folder of the corpus and returns what reads the name of a file in it.
    `labels` says what becomes of each label: an emotion, or None where it has no place among the
    eight and the clip is left out; `meanings` are the authors' words for codes that need them.
    `voices` is the corpus whose speakers these are, where the same people are in two.
    `anonymous` speakers (whole ids) stand for several people: never put them in a validation or
    test set.
    """

    name: str
    version: int
    release: Release
    labels: Labels
    names_in: Callable[[Path], NameOf]
    meanings: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "speech"
    voices: str | None = None
    anonymous: frozenset[str] = frozenset()
    suffixes: frozenset[str] = AUDIO_SUFFIXES

    @property
    def title(self) -> str:
        return self.release.title

    @property
    def licence(self) -> str:
        return self.release.licence

    @property
    def language(self) -> str | None:
        """The one language, or None where there are several or none."""
        return self.release.languages[0] if len(self.release.languages) == 1 else None

    def speaker_id(self, speaker: str) -> str:
        """The id that is unique across corpora."""
        return f"{self.voices or self.name}/{speaker}"

    def label_in_words(self, label: str) -> str:
        """`L (boredom)`, or the label alone where it says it itself."""
        return f"{label} ({self.meanings[label]})" if label in self.meanings else label


def by_name(name_of: NameOf) -> Callable[[Path], NameOf]:
    """The `names_in` of a corpus whose file names say it all, wherever they lie."""

    def names_in(folder: Path) -> NameOf:
        return name_of

    return names_in


def by_stem(
    stem: re.Pattern[str], genders: Mapping[str, Gender] | None = None
) -> Callable[[Path], NameOf]:
    """The same, where `stem` names the groups `speaker` and `label`.

    The gender is that of a group `gender`, M or F, or that of the speaker in `genders`; the
    sentence is that of a group `sentence`.
    """

    def name_of(path: Path) -> Named | None:
        match = stem.match(path.stem)
        if match is None:
            return None
        told = match.groupdict()
        letter = told.get("gender")
        gender = _BY_LETTER[letter] if letter else (genders or {}).get(match["speaker"])
        return Named(match["speaker"], match["label"], gender, sentence=told.get("sentence"))

    return by_name(name_of)


# What a folder holds, read by a recipe: its utterances, and which files are left out and why.

Cause = Literal["foreign", "aside", "label", "unknown_label"]
_SHOWN = 3


@dataclass(frozen=True)
class LeftOut:
    """A file that is not taken.

    `cause`: `foreign`, no file of the corpus; `aside`, one that is no utterance; `label`, one whose
    label has no place among the eight; `unknown_label`, one whose label the recipe does not know.
    """

    path: Path
    cause: Cause
    reason: str
    label: str | None = None


@dataclass(frozen=True)
class Contents:
    """The sound files of a folder, in a fixed order."""

    utterances: tuple[Utterance, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def clips(self) -> int:
        """How many files are of the corpus, taken or not."""
        foreign = sum(each.cause == "foreign" for each in self.left_out)
        return len(self.utterances) + len(self.left_out) - foreign

    def unknown_labels(self) -> Mapping[str, tuple[Path, ...]]:
        """The files of each label that the recipe does not know."""
        found: dict[str, tuple[Path, ...]] = {}
        for each in self.left_out:
            if each.cause == "unknown_label" and each.label is not None:
                found[each.label] = (*found.get(each.label, ()), each.path)
        return found


def read_contents(recipe: Recipe, folder: Path) -> Contents:
    """Read the names of all sound files under `folder`.

    Raises UsageError where it is no folder, holds no file of the corpus, or a table that the
    corpus needs is not there.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder} to read {recipe.name} from.")
    name_of = recipe.names_in(folder)
    utterances: list[Utterance] = []
    left_out: list[LeftOut] = []
    for path in audio_files(folder, recipe.suffixes):
        read = _read(recipe, path, name_of(path))
        if isinstance(read, Utterance):
            utterances.append(read)
        else:
            left_out.append(read)
    contents = Contents(tuple(utterances), tuple(left_out))
    if contents.clips == 0:
        raise UsageError(
            f"No file in {folder} is named like one of {recipe.title}; is the folder right?"
        )
    return contents


def _read(recipe: Recipe, path: Path, name: Named | Aside | None) -> Utterance | LeftOut:
    if name is None:
        return LeftOut(path, "foreign", f"not named like a file of {recipe.title}")
    if isinstance(name, Aside):
        return LeftOut(path, "aside", name.reason)
    if name.label not in recipe.labels:
        reason = f"the recipe does not know the label {name.label!r}"
        return LeftOut(path, "unknown_label", reason, name.label)
    emotion = recipe.labels[name.label]
    if emotion is None:
        words = recipe.label_in_words(name.label)
        return LeftOut(path, "label", f"{words} is none of the eight emotions", name.label)
    return Utterance(
        path,
        recipe.name,
        recipe.speaker_id(name.speaker),
        emotion,
        name.language or recipe.language,
        name.gender,
        name.sentence,
    )


def check_labels(recipe: Recipe, folder: Path, contents: Contents) -> None:
    """Raise UsageError where labels do not map, or leave nothing to learn from."""
    unknown = contents.unknown_labels()
    if unknown:
        files = [path.name for paths in unknown.values() for path in paths]
        more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
        raise UsageError(
            f"{recipe.title} in {folder} has labels that the recipe does not know: "
            f"{', '.join(sorted(unknown))} ({', '.join(files[:_SHOWN])}{more}). "
            "Take these files out of the folder, or give a CSV manifest."
        )
    if not contents.utterances:
        reasons = sorted({each.reason for each in contents.left_out if each.cause != "foreign"})
        raise UsageError(
            f"{folder} holds {contents.clips} files of {recipe.title}, and none can be used: "
            f"{'; '.join(reasons)}."
        )
