"""What `emotion-stream train` and `export` do, from folders to files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emotion_stream import __version__
from emotion_stream.errors import UsageError
from emotion_stream.training import limits
from emotion_stream.training.augmentation import Surroundings
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.course import Course, EpochReport, State
from emotion_stream.training.distributed import ALONE, Workers
from emotion_stream.training.export import export_model
from emotion_stream.training.folds import Split, development_split
from emotion_stream.training.frames import Example, FrameStore
from emotion_stream.training.gathering import (
    Gathered,
    Progress,
    gather,
    read_corpora,
    surroundings,
)
from emotion_stream.training.given_start import given_start, refuse_heard
from emotion_stream.training.order import TrainingOrder
from emotion_stream.training.protocols import LEAVE_ONE_CORPUS_OUT, folds
from emotion_stream.training.run_folder import load_parts, member_count, write_config
from emotion_stream.training.run_lock import run_lock
from emotion_stream.training.whole_file import remove_unfinished


def train(
    order: TrainingOrder, progress: Progress, report: EpochReport, workers: Workers = ALONE
) -> list[Path]:
    """Train as ordered; the folders of the finished models. A run that was stopped goes on.

    Raises UsageError for a setting out of its limits, an unknown protocol or target, too few
    speakers, and networks to start from that were trained on who tests or validates; RunBusy
    where the folder is being trained in, RunDiffers where it holds another run.
    """
    limits.check(order.config)
    workers.check_batch(order.config.batch_size)
    if not workers.leads:
        return _train(order, progress, report, workers)
    with run_lock(order.out):
        remove_unfinished(order.out)
        return _train(order, progress, report, workers)


def _train(
    order: TrainingOrder, progress: Progress, report: EpochReport, workers: Workers
) -> list[Path]:
    with workers.leader_first("gathered"):
        target = order.aim
        starts = () if order.pretrained is None else given_start(order.pretrained, order.config)
        around = surroundings(order.noise, order.rooms)
        gathered = _gathered(order, around, progress)
        utterances = [example.utterance for example in gathered.examples]
        splits = _splits(order, utterances)
        if workers.leads:
            accounts, protocol = dict(gathered.accounts), _protocol(order, utterances)
            write_config(order.out, order.config, accounts, order.command, protocol)
    course = Course(order.config, order.out, target, report, workers, around.noises)
    folders = _run(course, gathered.examples, splits, starts)
    for folder in folders if workers.leads else ():
        export_all(folder)
    return folders


def _run(
    course: Course, examples: Sequence[Example], splits: Sequence[Split], starts: Sequence[State]
) -> list[Path]:
    """Train every model; their folders. The pre-trained one is among them, where it is our own."""
    folders = [course.folder / split.name for split in splits]
    if not starts:
        starts = course.pretrain(examples)
        folders = [course.folder / "pretraining", *folders] if starts else folders
    if not starts and not splits:
        raise UsageError(f"Without {course.target} there is nothing left to train on.")
    for split in splits:
        course.fine_tune(examples, split, starts)
    return folders


def _gathered(order: TrainingOrder, around: Surroundings, progress: Progress) -> Gathered:
    corpora = read_corpora(order.sources)
    # Before hours are spent on frames: raises where nothing could be trained on them.
    _splits(order, [u for part in corpora.values() for u in part if u.emotion is not None])
    store = FrameStore(
        order.cache,
        order.config.model.front_end,
        order.config.augmentation,
        around,
    )
    return gather(corpora, store, progress, skip_unreadable=order.skip_unreadable)


def _splits(order: TrainingOrder, utterances: Sequence[Utterance]) -> tuple[Split, ...]:
    """Those to fine-tune on; none where a whole corpus is left out.

    Raises UsageError where one cannot be made, lacks people, or has them where they were heard.
    """
    splits = _ordered(order, utterances)
    for split in splits:
        split.check()
    if order.pretrained is not None:
        refuse_heard(order.pretrained, splits)
    whole = order.kept_to is not None and order.kept_to.name == LEAVE_ONE_CORPUS_OUT
    if whole and order.pretrained is not None:
        raise UsageError(f"{LEAVE_ONE_CORPUS_OUT} only pre-trains: leave out --pretrained.")
    return () if whole else splits


def _ordered(order: TrainingOrder, utterances: Sequence[Utterance]) -> tuple[Split, ...]:
    chosen, seed = order.kept_to, order.config.seed
    if chosen is None:
        return (development_split(utterances, seed),)
    splits = folds(chosen, utterances, order.aim, seed)
    names = [split.name for split in splits]
    unknown = set(order.only) - set(names)
    if unknown:
        raise UsageError(f"There is no {min(unknown)}; the folds are {', '.join(names)}.")
    return tuple(split for split in splits if not order.only or split.name in order.only)


def _protocol(order: TrainingOrder, utterances: Sequence[Utterance]) -> dict[str, Any] | None:
    """What `config.json` says of it."""
    chosen = order.kept_to
    if chosen is None:
        return None
    return {
        "name": chosen.name,
        "target": order.aim,
        "text": chosen.text,
        "missing": list(chosen.missing(utterances)),
    }


def export_all(folder: Path) -> None:
    """`model.onnx` of each member where there are several, and of all side by side."""
    members = member_count(folder)
    for number in range(1, members + 1) if members > 1 else ():
        export(folder, folder / f"member-{number}" / "model.onnx", member=number)
    export(folder, folder / "model.onnx")  # last: a fold that has it is whole


def export(folder: Path, file: Path, *, member: int | None = None) -> float:
    """Write the model of a finished run or fold to `file`; the difference from torch.

    `member` is counted from 1; without it all are written, side by side.
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
