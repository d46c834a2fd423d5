"""What `emotion-stream evaluate` does: ask models about people they never heard, and report it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.corpora.utterance import audio_files
from emotion_stream.training.findings import ask, findings
from emotion_stream.training.finished_run import FinishedRun, file_facts, finished_runs
from emotion_stream.training.folds import PROTOCOLS
from emotion_stream.training.gathering import Progress, read_corpora
from emotion_stream.training.personalisation import simulate
from emotion_stream.training.report import write_report

Report = dict[str, Any]  # Any: what JSON can hold


@dataclass(frozen=True)
class EvaluationOrder:
    """What `emotion-stream evaluate` was asked for: one model, or every fold of some runs."""

    sources: Mapping[str, Path]
    out: Path
    model: Path | None = None
    runs: Sequence[Path] = ()
    shipped: Path | None = None
    noise: Sequence[Path] = ()
    personal: bool = False

    @property
    def command(self) -> str:
        """The command with folders as placeholders: what a report says."""
        what = " ".join(f"--run {run.name}" for run in self.runs)
        if self.model is not None:
            what = f"--model {self.model.name}"
        corpora = " ".join(f"--corpus {name}=DIR" for name in self.sources)
        shipped = f" --shipped {self.shipped.name}" if self.shipped else ""
        noise = " --noise DIR" * len(self.noise) + " --personal" * self.personal
        return f"emotion-stream evaluate {what} {corpora}{shipped}{noise} --out {self.out.name}"


def evaluate(order: EvaluationOrder, progress: Progress) -> Report:
    """Write the report of a model, or of the folds of runs, and return it.

    Raises UsageError where both or neither are given, where runs differ in more than their seed,
    where a fold has no file for one of its test speakers, and where the simulation of personal
    calibration is wanted of one model: it needs to know who chose and who is tested.
    """
    if (order.model is None) == (not order.runs):
        raise UsageError("Say what to evaluate: --model FILE or --run RUN.")
    if order.personal and not order.runs:
        raise UsageError("--personal simulates people that folds never heard: give --run RUN.")
    runs = finished_runs(order.runs)
    utterances = [u for part in read_corpora(order.sources).values() for u in part]
    if order.model is not None:
        report = _report_of_model(order.model, utterances, progress)
    else:
        report = _report_of_runs(runs, utterances, progress)
        report["commands"] = _commands(runs, order.shipped)
    report["commands"] = [*report.get("commands", ()), order.command]
    if order.shipped is not None:
        report["shipped"] = file_facts(order.shipped)
    judged = order.shipped or order.model
    if order.personal:
        report["personal"] = simulate(runs, utterances, progress)
    if judged is not None and order.noise:
        report["not_speech"] = _not_speech(Recognizer(judged), order.noise, progress)
    write_report(report, order.out)
    return report


def _report_of_model(model: Path, utterances: Sequence[Utterance], progress: Progress) -> Report:
    recognizer = Recognizer(model)
    heard = set(recognizer.info.corpora) & {u.corpus for u in utterances}
    answers = ask(recognizer, utterances, model.stem, progress(model.name, len(utterances)))
    warning = (
        f" It was trained on {', '.join(sorted(heard))} too, so these figures are flattering: "
        "use them to compare, not to claim."
        if heard
        else ""
    )
    return {
        "title": f"Evaluation of {model.name}",
        "protocol": f"Every labelled utterance, through the code that serves.{warning}",
        "model": file_facts(model),
        "findings": findings(answers),
    }


def _report_of_runs(
    runs: Sequence[FinishedRun], utterances: Sequence[Utterance], progress: Progress
) -> Report:
    folds = [fold for run in runs for fold in run.folds]
    answers = [answer for fold in folds for answer in fold.ask(utterances, progress)]
    return {
        "title": "Speaker-independent evaluation on RAVDESS speech, eight emotions",
        "protocol": _PROTOCOL_TEXT,
        "findings": findings(answers),
        "models": {f"seed-{fold.seed}/{fold.name}": fold.facts for fold in folds},
        "curves": {stage: epochs for run in runs for stage, epochs in run.curves.items()},
        "notes": "\n\n".join(run.notes for run in runs if run.notes),
        "provenance": {str(run.seed): run.config["provenance"] for run in runs},
        **runs[0].recipe,
    }


_PROTOCOL_TEXT = (
    "Five folds of RAVDESS actors (`training/folds.py`). For each fold a model is fine-tuned on "
    "the other actors, less the fold that follows, whose actors choose the epoch, the temperature "
    'and the threshold of "not sure"; then its exported ONNX file analyses the files of the '
    "fold's actors through the code that serves. No actor is in two parts; the corpora of the "
    "pre-training share no speaker with RAVDESS. Texts are shared: RAVDESS has two sentences."
)


def _commands(runs: Sequence[FinishedRun], shipped: Path | None) -> list[str]:
    """How to train the runs, and from the first of them the file that is shipped."""
    trained: list[str] = [run.config["command"] for run in runs]
    if shipped is None:
        return trained
    start = f"--pretrained {runs[0].folder.name}/pretraining/checkpoint.pt"
    for_all = trained[0].replace(f" --folds {PROTOCOLS[0]}", f" {start}")
    return [
        *trained,
        for_all.replace(f"--out {runs[0].folder.name}", "--out for-all"),
        f"emotion-stream export for-all/development --out {shipped.name}",
    ]


def _not_speech(
    recognizer: Recognizer, folders: Sequence[Path], progress: Progress
) -> dict[str, dict[str, int]]:
    """How many sounds of each folder, none of them speech, were given an emotion all the same."""
    found = {}
    for folder in folders:
        files = list(audio_files(folder))
        advance = progress(folder.name, len(files))
        counts = {"sounds": len(files), "heard_as_speech": 0, "given_an_emotion": 0}
        for file in files:
            reading = recognizer.analyze(file)
            counts["heard_as_speech"] += reading.scores is not None
            counts["given_an_emotion"] += reading.emotion is not None
            advance(1)
        found[folder.name] = counts
    return found
