"""What a stage keeps after every epoch: read back whole, for the same training, or not at all."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path
from typing import Any

import torch

from emotion_stream.errors import CheckpointDamaged, RunDiffers
from emotion_stream.training.fingerprint import Fingerprint, differences
from emotion_stream.training.whole_file import whole_file

Checkpoint = dict[str, Any]
"""`net`, `averaged`: weights; `optimizer`, `schedule`: their state; `history`: epochs;
`made_with`: the fingerprint of the stage."""

_NEEDED = frozenset({"net", "averaged", "optimizer", "schedule", "history"})


def save_tensors(content: object, file: Path) -> None:
    """Whole or not at all. Raises DiskFull, NotWritten."""
    # Through memory: torch's own writer does not tell why a file could not be written.
    buffer = io.BytesIO()
    torch.save(content, buffer)
    with whole_file(file) as part:
        part.write_bytes(buffer.getbuffer())


def read_checkpoint(file: Path) -> Checkpoint:
    """Its tensors lie in the memory of the CPU. Raises CheckpointDamaged."""
    try:
        with zipfile.ZipFile(file) as parts:
            broken = parts.testzip()  # torch takes a flipped bit for a weight
        state = torch.load(file, map_location="cpu", weights_only=True)
    except (zipfile.BadZipFile, pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise _damaged(file) from error
    if broken is not None or not isinstance(state, dict) or not state.keys() >= _NEEDED:
        raise _damaged(file)
    return state


def resumed(file: Path, made_with: Fingerprint) -> Checkpoint:
    """The checkpoint of a stage that goes on. Raises CheckpointDamaged, RunDiffers."""
    state = read_checkpoint(file)
    differing = differences(state.get("made_with", made_with), made_with)
    if differing:
        raise RunDiffers(
            f"{file} was made with something else: {differing}. Give what it was made with, or "
            "another --out."
        )
    return state


def _damaged(file: Path) -> CheckpointDamaged:
    return CheckpointDamaged(
        f"{file} is damaged, or no checkpoint. Delete it, and its stage begins anew; or put a "
        "sound copy in its place."
    )
