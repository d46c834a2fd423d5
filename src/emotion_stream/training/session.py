"""What `emotion-stream train` and `export` do, from folders to files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from emotion_stream import __version__
from emotion_stream.errors import UsageError
from emotion_stream.training.checkpoint import read_checkpoint
from emotion_stream.training.config import TrainingConfig
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.course import Course, EpochReport, State
from emotion_stream.training.distributed import ALONE, Workers
from emotion_stream.training.export import export_model
from emotion_stream.training.folds import PROTOCOLS, Split, development_split, ravdess_folds
from emotion_stream.training.frames import FrameStore
from emotion_stream.training.gathering import Gathered, Progress, gather, read_corpora, surroundings
from emotion_stream.training.model import EmotionNet
from emotion_stream.training.run_folder import load_parts, write_config, write_json
from emotion_stream.training.run_lock import run_lock
from emotion_stream.training.whole_file import remove_unfinished

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


def train(
    order: TrainingOrder, progress: Progress, report: EpochReport, workers: Workers = ALONE
) -> list[Path]:
    """Train as ordered; the folders of the finished models. A run that was stopped goes on.

    Raises RunBusy where the folder is being trained in, RunDiffers where it holds another run.
    """
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
        given = _given(order)
        gathered = _gathered(order, progress)
        splits = _splits(order, [example.utterance for example in gathered.examples])
        if workers.leads:
            write_config(order.out, order.config, dict(gathered.accounts), order.command)
    target = TARGET if TARGET in order.sources else next(iter(order.sources))
    course = Course(order.config, order.out, target, report, workers)
    start = given or course.pretrain(gathered.examples)
    for split in splits:
        folder = order.out / split.name
        course.fine_tune(gathered.examples, split, start)
        if workers.leads:
            write_split(folder, split)
            export(folder, folder / "model.onnx")  # last: a fold that has it is whole
    return [order.out / split.name for split in splits]


def _gathered(order: TrainingOrder, progress: Progress) -> Gathered:
    corpora = read_corpora(order.sources)
    store = FrameStore(
        order.cache,
        order.config.model.front_end,
        order.config.augmentation,
        order.config.seed,
        surroundings(order.noise, order.rooms),
    )
    return gather(corpora, store, progress)


def _given(order: TrainingOrder) -> State | None:
    """The weights of `--pretrained`."""
    if order.pretrained is None:
        return None
    if not order.pretrained.is_file():
        raise UsageError(f"There is no checkpoint {order.pretrained}.")
    state: State = read_checkpoint(order.pretrained)["best"]
    wanted = EmotionNet(order.config.model).state_dict()
    if {k: v.shape for k, v in state.items()} != {k: v.shape for k, v in wanted.items()}:
        raise UsageError(
            f"{order.pretrained} holds a network of another shape than the one to train; give one "
            "made with the same settings of the model."
        )
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
    write_json(folder / "split.json", parts, indent=1)


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
