"""What `emotion-stream train`, `export` and `evaluate` do, from folders to files."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from emotion_stream import __version__
from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.config import TrainingConfig
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.corpora.utterance import audio_files
from emotion_stream.training.course import Course, EpochReport, State
from emotion_stream.training.evaluation import Answer, ask, findings
from emotion_stream.training.export import export_model
from emotion_stream.training.folds import Split, development_split, ravdess_folds
from emotion_stream.training.frames import FrameStore
from emotion_stream.training.gathering import Progress, gather, read_corpora, surroundings
from emotion_stream.training.report import write_report
from emotion_stream.training.run_folder import load_parts, write_config

PROTOCOLS = ("ravdess5",)
TARGET = "ravdess"


@dataclass(frozen=True)
class TrainingOrder:
    """What `emotion-stream train` was asked for."""

    sources: Mapping[str, Path]
    out: Path
    cache: Path
    config: TrainingConfig
    protocol: str | None = None
    pretrained: Path | None = None
    noise: Path | None = None
    rooms: Path | None = None

    @property
    def command(self) -> str:
        """The command with folders as placeholders: what a report says."""
        corpora = " ".join(f"--corpus {name}=DIR" for name in self.sources)
        stages = f"--seed {self.config.seed} --members {self.config.members}"
        options = [corpora, stages, f"--epochs {self.config.fine_tuning.epochs}"]
        options += [f"--folds {self.protocol}"] if self.protocol else []
        options += ["--noise DIR"] if self.noise else []
        options += ["--rooms DIR"] if self.rooms else []
        options += ["--pretrained CHECKPOINT"] if self.pretrained else []
        return f"emotion-stream train {' '.join(options)} --out {self.out.name}"


def train(order: TrainingOrder, progress: Progress, report: EpochReport) -> list[Path]:
    """Train as ordered; the folders of the finished models. A run that was stopped goes on."""
    corpora = read_corpora(order.sources)
    store = FrameStore(
        order.cache,
        order.config.model.front_end,
        order.config.augmentation,
        order.config.seed,
        surroundings(order.noise, order.rooms),
    )
    gathered = gather(corpora, store, progress)
    write_config(order.out, order.config, dict(gathered.accounts), order.command)
    utterances = [example.utterance for example in gathered.examples]
    target = TARGET if TARGET in corpora else next(iter(corpora))
    course = Course(order.config, order.out, target, report)
    start = _start(order, course, gathered.examples)
    splits = _splits(order, utterances)
    for split in splits:
        course.fine_tune(gathered.examples, split, start)
        export(order.out / split.name, order.out / split.name / "model.onnx")
        write_split(order.out / split.name, split)
    return [order.out / split.name for split in splits]


def _start(order: TrainingOrder, course: Course, examples: Any) -> State | None:
    if order.pretrained is None:
        return course.pretrain(examples)
    if not order.pretrained.is_file():
        raise UsageError(f"There is no checkpoint {order.pretrained}.")
    state: State = torch.load(order.pretrained, weights_only=True)["best"]
    return state


def _splits(order: TrainingOrder, utterances: list[Utterance]) -> tuple[Split, ...]:
    if order.protocol is None:
        return (development_split(utterances, order.config.seed),)
    if order.protocol not in PROTOCOLS:
        raise UsageError(f"Unknown folds {order.protocol!r}; known: {', '.join(PROTOCOLS)}.")
    return ravdess_folds(utterance.speaker for utterance in utterances)


def write_split(folder: Path, split: Split) -> None:
    """`split.json`: who was in which part."""
    parts = {part: sorted(getattr(split, part)) for part in ("train", "validation", "test")}
    (folder / "split.json").write_text(json.dumps(parts, indent=1) + "\n")


def export(folder: Path, file: Path) -> float:
    """Write the model of a finished run or fold to `file`; the difference from torch."""
    parts = load_parts(folder)
    file.parent.mkdir(parents=True, exist_ok=True)
    return export_model(
        parts.model,
        file,
        version=__version__,
        corpora=parts.corpora,
        unsure_below=parts.calibration.unsure_below,
    )


@dataclass(frozen=True)
class EvaluationOrder:
    """What `emotion-stream evaluate` was asked for: one model, or every fold of a run."""

    sources: Mapping[str, Path]
    out: Path
    model: Path | None = None
    run: Path | None = None
    shipped: Path | None = None
    noise: Sequence[Path] = ()


def evaluate(order: EvaluationOrder, progress: Progress) -> dict[str, Any]:
    """Write the report of a model, or of the folds of a run, and return it.

    Raises UsageError when a fold has no file for one of its test speakers.
    """
    utterances = [u for part in read_corpora(order.sources).values() for u in part]
    if order.run is not None:
        report = _report_of_run(order.run, utterances, progress)
    elif order.model is not None:
        report = _report_of_model(order.model, utterances, progress)
    else:
        raise UsageError("Say what to evaluate: --model FILE or --run RUN.")
    if order.run is not None and order.shipped is not None:
        report["commands"] += _commands_of_shipped(report["commands"][0], order.run, order.shipped)
    corpora = " ".join(f"--corpus {name}=DIR" for name in order.sources)
    what = f"--run {order.run.name}" if order.run else f"--model {order.model and order.model.name}"
    report["commands"] = [
        *report.get("commands", ()),
        f"emotion-stream evaluate {what} {corpora}{_options(order)} --out {order.out.name}",
    ]
    if order.shipped is not None:
        report["shipped"] = _file_facts(order.shipped)
    judged = order.shipped or order.model
    if judged is not None and order.noise:
        report["not_speech"] = _not_speech(Recognizer(judged), order.noise, progress)
    write_report(report, order.out)
    return report


def _commands_of_shipped(trained_by: str, run: Path, shipped: Path) -> list[str]:
    start = f"--pretrained {run.name}/pretraining/checkpoint.pt"
    for_all = trained_by.replace(f" --folds {PROTOCOLS[0]}", f" {start}")
    return [
        for_all.replace(f"--out {run.name}", "--out for-all"),
        f"emotion-stream export for-all/development --out {shipped.name}",
    ]


def _options(order: EvaluationOrder) -> str:
    shipped = f" --shipped {order.shipped.name}" if order.shipped else ""
    return shipped + " --noise DIR" * len(order.noise)


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


def _report_of_model(
    model: Path, utterances: list[Utterance], progress: Progress
) -> dict[str, Any]:
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
        "model": _file_facts(model),
        "findings": findings(answers),
    }


def _report_of_run(run: Path, utterances: list[Utterance], progress: Progress) -> dict[str, Any]:
    if not (run / "config.json").is_file():
        raise UsageError(f"{run} is no training run: it has no config.json.")
    config = json.loads((run / "config.json").read_text())
    folds = sorted(run.glob("fold-*/model.onnx"))
    if not folds:
        raise UsageError(f"{run} holds no folds; train with --folds {PROTOCOLS[0]}.")
    answers: list[Answer] = []
    models = {}
    for file in folds:
        split = json.loads((file.parent / "split.json").read_text())
        tested = [u for u in utterances if u.speaker in split["test"]]
        missing = set(split["test"]) - {u.speaker for u in tested}
        if missing:
            raise UsageError(f"{file.parent} tests {sorted(missing)[0]}, of whom there is no file.")
        name = file.parent.name
        answers += ask(Recognizer(file), tested, name, progress(name, len(tested)))
        calibration = json.loads((file.parent / "model.json").read_text())["calibration"]
        models[name] = {**_file_facts(file), **calibration, "split": split}
    return {
        "title": "Speaker-independent evaluation on RAVDESS speech, eight emotions",
        "protocol": _PROTOCOL_TEXT,
        "findings": findings(answers),
        "models": models,
        "curves": {str(h.parent.relative_to(run)): _history(h) for h in _histories(run)},
        "commands": [config["command"]],
        "notes": _notes(run),
        **{key: config[key] for key in ("provenance", "corpora", "training")},
    }


_PROTOCOL_TEXT = (
    "Five folds of RAVDESS actors (`training/folds.py`). For each fold a model is fine-tuned on "
    "the other actors, less the fold that follows, whose actors choose the epoch, the temperature "
    'and the threshold of "not sure"; then its exported ONNX file analyses the files of the '
    "fold's actors through the code that serves. No actor is in two parts; the corpora of the "
    "pre-training share no speaker with RAVDESS. Texts are shared: RAVDESS has two sentences."
)


def _notes(run: Path) -> str:
    """What whoever ran it wrote into `notes.md` of the run folder: anything out of the ordinary."""
    file = run / "notes.md"
    return file.read_text().strip() if file.is_file() else ""


def _histories(run: Path) -> list[Path]:
    return sorted(run.glob("*/history.csv")) + sorted(run.glob("fold-*/*/history.csv"))


def _history(file: Path) -> list[dict[str, float]]:
    with file.open(newline="") as lines:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(lines)]


def _file_facts(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "file": file.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "megabytes": len(content) / 1e6,
    }
