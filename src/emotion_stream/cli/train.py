"""`emotion-stream train`, `export` and `evaluate`: the learning wing from the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.cli import options
from emotion_stream.errors import UsageError

if TYPE_CHECKING:
    from emotion_stream.training.data.dataset import StartProgress
    from emotion_stream.training.fit.config import TrainingConfig
    from emotion_stream.training.fit.stages import EpochReport

_NEEDED = ("torch", "onnx", "matplotlib", "sklearn", "filelock")

Run = Annotated[
    Path, typer.Argument(help="Folder of one model in a run, as RUN/development or RUN/fold-1.")
]


def train(
    corpus: options.Corpora,
    out: options.RunFolder,
    protocol: options.KeptTo = None,
    target: options.Target = None,
    epochs: options.Epochs = None,
    pretraining_epochs: options.PretrainingEpochs = None,
    members: options.Members = 1,
    seed: options.Seed = 0,
    cache: options.Cache = None,
    pretrained: options.Pretrained = None,
    noise: options.Noise = None,
    rooms: options.Rooms = None,
    folds: options.Folds = None,
    numbers: options.Numbers = None,
    threads: options.Threads = 1,
    skip_unreadable: options.SkipUnreadable = False,
    device: options.Device = "auto",
) -> None:
    """Train the recogniser on emotional speech; under `torchrun`, with several processes."""
    _require_extra()
    import torch

    from emotion_stream.training.fit import run
    from emotion_stream.training.fit.distributed import Torchrun, joined
    from emotion_stream.training.fit.run import TrainingRequest

    torch.set_num_threads(threads)
    config = _config(seed, members, epochs, pretraining_epochs, numbers or ())
    with joined(Torchrun(), device) as workers, _progress(shown=workers.leads) as bars:
        order = TrainingRequest(
            sources_from(corpus),
            out,
            cache or out / "cache",
            config,
            protocol=protocol,
            target=target,
            pretrained=pretrained,
            noise=noise,
            rooms=rooms,
            skip_unreadable=skip_unreadable,
            settings=numbers or (),
            only=folds or (),
        )
        folders = run.train(order, *bars, workers)
    for folder in folders if workers.leads else ():
        typer.echo(f"{folder} is trained.")


def _config(
    seed: int,
    members: int,
    epochs: int | None,
    pretraining_epochs: int | None,
    numbers: Sequence[str],
) -> TrainingConfig:
    from emotion_stream.training.fit.config import TrainingConfig, with_setting

    config = TrainingConfig(seed=seed, members=members)
    given = {"fine_tuning.epochs": epochs, "pretraining.epochs": pretraining_epochs}
    for text in [f"{name}={value}" for name, value in given.items() if value is not None]:
        config = with_setting(config, text)
    for text in numbers:
        config = with_setting(config, text)
    return config


def export(
    run: Run, out: Annotated[Path, typer.Option(help="The emotion-<version>.onnx to write.")]
) -> None:
    """Write a trained model as the one file that serving needs."""
    _require_extra()
    from emotion_stream.training.fit import run as runs

    difference = runs.export(run, out)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {difference:.1g} from torch at most.")


def evaluate(
    corpus: options.Corpora,
    out: options.ReportFolder,
    model: options.ModelFile = None,
    runs: options.Runs = None,
    shipped: options.Shipped = None,
    noise: options.NoSpeech = None,
    rooms: options.Responses = None,
    protocol: options.JudgedBy = None,
    conditions: options.UnderConditions = None,
    condition_share: options.ConditionShare = 1.0,
    personal: options.Personal = False,
    ablation: options.Ablation = None,
) -> None:
    """Measure a model on labelled speech, through the code that serves."""
    _require_extra()
    from emotion_stream.training.evaluate import evaluation

    order = evaluation.EvaluationRequest(
        sources_from(corpus),
        out,
        model,
        runs or (),
        shipped,
        noise or (),
        rooms or (),
        protocol,
        conditions or (),
        condition_share,
        personal,
        ablation or (),
    )
    with _progress() as (progress, _):
        report = evaluation.evaluate(order, progress)
    uar = report["findings"]["uar"]
    typer.echo(
        f"UAR {uar['mean_over_folds']:.3f} (mean over folds), {uar['pooled']:.3f} (pooled), "
        f"accuracy {report['findings']['accuracy']:.3f}; see {out / 'report.html'}"
    )


def sources_from(pairs: list[str], option: str = "--corpus") -> dict[str, Path]:
    """`["ravdess=/data/ravdess"]` as a mapping. UsageError on another form or a repetition."""
    sources: dict[str, Path] = {}
    for pair in pairs:
        name, equals, folder = pair.partition("=")
        if not (name and equals and folder):
            raise UsageError(f"{option} takes NAME=DIR, not {pair!r}.")
        if name in sources:
            raise UsageError(f"{option}: {name} was given twice.")
        sources[name] = Path(folder).expanduser()
    return sources


def _require_extra() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"Training needs {missing[0]}, which is not installed: "
            "pip install 'emotion-stream[train]'"
        )


@contextmanager
def _progress(*, shown: bool = True) -> Iterator[tuple[StartProgress, EpochReport]]:
    """A bar per job on standard error, and a line per epoch where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    from emotion_stream.training.fit.trainer import Epoch

    with Bars(console=Console(stderr=True, quiet=not shown), transient=False) as bars:

        def progress(title: str, total: int | None) -> Callable[[int], None]:
            task = bars.add_task(title, total=total)
            return lambda steps: bars.advance(task, steps)

        def report(stage: str, epoch: Epoch, epochs: int) -> None:
            bars.console.print(
                f"{stage} {epoch.epoch}/{epochs}: loss {epoch.loss:.3f}, "
                f"validation UAR {epoch.validation_uar:.3f}, {epoch.seconds:.0f} s",
                highlight=False,
            )

        yield progress, report
