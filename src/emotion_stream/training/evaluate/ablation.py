"""What the parts of a recipe are worth: runs that lack one each, asked about the same people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StartProgress
from emotion_stream.training.evaluate.finished_run import FinishedRun, Fold, read_run
from emotion_stream.training.evaluate.predictions import Prediction, among
from emotion_stream.training.evaluate.results import loss_interval, recall_over_folds
from emotion_stream.training.evaluate.robustness import ByCondition, ConditionSuite, predict_all
from emotion_stream.training.fit.fingerprint import changed, flat

Found = dict[str, Any]  # Any: what JSON can hold


def ablations(
    folders: Sequence[Path],
    utterances: Sequence[Utterance],
    conditions: ConditionSuite,
    progress: StartProgress,
) -> Found:
    """How the first run fares, and each of the others against it, on the folds that all have.

    Raises UsageError where there is nothing to compare, where runs keep to different protocols or
    have no fold in common, or where one differs from the first in nothing.
    """
    if len(folders) < 2:
        raise UsageError("--ablation takes two runs or more: the whole recipe, then those without.")
    runs = [read_run(folder) for folder in folders]
    names = _common_folds(runs)
    changes = [_changes(runs[0], run) for run in runs]
    rows: list[Found] = []
    first: list[Prediction] = []
    for run, change in zip(runs, changes, strict=True):
        folds = [fold for fold in run.folds if fold.name in names]
        clean, under = _asked(folds, utterances, conditions, progress)
        first = first or clean
        rows.append(
            {
                "run": run.folder.name,
                "changed": change,
                "command": run.config["command"],
                "commit": run.config["provenance"]["commit"],
                "uar": recall_over_folds(clean)["mean_over_folds"],
                "lost_interval_95": loss_interval(first, clean),
                "under": {
                    name: recall_over_folds(answers)["mean_over_folds"]
                    for name, answers in under.items()
                },
            }
        )
    titles = {condition.name: condition.title for condition in conditions.wanted}
    return {
        "folds": names,
        "utterances": len(first),
        "conditions": titles,
        "training": runs[0].config["training"],
        "runs": rows,
    }


def _asked(
    folds: Sequence[Fold],
    utterances: Sequence[Utterance],
    conditions: ConditionSuite,
    progress: StartProgress,
) -> tuple[list[Prediction], ByCondition]:
    clean: list[Prediction] = []
    under: ByCondition = {}
    for fold in folds:
        trial, title = fold.trial(utterances), f"{fold.folder.parent.name}, {fold.name}"
        clean += predict_all(trial, title, conditions, under, progress)
    return among(clean), {name: among(part) for name, part in under.items()}


def _common_folds(runs: Sequence[FinishedRun]) -> list[str]:
    first = runs[0]
    for run in runs[1:]:
        if run.protocol != first.protocol:
            raise UsageError(
                f"{first.folder} and {run.folder} keep to different protocols: "
                "there is nothing to compare."
            )
    common = set.intersection(*({fold.name for fold in run.folds} for run in runs))
    if not common:
        raise UsageError(f"{', '.join(str(run.folder) for run in runs)} have no fold in common.")
    return sorted(common)


def _changes(first: FinishedRun, run: FinishedRun) -> dict[str, list[Any]]:
    """Settings that are not those of the first: their value there, and here."""
    then, now = (flat(each.config["training"]) for each in (first, run))
    names = changed(then, now)
    if run is not first and not names:
        raise UsageError(f"{run.folder} was trained with the settings of {first.folder}.")
    return {name: [then.get(name), now.get(name)] for name in names}
