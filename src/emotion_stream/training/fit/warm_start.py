"""`train --pretrained`: the weights to start from, and who they were trained on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from emotion_stream.errors import UsageError
from emotion_stream.training.data.folds import Split
from emotion_stream.training.fit.checkpoint import read_checkpoint
from emotion_stream.training.fit.config import TrainingConfig
from emotion_stream.training.fit.run_folder import member_count
from emotion_stream.training.fit.stages import State
from emotion_stream.training.network.model import EmotionNet


def warm_start(folder: Path, config: TrainingConfig) -> tuple[State, ...]:
    """The weights each member ended its pre-training with.

    Raises UsageError where there are too few of them, or they are of another shape.
    """
    wanted, found = config.members, member_count(folder)
    if found < wanted:
        raise UsageError(
            f"{folder} holds {found} pre-trained networks, and --members asks for "
            f"{wanted}; give the folder RUN/pretraining of a run with as many."
        )
    return tuple(_ended_with(folder / f"member-{n}", config) for n in range(1, wanted + 1))


def _ended_with(folder: Path, config: TrainingConfig) -> State:
    file = folder / "checkpoint.pt"
    if not file.is_file():
        raise UsageError(
            f"There is no checkpoint {file}; --pretrained takes the folder RUN/pretraining."
        )
    state: State = read_checkpoint(file)["averaged"]
    wanted = EmotionNet(config.model).state_dict()
    if {k: v.shape for k, v in state.items()} != {k: v.shape for k, v in wanted.items()}:
        raise UsageError(
            f"{file} holds a network of another shape than the one to train; give one "
            "made with the same settings of the model."
        )
    return state


def refuse_heard(folder: Path, splits: Iterable[Split]) -> None:
    """Raise UsageError where who tests or validates was trained on before, or nobody knows."""
    heard = _trained_on(folder)
    for split in splits:
        for part, does in ((split.test, "tests"), (split.validation, "validates")):
            if again := sorted(heard & part):
                raise UsageError(
                    f"The networks in {folder} were trained on {again[0]}, who {does} "
                    f"{split.name}: nothing could be said of a new voice. Leave out --pretrained, "
                    "or give a pre-training with this --target and --seed on the same corpora."
                )


def _trained_on(folder: Path) -> frozenset[str]:
    """Ids of speakers. Corpora that share voices share the ids."""
    file = folder / "split.json"
    try:
        split = json.loads(file.read_text(encoding="utf-8"))
        speakers = split["train"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _no_account(file) from error
    if not isinstance(speakers, list) or not speakers:
        raise _no_account(file)
    return frozenset(map(str, speakers))


def _no_account(file: Path) -> UsageError:
    return UsageError(
        f"{file} cannot be read, so nobody knows whom the networks in {file.parent} were trained "
        "on: it is no whole pre-training. Give the folder RUN/pretraining of a finished one, or "
        "leave out --pretrained."
    )
