"""`emotion-stream train`, `export` and `evaluate`: the learning wing from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.errors import UsageError

if TYPE_CHECKING:
    from emotion_stream.training.course import EpochReport
    from emotion_stream.training.gathering import Progress

_NEEDED = ("torch", "onnx", "matplotlib")

Corpora = Annotated[
    list[str],
    typer.Option(
        "--corpus",
        metavar="NAME=DIR",
        help="A corpus in its authors' layout, or NAME=FILE.csv. Give it once per corpus.",
    ),
]
Run = Annotated[Path, typer.Argument(help="Folder of a finished training run, or of one fold.")]


def train(
    corpus: Corpora,
    out: Annotated[Path, typer.Option(help="Run folder; a run that was stopped goes on there.")],
    protocol: Annotated[
        str | None,
        typer.Option(help="Train and keep one model per fold, as ravdess5; see docs/protocol.md."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="The corpus that is fine-tuned on; default ravdess.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Epochs of fine-tuning.")] = None,
    pretraining_epochs: Annotated[
        int | None, typer.Option(min=1, help="Epochs of pre-training.")
    ] = None,
    members: Annotated[int, typer.Option(min=1, help="Networks averaged in one model.")] = 1,
    seed: Annotated[int, typer.Option(help="Of every random choice.")] = 0,
    cache: Annotated[
        Path | None, typer.Option(help="Where decoded material is kept; default RUN/cache.")
    ] = None,
    pretrained: Annotated[
        Path | None, typer.Option(help="RUN/pretraining of another run, to start from.")
    ] = None,
    noise: Annotated[Path | None, typer.Option(help="Folder of noises to put voices in.")] = None,
    rooms: Annotated[Path | None, typer.Option(help="Folder of impulse responses.")] = None,
    fold: Annotated[
        list[str] | None, typer.Option(help="Only this fold, as fold-2. May be repeated.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=NUMBER",
            help="Any hyper-parameter, as augmentation.mel_warp=0. May be repeated.",
        ),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="Threads of torch.")] = 1,
    skip_unreadable: Annotated[
        bool, typer.Option("--skip-unreadable", help="Go on without files that cannot be decoded.")
    ] = False,
    device: Annotated[
        str, typer.Option(help="auto (a GPU if there is one), cpu or cuda.")
    ] = "auto",
) -> None:
    """Train the recogniser on emotional speech; under `torchrun`, with several processes."""
    _require_extra()
    import torch

    from emotion_stream.training import session
    from emotion_stream.training.config import TrainingConfig, with_setting
    from emotion_stream.training.distributed import joined
    from emotion_stream.training.order import TrainingOrder

    torch.set_num_threads(threads)
    config = TrainingConfig(seed=seed, members=members)
    if epochs is not None:
        config = replace(config, fine_tuning=replace(config.fine_tuning, epochs=epochs))
    if pretraining_epochs is not None:
        config = replace(config, pretraining=replace(config.pretraining, epochs=pretraining_epochs))
    for text in setting or ():
        config = with_setting(config, text)
    with joined(os.environ, device) as workers, _progress(shown=workers.leads) as bars:
        sources = sources_from(corpus)
        order = TrainingOrder(
            sources,
            out,
            cache or out / "cache",
            config,
            protocol,
            target,
            pretrained,
            noise,
            rooms,
            skip_unreadable,
            setting or (),
            fold or (),
        )
        folders = session.train(order, *bars, workers)
    for folder in folders if workers.leads else ():
        typer.echo(f"{folder} is trained.")


def export(
    run: Run, out: Annotated[Path, typer.Option(help="The emotion-<version>.onnx to write.")]
) -> None:
    """Write a trained model as the one file that serving needs."""
    _require_extra()
    from emotion_stream.training import session

    difference = session.export(run, out)
    typer.echo(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {difference:.1g} from torch at most.")


def evaluate(
    corpus: Corpora,
    out: Annotated[Path, typer.Option(help="Folder of the report.")],
    model: Annotated[Path | None, typer.Option(help="An ONNX file to evaluate.")] = None,
    run: Annotated[
        list[Path] | None,
        typer.Option(help="A run with folds: each on the speakers it never heard. Once per seed."),
    ] = None,
    shipped: Annotated[
        Path | None, typer.Option(help="A file by the same recipe that the report goes with.")
    ] = None,
    noise: Annotated[
        list[Path] | None, typer.Option(help="Folder of sounds that are no speech.")
    ] = None,
    rooms: Annotated[
        list[Path] | None, typer.Option(help="Folder of impulse responses, for --conditions room.")
    ] = None,
    protocol: Annotated[
        str | None, typer.Option(help="leave-one-corpus-out: judge one model among four emotions.")
    ] = None,
    conditions: Annotated[
        list[str] | None,
        typer.Option(help="all, noise, babble, music, channel, or one such as noise-10 or mu-law."),
    ] = None,
    condition_share: Annotated[
        float, typer.Option(min=0.01, max=1.0, help="Share of the utterances for --conditions.")
    ] = 1.0,
    personal: Annotated[
        bool, typer.Option("--personal", help="Simulate what corrections and an enrolment buy.")
    ] = False,
) -> None:
    """Measure a model on labelled speech, through the code that serves."""
    _require_extra()
    from emotion_stream.training import evaluation

    order = evaluation.EvaluationOrder(
        sources_from(corpus),
        out,
        model,
        run or (),
        shipped,
        noise or (),
        rooms or (),
        protocol,
        conditions or (),
        condition_share,
        personal,
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
def _progress(*, shown: bool = True) -> Iterator[tuple[Progress, EpochReport]]:
    """A bar per job on standard error, and a line per epoch where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bars

    from emotion_stream.training.loop import Epoch

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
