"""What `emotion-stream train` and `export` do, from folders to files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from emotion_stream import __version__
from emotion_stream.errors import UsageError
from emotion_stream.training.config import TrainingConfig
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.course import Course, EpochReport, State
from emotion_stream.training.export import export_model
from emotion_stream.training.folds import PROTOCOLS, Split, development_split, ravdess_folds
from emotion_stream.training.frames import FrameStore
from emotion_stream.training.gathering import Progress, gather, read_corpora, surroundings
from emotion_stream.training.run_folder import load_parts, write_config

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
    skip_unreadable: bool = False

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
        options += ["--skip-unreadable"] if self.skip_unreadable else []
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
    gathered = gather(corpora, store, progress, skip_unreadable=order.skip_unreadable)
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
