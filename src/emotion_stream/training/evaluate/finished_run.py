"""A run with folds that came to its end: asked about the people each fold never heard."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.protocols import fold_names
from emotion_stream.training.evaluate.predictions import EvaluationSet
from emotion_stream.training.evaluate.protocol_text import ProtocolText, of_a_run


@dataclass(frozen=True)
class FinishedRun:
    """The folder of a run and its `config.json`."""

    folder: Path
    config: dict[str, Any]  # Any: what JSON can hold

    @property
    def seed(self) -> int:
        return int(self.config["training"]["seed"])

    @property
    def recipe(self) -> dict[str, Any]:
        """All that must be equal for runs to differ in nothing but chance."""
        training = {k: v for k, v in self.config["training"].items() if k != "seed"}
        return {"training": training, "corpora": self.config["corpora"]}

    @property
    def protocol(self) -> ProtocolText:
        """What the run kept to. Raises UsageError where it has no folds."""
        return of_a_run(self._said)

    @property
    def reported(self) -> ProtocolText:
        """The same, and which folds there are where the run was made of some on purpose.

        Raises UsageError as `folds`.
        """
        names = [fold.name for fold in self.folds]
        return of_a_run(self._said, names if len(names) < len(self._published) else ())

    @property
    def _said(self) -> dict[str, Any]:
        said: dict[str, Any] | None = self.config.get("protocol")
        if said is None:
            raise self._without_folds
        return said

    @property
    def _published(self) -> tuple[str, ...]:
        """All folds of the protocol, over the speakers that were there."""
        everybody = chain(*self.folds[0].split.values())
        return fold_names(self._said["name"], self.target, everybody)

    @property
    def _without_folds(self) -> UsageError:
        return UsageError(f"{self.folder} holds no folds; train with --protocol.")

    @property
    def target(self) -> str:
        """The corpus it tests."""
        return str((self.config.get("protocol") or {}).get("target", "ravdess"))

    @property
    def folds(self) -> tuple[Fold, ...]:
        """Those that came to their end. Raises UsageError where there is none."""
        folders = sorted(file.parent for file in self.folder.glob("fold-*/model.onnx"))
        if not folders:
            raise self._without_folds
        return tuple(Fold(folder, self.seed) for folder in folders)

    @property
    def missing(self) -> tuple[str, ...]:
        """Folds that it was to have and that did not come to their end."""
        names = {fold.name for fold in self.folds}
        wanted = re.findall(r"--fold (\S+)", self.config["command"]) or self._published
        return tuple(name for name in wanted if name not in names)

    @property
    def without_target(self) -> Fold:
        """The pre-trained model, which never heard the target. Raises UsageError."""
        fold = Fold(self.folder / "pretraining", self.seed, f"without-{self.target}")
        if not fold.model.is_file():
            raise UsageError(f"{self.folder} holds no pre-trained model of its own.")
        return fold

    @property
    def curves(self) -> dict[str, list[dict[str, float]]]:
        """The epochs of every stage, by its folder."""
        return {
            f"seed-{self.seed}/{file.parent.relative_to(self.folder)}": _history(file)
            for file in sorted(self.folder.glob("*/member-*/history.csv"))
        }

    @property
    def notes(self) -> str:
        """What whoever ran it wrote into `notes.md`: anything out of the ordinary."""
        file = self.folder / "notes.md"
        return file.read_text().strip() if file.is_file() else ""


@dataclass(frozen=True)
class Fold:
    """One fold of a run: its model, and who was in which part."""

    folder: Path
    seed: int
    title: str = ""

    @property
    def name(self) -> str:
        return self.title or self.folder.name

    @property
    def model(self) -> Path:
        return self.folder / "model.onnx"

    @property
    def members(self) -> tuple[Path, ...]:
        """The models of its single networks, if there are several."""
        return tuple(sorted(self.folder.glob("member-*/model.onnx")))

    @property
    def split(self) -> dict[str, list[str]]:
        split: dict[str, list[str]] = json.loads((self.folder / "split.json").read_text())
        return split

    @property
    def facts(self) -> dict[str, Any]:
        """File, calibration and split: what a report says of it."""
        parts = json.loads((self.folder / "model.json").read_text())
        return {**file_facts(self.model), **parts["calibration"], "split": self.split}

    def trial(self, utterances: Sequence[Utterance]) -> EvaluationSet:
        """Its model and the people it never heard.

        Raises UsageError where one of them has no utterance.
        """
        test = set(self.split["test"])
        tested = tuple(utterance for utterance in utterances if utterance.speaker in test)
        others = tuple(utterance for utterance in utterances if utterance.speaker not in test)
        missing = test - {utterance.speaker for utterance in tested}
        if missing:
            raise UsageError(f"{self.folder} tests {sorted(missing)[0]}, of whom there is no file.")
        return EvaluationSet(self.name, self.model, tested, others, self.seed, self.members)


def finished_runs(folders: Sequence[Path]) -> tuple[FinishedRun, ...]:
    """Whole runs of one recipe, by seed.

    Raises UsageError where a fold is missing, and where they cannot be reported together.
    """
    runs = sorted(map(read_run, folders), key=lambda run: run.seed)
    for run in runs:
        if run.missing:
            raise UsageError(
                f"{run.folder} is not finished: {', '.join(run.missing)} did not come to an end. "
                "Give its `emotion-stream train` command again: it goes on where it stopped."
            )
    for before, run in pairwise(runs):
        if run.seed == before.seed:
            raise UsageError(f"{before.folder} and {run.folder} have the same seed, {run.seed}.")
        if (run.recipe, run.protocol) != (before.recipe, before.protocol):
            raise UsageError(
                f"{before.folder} and {run.folder} differ in more than the seed: "
                "report them apart, or train one of them again."
            )
        names = [[fold.name for fold in each.folds] for each in (before, run)]
        if names[0] != names[1]:
            raise UsageError(
                f"{before.folder} has {', '.join(names[0])} and {run.folder} has "
                f"{', '.join(names[1])}: report them apart, or train both on the same folds."
            )
    return tuple(runs)


def runs_without_targets(folders: Sequence[Path]) -> tuple[FinishedRun, ...]:
    """Runs of different targets, for what they learned without them. Raises UsageError."""
    runs = sorted(map(read_run, folders), key=lambda run: run.target)
    for before, run in pairwise(runs):
        if run.target == before.target:
            raise UsageError(f"{before.folder} and {run.folder} both leave out {run.target}.")
    return tuple(runs)


def file_facts(file: Path) -> dict[str, Any]:
    """Name, hash and size."""
    content = file.read_bytes()
    return {
        "file": file.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "megabytes": len(content) / 1e6,
    }


def read_run(folder: Path) -> FinishedRun:
    """Raises UsageError where it is none."""
    file = folder / "config.json"
    if not file.is_file():
        raise UsageError(f"{folder} is no training run: it has no config.json.")
    return FinishedRun(folder, json.loads(file.read_text()))


def _history(file: Path) -> list[dict[str, float]]:
    with file.open(newline="") as lines:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(lines)]
