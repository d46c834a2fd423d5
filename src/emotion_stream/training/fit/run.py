"""What `emotion-stream train` and `export` do, from what was asked for to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emotion_stream import __version__
from emotion_stream.errors import UsageError
from emotion_stream.training.atomic_write import remove_unfinished
from emotion_stream.training.augment.waveform import Surroundings
from emotion_stream.training.data.corpora import Utterance, title_of
from emotion_stream.training.data.dataset import (
    Dataset,
    StartProgress,
    build_dataset,
    read_corpora,
    surroundings,
)
from emotion_stream.training.data.feature_cache import Example, FeatureCache
from emotion_stream.training.data.folds import Split, development_split
from emotion_stream.training.data.protocols import LEAVE_ONE_CORPUS_OUT, Protocol, folds, protocol
from emotion_stream.training.fit import config
from emotion_stream.training.fit.config import TrainingConfig
from emotion_stream.training.fit.distributed import ALONE, Workers
from emotion_stream.training.fit.run_folder import load_parts, member_count, run_lock, write_config
from emotion_stream.training.fit.stages import EpochReport, StagedTraining, State
from emotion_stream.training.fit.warm_start import refuse_heard, warm_start
from emotion_stream.training.network.export import export_model

_USUAL_TARGET = "ravdess"


@dataclass(frozen=True)
class TrainingRequest:
    """Corpora, where to write, and every choice; `settings` are told, `config` holds them."""

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

    @property
    def kept_to(self) -> Protocol | None:
        """Raises UsageError where there is no protocol of that name."""
        return None if self.protocol is None else protocol(self.protocol)

    @property
    def aim(self) -> str:
        """The corpus the model is meant for: fine-tuned on, and tested where there are folds.

        Raises UsageError where it is not said, or not among the corpora.
        """
        chosen = self.kept_to
        target = (chosen.corpus if chosen else None) or self.target
        if target is None and chosen is not None:
            raise UsageError(f"{chosen.name} fits any corpus: say which with --target NAME.")
        if target is None:
            target = _USUAL_TARGET if _USUAL_TARGET in self.sources else next(iter(self.sources))
        if self.target not in (None, target):
            raise UsageError(f"{self.protocol} tests {target}, not {self.target}.")
        if target not in self.sources:
            use = "test" if chosen else "fine-tune"
            raise UsageError(
                f"There is no --corpus {target}=DIR to {use} on; given: {', '.join(self.sources)}."
            )
        return target


def _last_two(path: Path) -> str:
    return "/".join(path.parts[-2:])


def train(
    request: TrainingRequest, progress: StartProgress, report: EpochReport, workers: Workers = ALONE
) -> list[Path]:
    """Train as ordered; the folders of the finished models. A run that was stopped goes on.

    Raises UsageError for a setting out of its limits, an unknown protocol or target, too few
    speakers, and networks to start from that were trained on who tests or validates; RunBusy
    where the folder is being trained in, RunDiffers where it holds another run.
    """
    config.check(request.config)
    workers.check_batch(request.config.batch_size)
    if not workers.leads:
        return _train(request, progress, report, workers)
    with run_lock(request.out):
        remove_unfinished(request.out)
        return _train(request, progress, report, workers)


def _train(
    request: TrainingRequest, progress: StartProgress, report: EpochReport, workers: Workers
) -> list[Path]:
    with workers.leader_first("gathered"):
        target = request.aim
        starts = (
            () if request.pretrained is None else warm_start(request.pretrained, request.config)
        )
        around = surroundings(request.noise, request.rooms)
        dataset = _gathered(request, around, progress)
        utterances = [example.utterance for example in dataset.examples]
        splits = _splits(request, utterances)
        if workers.leads:
            accounts, protocol = dict(dataset.accounts), _protocol(request, utterances)
            write_config(request.out, request.config, accounts, request.command, protocol)
    stages = StagedTraining(request.config, request.out, target, report, workers, around.noises)
    folders = _run(stages, dataset.examples, splits, starts)
    for folder in folders if workers.leads else ():
        export_all(folder)
    return folders


def _run(
    stages: StagedTraining,
    examples: Sequence[Example],
    splits: Sequence[Split],
    starts: Sequence[State],
) -> list[Path]:
    """Train every model; their folders. The pre-trained one is among them, where it is our own."""
    folders = [stages.folder / split.name for split in splits]
    if not starts:
        starts = stages.pretrain(examples)
        folders = [stages.folder / "pretraining", *folders] if starts else folders
    if not starts and not splits:
        raise UsageError(f"Without {stages.target} there is nothing left to train on.")
    for split in splits:
        stages.fine_tune(examples, split, starts)
    return folders


def _gathered(request: TrainingRequest, around: Surroundings, progress: StartProgress) -> Dataset:
    corpora = read_corpora(request.sources)
    # Before hours are spent on frames: raises where nothing could be trained on them.
    _splits(request, [u for part in corpora.values() for u in part if u.emotion is not None])
    store = FeatureCache(
        request.cache,
        request.config.model.front_end,
        request.config.augmentation,
        around,
    )
    return build_dataset(corpora, store, progress, skip_unreadable=request.skip_unreadable)


def _splits(request: TrainingRequest, utterances: Sequence[Utterance]) -> tuple[Split, ...]:
    """Those to fine-tune on; none where a whole corpus is left out.

    Raises UsageError where one cannot be made, lacks people, or has them where they were heard.
    """
    splits = _ordered(request, utterances)
    for split in splits:
        split.check()
    if request.pretrained is not None:
        refuse_heard(request.pretrained, splits)
    whole = request.kept_to is not None and request.kept_to.name == LEAVE_ONE_CORPUS_OUT
    if whole and request.pretrained is not None:
        raise UsageError(f"{LEAVE_ONE_CORPUS_OUT} only pre-trains: leave out --pretrained.")
    return () if whole else splits


def _ordered(request: TrainingRequest, utterances: Sequence[Utterance]) -> tuple[Split, ...]:
    chosen, seed = request.kept_to, request.config.seed
    if chosen is None:
        return (development_split(utterances, seed),)
    splits = folds(chosen, utterances, request.aim, seed)
    names = [split.name for split in splits]
    unknown = set(request.only) - set(names)
    if unknown:
        raise UsageError(f"There is no {min(unknown)}; the folds are {', '.join(names)}.")
    return tuple(split for split in splits if not request.only or split.name in request.only)


def _protocol(request: TrainingRequest, utterances: Sequence[Utterance]) -> dict[str, Any] | None:
    """What `config.json` says of it."""
    chosen = request.kept_to
    if chosen is None:
        return None
    return {
        "name": chosen.name,
        "target": request.aim,
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
        corpora={name: title_of(name) for name in parts.corpora},
        unsure_below=parts.calibration.unsure_below,
    )
