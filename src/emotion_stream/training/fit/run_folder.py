"""What a training run leaves behind, and that one training at a time works in it."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock, Timeout
from torch import Tensor

from emotion_stream import __version__
from emotion_stream.errors import RunBusy, RunDiffers, UsageError
from emotion_stream.training.atomic_write import atomic_write, unwritten
from emotion_stream.training.data.dataset import CorpusAccount
from emotion_stream.training.data.folds import Split
from emotion_stream.training.fit.checkpoint import save_tensors
from emotion_stream.training.fit.config import TrainingConfig, model_config_from
from emotion_stream.training.fit.fingerprint import Fingerprint, differences, flat
from emotion_stream.training.network.model import EmotionModel, EmotionNet, ModelConfig


@dataclass(frozen=True)
class Provenance:
    """The state of the code; `commit` is None outside a checkout."""

    version: str
    commit: str | None
    dirty: bool
    python: str
    torch: str


def provenance() -> Provenance:
    """Of this process."""
    commit = _git("rev-parse", "HEAD")
    dirty = bool(_git("status", "--porcelain"))
    return Provenance(
        __version__, commit or None, dirty, platform.python_version(), str(torch.__version__)
    )


def _git(*arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "-C", str(Path(__file__).parent), *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own words)
    return answer.stdout.strip()


def write_config(
    folder: Path,
    config: TrainingConfig,
    accounts: dict[str, CorpusAccount],
    command: str,
    protocol: Mapping[str, Any] | None,
) -> None:
    """`config.json`: command, protocol, provenance, corpora with counts, every hyper-parameter.

    Of a run that goes on the first provenance stays, and the others are listed. Raises RunDiffers
    where the folder holds another run.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "command": command,
        "protocol": protocol,
        "provenance": asdict(provenance()),
        "corpora": {name: asdict(account) for name, account in accounts.items()},
        "training": config.as_dict(),
    }
    if (folder / "config.json").exists() and any(folder.rglob("checkpoint.pt")):
        _go_on(folder / "config.json", written)
    write_json(folder / "config.json", written)


def _go_on(file: Path, written: dict[str, Any]) -> None:
    """Give `written` the origin of the run in `file`, which has to be the same run."""
    before: dict[str, Any] = json.loads(file.read_text())
    differing = differences(_order(before), _order(written))
    if differing:
        raise RunDiffers(
            f"{file.parent} holds a run that differs: {differing}. Give what it was started with, "
            "or another --out."
        )
    origins = [before["provenance"], *before.get("continued", ())]
    if written["provenance"] != origins[-1]:
        origins.append(written["provenance"])
    written["provenance"] = origins[0]
    written |= {"continued": origins[1:]} if origins[1:] else {}


def _order(written: dict[str, Any]) -> Fingerprint:
    """What was ordered, wherever the run folder lies now."""
    command = written["command"].partition(" --out ")[0]
    return flat({"training": written["training"], "corpora": written["corpora"]}) | {
        "command": command
    }


def write_json(file: Path, content: dict[str, Any], *, indent: int = 2) -> None:
    """The file is there whole or not at all."""
    with atomic_write(file) as part:
        part.write_text(json.dumps(content, indent=indent) + "\n")


def write_split(folder: Path, split: Split) -> None:
    """`split.json`: who was in which part."""
    parts = {part: sorted(getattr(split, part)) for part in ("train", "validation", "test")}
    write_json(folder / "split.json", parts, indent=1)


@dataclass(frozen=True)
class Calibration:
    """From validation speakers; under `unsure_below` the model is not sure (`Scores.told`)."""

    temperature: float
    unsure_below: float


def save_parts(
    folder: Path,
    config: TrainingConfig,
    corpora: tuple[str, ...],
    nets: Sequence[EmotionNet],
    calibrations: Sequence[Calibration],
) -> None:
    """Everything `load_parts` needs; `calibrations` are of all together, then of each network."""
    folder.mkdir(parents=True, exist_ok=True)
    # On the CPU: they are read where there is no GPU.
    weights = [{k: v.cpu() for k, v in net.state_dict().items()} for net in nets]
    save_tensors(weights, folder / "weights.pt")
    parts = {
        "model": asdict(config.model),
        "corpora": list(corpora),
        "calibration": asdict(calibrations[0]),
        "members": [asdict(calibration) for calibration in calibrations[1:]],
    }
    write_json(folder / "model.json", parts)


@dataclass(frozen=True, eq=False)
class Parts:
    """A trained model and what goes into its card."""

    model: EmotionModel
    corpora: tuple[str, ...]
    calibration: Calibration


def member_count(folder: Path) -> int:
    """How many networks stand side by side in the finished model in `folder`."""
    return len(_parts(folder)["members"])


def load_parts(folder: Path, member: int | None = None) -> Parts:
    """The networks side by side, or one of them alone, counted from 1.

    Raises UsageError when the folder holds no finished model, or one of an older layout.
    """
    parts = _parts(folder)
    config = model_config_from(parts["model"])
    states = torch.load(folder / "weights.pt", weights_only=True)
    if len(states) != len(parts["members"]):
        raise UsageError(f"{folder} was trained by an older version; train it again.")
    nets = [_network(config, each) for each in (states if member is None else [states[member - 1]])]
    calibration = Calibration(**[parts["calibration"], *parts["members"]][member or 0])
    model = EmotionModel(config, nets, calibration.temperature).eval()
    return Parts(model, tuple(parts["corpora"]), calibration)


def _network(config: ModelConfig, state: Mapping[str, Tensor]) -> EmotionNet:
    net = EmotionNet(config)
    net.load_state_dict(dict(state))
    return net


def _parts(folder: Path) -> dict[str, Any]:
    if not (folder / "model.json").exists():
        raise _no_model(folder)
    parts: dict[str, Any] = json.loads((folder / "model.json").read_text())
    return parts


def _no_model(folder: Path) -> UsageError:
    within = sorted(str(file.parent) for file in folder.glob("*/model.json"))
    if within:
        return UsageError(
            f"{folder} is a run, and each model has a folder of its own in it; give one of "
            f"{', '.join(within)}."
        )
    return UsageError(f"{folder} holds no finished model; run `emotion-stream train` to its end.")


@contextlib.contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold `<folder>/.lock`. The system lets go of it when the process ends, however it ends.

    Raises RunBusy where another process holds it.
    """
    file = folder / ".lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file, blocking=False)
        lock.acquire()
    except Timeout as error:
        holder = file.read_text() or "?"
        raise RunBusy(
            f"{folder} is being trained in by process {holder}. Wait for it, or give another --out."
        ) from error
    except OSError as error:
        raise unwritten(error, file) from error
    try:
        with contextlib.suppress(OSError):  # a full disk: the number is a courtesy
            file.write_text(str(os.getpid()))
        yield
    finally:
        lock.release()
