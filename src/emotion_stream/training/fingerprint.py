"""What a stage or a run is made with, so that it never goes on with something else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from torch import Tensor

from emotion_stream.training.config import StageConfig, TrainingConfig
from emotion_stream.training.frames import Example

if TYPE_CHECKING:
    from emotion_stream.training.loop import Material

Fingerprint = dict[str, Any]
"""Name to a number, a word or a list: what JSON can hold. Names are those of the settings."""

_OTHER_STAGES = ("pretraining", "fine_tuning", "members", "seed")  # said by the stage itself
_SHOWN = 4


def stage_fingerprint(
    config: TrainingConfig,
    stage: StageConfig,
    seed: int,
    start: Mapping[str, Tensor],
    material: Material,
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


def flat(nested: Mapping[str, Any], prefix: str = "") -> Fingerprint:
    """`{"a": {"b": 1}}` as `{"a.b": 1}`, as it looks after it went through JSON."""
    rows: Fingerprint = {}
    for key, value in nested.items():
        if isinstance(value, Mapping):
            rows |= flat(value, f"{prefix}{key}.")
        else:
            rows[prefix + key] = json.loads(json.dumps(value))
    return rows


def changed(then: Fingerprint, now: Fingerprint) -> list[str]:
    """The names of what only one of them has, or has otherwise."""
    return [
        name
        for name in then | now
        if name not in then or name not in now or then[name] != now[name]
    ]


def differences(then: Fingerprint, now: Fingerprint) -> str:
    """In words, the first few; empty where there is none."""
    names = changed(then, now)
    told = [
        f"{name} ({then.get(name, 'not there')} then, {now.get(name, 'not there')} now)"
        for name in names[:_SHOWN]
    ]
    return ", ".join(told + [f"{len(names) - _SHOWN} more"] * (len(names) > _SHOWN))


def _recordings(corpus: str, material: Material) -> dict[str, int | str]:
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
