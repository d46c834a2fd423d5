"""What a folder holds, read by a recipe: its utterances, and which files are left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from emotion_stream.errors import UsageError
from emotion_stream.training.corpora.recipe import Aside, Named, Recipe
from emotion_stream.training.corpora.utterance import Utterance, audio_files

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
