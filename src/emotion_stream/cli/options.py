"""Options of several commands, and settings from the environment with those options on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from emotion_stream.errors import UsageError

if TYPE_CHECKING:
    from emotion_stream.settings import Settings


def settings_from(**options: object) -> Settings:
    """Options that are None count as not given. Raises UsageError with the first thing wrong."""
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from emotion_stream.settings import Settings

    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise UsageError(f"EMOTION_STREAM_{name}: {first['msg']}.") from error
    except SettingsError as error:
        raise UsageError(f"{error}; write a list as JSON, for example '[\"a\"]'.") from error


# The options of `emotion-stream train` and `evaluate`, with what `--help` says of them.

Corpora = Annotated[
    list[str],
    typer.Option(
        "--corpus",
        metavar="NAME=DIR",
        help="A corpus in its authors' layout, or NAME=FILE.csv. Give it once per corpus.",
    ),
]

RunFolder = Annotated[Path, typer.Option(help="Run folder; a run that was stopped goes on there.")]
KeptTo = Annotated[
    str | None,
    typer.Option(help="Train and keep one model per fold, as ravdess5; see docs/protocol.md."),
]
Target = Annotated[
    str | None, typer.Option(help="The corpus that is fine-tuned on; default ravdess.")
]
Epochs = Annotated[int | None, typer.Option(min=1, help="Epochs of fine-tuning.")]
PretrainingEpochs = Annotated[int | None, typer.Option(min=1, help="Epochs of pre-training.")]
Members = Annotated[
    int,
    typer.Option(
        min=1, help="Networks side by side in one model, each trained from a seed of its own."
    ),
]
Seed = Annotated[int, typer.Option(help="Of every random choice.")]
Cache = Annotated[
    Path | None, typer.Option(help="Where decoded material is kept; default RUN/cache.")
]
Pretrained = Annotated[
    Path | None,
    typer.Option(help="RUN/pretraining of another run with as many members, to start from."),
]
Noise = Annotated[Path | None, typer.Option(help="Folder of noises to put voices in.")]
Rooms = Annotated[Path | None, typer.Option(help="Folder of impulse responses.")]
Folds = Annotated[
    list[str] | None,
    typer.Option("--fold", help="Only this fold, as fold-2. May be repeated."),
]
Numbers = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=NUMBER",
        help="Any hyper-parameter, as augmentation.mel_warp=0. May be repeated.",
    ),
]
Threads = Annotated[int, typer.Option(min=1, help="Threads of torch.")]
SkipUnreadable = Annotated[
    bool, typer.Option("--skip-unreadable", help="Go on without files that cannot be decoded.")
]
Device = Annotated[str, typer.Option(help="auto (a GPU if there is one), cpu or cuda.")]

ReportFolder = Annotated[Path, typer.Option(help="Folder of the report.")]
ModelFile = Annotated[Path | None, typer.Option(help="An ONNX file to evaluate.")]
Runs = Annotated[
    list[Path] | None,
    typer.Option(
        "--run", help="A run with folds: each on the speakers it never heard. Once per seed."
    ),
]
Shipped = Annotated[
    Path | None, typer.Option(help="A file by the same recipe that the report goes with.")
]
NoSpeech = Annotated[
    list[Path] | None,
    typer.Option("--noise", help="Folder of sounds that are no speech, also for --conditions."),
]
Responses = Annotated[
    list[Path] | None,
    typer.Option("--rooms", help="Folder of impulse responses, for --conditions room."),
]
JudgedBy = Annotated[
    str | None,
    typer.Option("--protocol", help="leave-one-corpus-out: judge one model among four emotions."),
]
UnderConditions = Annotated[
    list[str] | None,
    typer.Option(
        "--conditions",
        help="all, noise, babble, music, channel, or one such as noise-10 or mu-law.",
    ),
]
ConditionShare = Annotated[
    float, typer.Option(min=0.01, max=1.0, help="Share of the utterances for --conditions.")
]
Ablation = Annotated[
    list[Path] | None,
    typer.Option(
        help="A run of the whole recipe, then runs that lack a part each: what the parts are worth."
    ),
]
Personal = Annotated[
    bool, typer.Option("--personal", help="Simulate what corrections and an enrolment buy.")
]
