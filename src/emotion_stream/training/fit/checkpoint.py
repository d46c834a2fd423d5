"""What a stage keeps after every epoch: read back whole, for the same training, or not at all."""

from __future__ import annotations

import hashlib
import io
import pickle
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from emotion_stream.errors import CheckpointDamaged, RunDiffers
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.data.dataset import StageData
from emotion_stream.training.data.feature_cache import Example
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.fingerprint import Fingerprint, differences, flat

Checkpoint = dict[str, Any]
"""`net`, `averaged`: weights; `optimizer`, `schedule`: their state; `history`: epochs;
`made_with`: the fingerprint of the stage."""

_NEEDED = frozenset({"net", "averaged", "optimizer", "schedule", "history"})
_OTHER_STAGES = ("pretraining", "fine_tuning", "members", "seed")  # said by the stage itself


def stage_fingerprint(
    config: TrainingConfig,
    stage: StageConfig,
    seed: int,
    start: Mapping[str, Tensor],
    material: StageData,
) -> Fingerprint:
    """Of one network in training: settings, recordings, and the weights it starts from."""
    settings = {k: v for k, v in config.as_dict().items() if k not in _OTHER_STAGES}
    used = sorted({e.utterance.corpus for e in (*material.train, *material.validation)})
    return flat(
        {
            "training": settings | {"seed": seed, "stage": vars(stage)},
            "corpora": {corpus: _recordings(corpus, material) for corpus in used},
            "sampling": _digest([np.round(material.weights, 9).tobytes()]),
            "noises": _digest(noise.tobytes() for noise in material.noises),
            "starting weights": _digest(
                part for name, weight in start.items() for part in (name.encode(), _bytes(weight))
            ),
        }
    )


def _recordings(corpus: str, material: StageData) -> dict[str, int | str]:
    train, validation = (
        [example for example in part if example.utterance.corpus == corpus]
        for part in (material.train, material.validation)
    )
    return {
        "trained on": len(train),
        "validated on": len(validation),
        "recordings": _digest(map(_content, (*train, *validation))),
    }


def _content(example: Example) -> bytes:
    """Names and lengths; not the levels, whose last digits depend on the machine."""
    who = (example.utterance.path.name, example.utterance.speaker, example.label)
    return repr((who, [[len(window) for window in copy] for copy in example.frames])).encode()


def _bytes(weight: Tensor) -> bytes:
    content: bytes = weight.detach().cpu().numpy().tobytes()
    return content


def _digest(parts: Iterable[bytes] | Sequence[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:16]


def save_tensors(content: object, file: Path) -> None:
    """Whole or not at all. Raises DiskFull, NotWritten."""
    # Through memory: torch's own writer does not tell why a file could not be written.
    buffer = io.BytesIO()
    torch.save(content, buffer)
    with atomic_write(file) as part:
        part.write_bytes(buffer.getbuffer())


def read_checkpoint(file: Path) -> Checkpoint:
    """Its tensors lie in the memory of the CPU. Raises CheckpointDamaged."""
    try:
        with zipfile.ZipFile(file) as parts:
            broken = parts.testzip()  # torch takes a flipped bit for a weight
        # `weights_only`: any other pickle may run code while it is read.
        state = torch.load(file, map_location="cpu", weights_only=True)
    except (zipfile.BadZipFile, pickle.UnpicklingError, RuntimeError, EOFError) as error:
        raise _damaged(file) from error
    if broken is not None or not isinstance(state, dict) or not state.keys() >= _NEEDED:
        raise _damaged(file)
    return state


def resumed(file: Path, made_with: Fingerprint) -> Checkpoint:
    """The checkpoint of a stage that goes on. Raises CheckpointDamaged, RunDiffers."""
    state = read_checkpoint(file)
    # Checkpoints of before there were fingerprints have none, and are taken as they are.
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
