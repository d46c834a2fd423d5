"""What `emotion-stream train` and `export` do, from folders to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from emotion_stream.training.folds import Split, development_split
from emotion_stream.training.frames import Example, FrameStore
from emotion_stream.training.gathering import Progress, gather, read_corpora, surroundings
from emotion_stream.training.protocols import LEAVE_ONE_CORPUS_OUT, Protocol, folds, protocol
from emotion_stream.training.run_folder import load_parts, member_count, write_config

_USUAL_TARGET = "ravdess"


@dataclass(frozen=True)
class TrainingOrder:
    """What `emotion-stream train` was asked for."""

    sources: Mapping[str, Path]
    out: Path
    cache: Path
    config: TrainingConfig
    protocol: str | None = None
    target: str | None = None
    pretrained: Path | None = None
    noise: Path | None = None
    rooms: Path | None = None
    skip_unreadable: bool = False
    settings: Sequence[str] = ()
    only: Sequence[str] = ()

    @property
    def command(self) -> str:
        """The command with folders as placeholders: what a report says."""
        options = [f"--corpus {name}=DIR" for name in self.sources]
        options += [f"--seed {self.config.seed}", f"--members {self.config.members}"]
        options += [f"--pretraining-epochs {self.config.pretraining.epochs}"]
        options += [f"--epochs {self.config.fine_tuning.epochs}"]
        options += [f"--protocol {self.protocol}"] if self.protocol else []
        options += [f"--target {self.target}"] if self.target else []
        options += ["--noise DIR"] if self.noise else []
        options += ["--rooms DIR"] if self.rooms else []
        options += [f"--pretrained {_last_two(self.pretrained)}"] if self.pretrained else []
        options += [f"--set {setting}" for setting in self.settings]
        options += [f"--fold {name}" for name in self.only]
        options += ["--skip-unreadable"] if self.skip_unreadable else []
        return f"emotion-stream train {' '.join(options)} --out {self.out.name}"


def train(order: TrainingOrder, progress: Progress, report: EpochReport) -> list[Path]:
    """Train as ordered; the folders of the finished models. A run that was stopped goes on.

    Raises UsageError for an unknown protocol or target, or when the protocol needs other speakers.
    """
    chosen = None if order.protocol is None else protocol(order.protocol)
    target = _target(order, chosen)
    corpora = read_corpora(order.sources)
    everything = [utterance for utterances in corpora.values() for utterance in utterances]
    if chosen is not None:
        folds(chosen, everything, target, order.config.seed)  # before hours are spent on frames
    store = FrameStore(
        order.cache,
        order.config.model.front_end,
        order.config.augmentation,
        order.config.augmentation.copies_seed,
        surroundings(order.noise, order.rooms),
    )
    gathered = gather(corpora, store, progress, skip_unreadable=order.skip_unreadable)
    utterances = [example.utterance for example in gathered.examples]
    write_config(
        order.out,
        order.config,
        dict(gathered.accounts),
        order.command,
        None if chosen is None else _account(chosen, target, utterances),
    )
    course = Course(order.config, order.out, target, report)
    folders = _run(order, chosen, course, gathered.examples)
    for folder in folders:
        export_all(folder)
    return folders


def _run(
    order: TrainingOrder, chosen: Protocol | None, course: Course, examples: Sequence[Example]
) -> list[Path]:
    """Train every model of the order; their folders."""
    utterances = [example.utterance for example in examples]
    seed = order.config.seed
    splits: tuple[Split, ...] = (development_split(utterances, seed),)
    if chosen is not None:
        splits = folds(chosen, utterances, course.target, seed)
    if chosen is not None and chosen.name == LEAVE_ONE_CORPUS_OUT:
        if course.pretrain(examples) is None:
            raise UsageError(f"Without {course.target} there is nothing left to train on.")
        return [order.out / "pretraining"]
    unknown = set(order.only) - {split.name for split in splits}
    if unknown:
        raise UsageError(f"There is no {min(unknown)}; the folds are {', '.join(_names(splits))}.")
    splits = tuple(split for split in splits if not order.only or split.name in order.only)
    start = course.pretrain(examples) if order.pretrained is None else _start(order.pretrained)
    for split in splits:
        course.fine_tune(examples, split, start)
    own = [] if order.pretrained or start is None else [order.out / "pretraining"]
    return own + [order.out / split.name for split in splits]


def _names(splits: Sequence[Split]) -> list[str]:
    return [split.name for split in splits]


def _target(order: TrainingOrder, chosen: Protocol | None) -> str:
    """The corpus the model is meant for: fine-tuned on, and tested where there are folds."""
    target = (chosen.corpus if chosen else None) or order.target
    if target is None and chosen is not None:
        raise UsageError(f"{chosen.name} fits any corpus: say which with --target NAME.")
    if target is None:
        target = _USUAL_TARGET if _USUAL_TARGET in order.sources else next(iter(order.sources))
    if order.target not in (None, target):
        raise UsageError(f"{order.protocol} tests {target}, not {order.target}.")
    if target not in order.sources:
        raise UsageError(f"There is no --corpus {target}=DIR to test on.")
    return target


def _account(chosen: Protocol, target: str, utterances: Sequence[Utterance]) -> dict[str, Any]:
    """What `config.json` says of the protocol."""
    return {
        "name": chosen.name,
        "target": target,
        "text": chosen.text,
        "missing": list(chosen.missing(utterances)),
    }


def _last_two(path: Path) -> str:
    return "/".join(path.parts[-2:])


def _start(folder: Path) -> State:
    """The weights a pre-training ended with. Raises UsageError where there are none."""
    file = folder / "checkpoint.pt"
    if not file.is_file():
        raise UsageError(
            f"There is no checkpoint {file}; --pretrained takes the folder RUN/pretraining."
        )
    state: State = torch.load(file, weights_only=True)["averaged"]
    return state


def export_all(folder: Path) -> None:
    """`model.onnx` of the average, and of each member where there are several."""
    export(folder, folder / "model.onnx")
    for number in range(1, member_count(folder) + 1):
        export(folder, folder / f"member-{number}" / "model.onnx", member=number)


def export(folder: Path, file: Path, *, member: int | None = None) -> float:
    """Write the model of a finished run or fold to `file`; the difference from torch.

    `member` is counted from 1; without it the averaged network is written.
    """
    parts = load_parts(folder, member)
    file.parent.mkdir(parents=True, exist_ok=True)
    return export_model(
        parts.model,
        file,
        version=__version__,
        corpora=parts.corpora,
        unsure_below=parts.calibration.unsure_below,
    )
