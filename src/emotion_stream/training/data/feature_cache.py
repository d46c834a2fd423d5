"""Frames of every window and of its changed copies, computed once: what an epoch reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.augment.waveform import (
    AugmentationConfig,
    Surroundings,
    augmented_copy,
)
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.windows import Cut, as_float
from emotion_stream.training.network.front_end import FrontEnd, FrontEndConfig

Frames = NDArray[np.float16]
_Item = TypeVar("_Item")

_REVISION = 3  # raise it when `augmented_copy` makes other copies from the same settings


@dataclass(frozen=True, eq=False)
class Example:
    """A labelled utterance; `frames[variant][window]` is [T, channels], variant 0 unchanged."""

    utterance: Utterance
    frames: tuple[tuple[Frames, ...], ...]

    @property
    def label(self) -> int:
        """Place of its emotion in `EMOTIONS`."""
        if self.utterance.emotion is None:
            raise ValueError(f"{self.utterance.path} has no label")
        return EMOTIONS.index(self.utterance.emotion)


def frames_of(samples: NDArray[np.float32], front_end: FrontEnd) -> Frames:
    """[frames, frame_channels], in half precision."""
    with torch.no_grad():
        frames = front_end.frames(torch.from_numpy(samples)[None])[0]
    return frames.numpy().T.astype(np.float16)


@dataclass(frozen=True, eq=False)
class FeatureCache:
    """Computes frames, or finds them in `folder` where the same were computed before."""

    folder: Path
    front_end: FrontEndConfig
    augmentation: AugmentationConfig
    around: Surroundings = field(default_factory=Surroundings)

    def examples(
        self, cuts: Iterable[Cut], advance: Callable[[int], None], *, changed: bool = True
    ) -> list[Example]:
        """Examples with their changed copies, or without for material that is not trained on."""
        front_end = FrontEnd(self.front_end)
        examples = []
        for shard in _shards(cuts, 256):
            examples += self._shard(shard, front_end, changed)
            advance(len(shard))
        return examples

    def _shard(self, cuts: Sequence[Cut], front_end: FrontEnd, changed: bool) -> list[Example]:
        variants = 1 + self.augmentation.variants * changed
        file = self.folder / f"frames-{self._key(cuts, variants)}.npz"
        if not file.exists():
            self._write(file, cuts, front_end, variants)
        with np.load(file) as kept:
            parts = iter(np.split(kept["frames"], np.cumsum(kept["sizes"])[:-1]))
        return [
            Example(
                each.utterance,
                tuple(tuple(next(parts) for _ in each.windows) for _ in range(variants)),
            )
            for each in cuts
        ]

    def _key(self, cuts: Sequence[Cut], variants: int) -> str:
        digest = (self._made_of_copies if variants > 1 else self._made_of_windows).copy()
        for each in cuts:
            digest.update(each.digest)
        return digest.hexdigest()[:20]

    @cached_property
    def _made_of_windows(self) -> hashlib._Hash:
        return hashlib.sha256(_probe(FrontEnd(self.front_end)))

    @cached_property
    def _made_of_copies(self) -> hashlib._Hash:
        digest = self._made_of_windows.copy()
        copies = {k: v for k, v in asdict(self.augmentation).items() if k in _COPY_SETTINGS}
        digest.update(repr((_REVISION, self.augmentation.copies_seed, copies)).encode())
        digest.update(b"".join(room.tobytes() for room in self.around.rooms))
        return digest

    def _write(self, file: Path, cuts: Sequence[Cut], front_end: FrontEnd, variants: int) -> None:
        parts = [part for each in cuts for part in self._variants(each, front_end, variants)]
        with atomic_write(file) as unfinished, unfinished.open("wb") as out:
            np.savez(
                out,
                frames=np.concatenate(parts),
                sizes=np.array([len(part) for part in parts], np.int64),
            )

    def _variants(self, each: Cut, front_end: FrontEnd, variants: int) -> list[Frames]:
        rng = np.random.default_rng([self.augmentation.copies_seed, *each.digest[:8]])
        windows = [as_float(window) for window in each.windows]
        copies = list(windows)
        for _ in range(variants - 1):
            copies += [augmented_copy(w, self.augmentation, self.around, rng) for w in windows]
        return [frames_of(copy, front_end) for copy in copies]


_DRAWN_ANEW = (
    *("mel_", "time_", "most_masked", "mixup", "clean_"),
    *("noise_", "voices_", "least_snr", "most_snr"),
)
_COPY_SETTINGS = frozenset(
    name for name in AugmentationConfig.__dataclass_fields__ if not name.startswith(_DRAWN_ANEW)
)


def _probe(front_end: FrontEnd) -> bytes:
    """What the front end makes of a fixed sound: other frames, other probe."""
    sound = np.random.default_rng(0).normal(size=8000).astype(np.float32)
    return np.round(frames_of(sound, front_end).astype(np.float32), 1).tobytes()


def _shards(cuts: Iterable[Cut], size: int) -> Iterable[list[Cut]]:
    shard: list[Cut] = []
    for each in cuts:
        shard.append(each)
        if len(shard) == size:
            yield shard
            shard = []
    if shard:
        yield shard


def any_window(example: Example, clean_share: float, rng: np.random.Generator) -> Frames:
    """One of its windows: as it is with a chance of `clean_share`, else one of its copies."""
    changed = example.frames[1:]
    if changed and rng.random() >= clean_share:
        return _any_of(_any_of(changed, rng), rng)
    return _any_of(example.frames[0], rng)


def _any_of(items: Sequence[_Item], rng: np.random.Generator) -> _Item:
    return items[int(rng.integers(len(items)))]


def batch_of(parts: Sequence[Frames], size: int, rng: np.random.Generator | None) -> torch.Tensor:
    """Stack frames to [batch, channels, size]: longer ones are cut, shorter ones repeated.

    Where they start is drawn from `rng`, or is their beginning without one.
    """
    rows = []
    for part in parts:
        slack = len(part) - size + 1 if len(part) >= size else len(part)
        start = int(rng.integers(slack)) if rng is not None else 0
        rows.append(np.take(part, np.arange(start, start + size), axis=0, mode="wrap"))
    return torch.from_numpy(np.stack(rows).astype(np.float32)).transpose(1, 2)
