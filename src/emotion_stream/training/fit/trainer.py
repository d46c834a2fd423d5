"""The one training loop; validation speakers watch, and no epoch is picked.

AdamW (arXiv:1711.05101), one cycle of the learning rate, moving-average weights, of which the last
are kept: the cycle ends at rest, and a best epoch of few speakers is luck. A run that was
stopped goes on from its last whole epoch and ends with the same weights.
"""

from __future__ import annotations

import copy
import csv
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from emotion_stream.audio.windows import WINDOW_S
from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.augment.noise import NoisyFrames
from emotion_stream.training.augment.waveform import augmented_frames
from emotion_stream.training.data.dataset import StageData
from emotion_stream.training.data.feature_cache import Example, any_window, batch_of
from emotion_stream.training.evaluate.metrics import uar
from emotion_stream.training.fit.checkpoint import (
    Checkpoint,
    resumed,
    save_tensors,
    stage_fingerprint,
)
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.distributed import ALONE, Workers
from emotion_stream.training.network.front_end import FrontEnd
from emotion_stream.training.network.model import EmotionNet

_LARGEST_GRADIENT = 5.0
# A logit that takes a class out of the softmax. Not -inf: its target of 0 times -inf is NaN.
_ABSENT = -1e4


@dataclass(frozen=True)
class Epoch:
    """One row of the history."""

    epoch: int
    loss: float
    validation_uar: float
    seconds: float


def class_masks(examples: Sequence[Example]) -> Mapping[str, Tensor]:
    """Which classes each corpus has. One it lacks is left out of its loss, not taught as absent."""
    masks: dict[str, Tensor] = {}
    for example in examples:
        mask = masks.setdefault(
            example.utterance.corpus, torch.zeros(len(EMOTIONS), dtype=torch.bool)
        )
        mask[example.label] = True
    return masks


def predict(net: EmotionNet, front_end: FrontEnd, examples: Sequence[Example]) -> Tensor:
    """Logits of the unchanged utterances, averaged over their windows: [examples, 8]."""
    device = next(net.parameters()).device
    size = front_end.config.frames_in(WINDOW_S)
    owners = [i for i, e in enumerate(examples) for _ in e.frames[0]]
    windows = [window for example in examples for window in example.frames[0]]
    net.eval()
    outputs = []
    with torch.no_grad():
        for first in range(0, len(windows), 64):
            frames = batch_of(windows[first : first + 64], size, None)
            outputs.append(net(front_end.features(frames.to(device)))[0].cpu())
    total = torch.zeros(len(examples), len(EMOTIONS)).index_add_(
        0, torch.tensor(owners), torch.cat(outputs)
    )
    counts = torch.bincount(torch.tensor(owners), minlength=len(examples))
    return total / counts[:, None]


def validation_uar(net: EmotionNet, front_end: FrontEnd, examples: Sequence[Example]) -> float:
    """Mean over the corpora of their UAR, each judged among the classes it has."""
    # The mean of corpora: over all examples, the largest of them would speak for the others.
    masks = class_masks(examples)
    logits = predict(net, front_end, examples)
    allowed = torch.stack([masks[example.utterance.corpus] for example in examples])
    predictions = logits.masked_fill(~allowed, _ABSENT).argmax(dim=1).numpy()
    labels = np.array([example.label for example in examples])
    corpora = np.array([example.utterance.corpus for example in examples])
    return float(
        np.mean(
            [
                uar(labels[corpora == name], predictions[corpora == name], len(EMOTIONS))
                for name in masks
            ]
        )
    )


class Trainer:
    """One network in training; all that changes from epoch to epoch, and its checkpoint."""

    def __init__(
        self,
        net: EmotionNet,
        material: StageData,
        config: TrainingConfig,
        stage: StageConfig,
        folder: Path,
        seed: int,
        workers: Workers = ALONE,
    ) -> None:
        # Before `adopt` puts in layers that wait for the other processes: the leader alone
        # validates it.
        self.averaged = copy.deepcopy(net).to(workers.device)
        self.material, self.config, self.stage = material, config, stage
        self.folder, self.seed = folder, seed
        self.made_with = stage_fingerprint(config, stage, seed, net.state_dict(), material)
        self.net, self.workers = workers.adopt(net), workers
        self.front_end = FrontEnd(config.model.front_end).to(workers.device)
        # On the CPU whatever the device, so that every process and machine draws the same noise.
        self.in_noise = NoisyFrames(
            FrontEnd(config.model.front_end), config.augmentation, material.noises
        )
        self.masks = class_masks(material.train)
        self.batches = max(1, stage.draws // config.batch_size)
        self.optimizer = torch.optim.AdamW(
            self.net.parameters(),
            lr=stage.learning_rate,
            weight_decay=config.weight_decay,
            fused=True,
        )
        # One more than there are: the schedule also moves on after the last of them.
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, stage.learning_rate, total_steps=stage.epochs * self.batches + 1
        )
        self.history: list[Epoch] = []

    def run(self, advance: Callable[[Epoch], None]) -> EmotionNet:
        """Train to the last epoch and return the averaged weights."""
        if self.workers.leads:
            self.folder.mkdir(parents=True, exist_ok=True)
        self._resume()
        for done in self.history:
            advance(done)
        while len(self.history) < self.stage.epochs:
            self._epoch(len(self.history))
            advance(self.history[-1])
        return self.averaged.eval()

    def _epoch(self, number: int) -> None:
        started = time.monotonic()
        # Drawn anew from (seed, epoch), so that a resumed run sees what an unbroken one would.
        rng = np.random.default_rng([self.seed, number])
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        torch.manual_seed(int(rng.integers(2**31)))  # for dropout
        self.net.train()
        draws = rng.choice(
            len(self.material.train),
            self.batches * self.config.batch_size,
            p=self.material.weights,
        )
        losses = [
            self._step([self.material.train[i] for i in batch], rng, generator)
            for batch in draws.reshape(self.batches, -1)
        ]
        score = self.workers.from_leader(
            lambda: validation_uar(self.averaged, self.front_end, self.material.validation)
        )
        seconds = time.monotonic() - started
        self.history.append(Epoch(number + 1, float(np.mean(losses)), score, seconds))
        if self.workers.leads:
            self._save()

    def _step(
        self, batch: Sequence[Example], rng: np.random.Generator, generator: torch.Generator
    ) -> float:
        features, targets, mask = self._batch(batch, rng, generator)
        logits, _ = self.workers.compute(self.net, features)
        log_probabilities = functional.log_softmax(logits.masked_fill(~mask, _ABSENT), dim=1)
        loss = -(targets * log_probabilities).sum(dim=1).mean()
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        self.workers.average_gradients(self.net.parameters())
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), _LARGEST_GRADIENT)
        self.optimizer.step()
        self.schedule.step()
        self._average()
        return loss.item()

    def _batch(
        self, batch: Sequence[Example], rng: np.random.Generator, generator: torch.Generator
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Features [B, channels, T], soft targets [B, 8], classes of each item's corpus [B, 8].

        The same in every process, whatever part of them it computes.
        """
        clean_share = self.config.augmentation.clean_share
        windows = [any_window(example, clean_share, rng) for example in batch]
        frames = augmented_frames(
            self.in_noise(batch_of(windows, self.config.crop_frames, rng), generator),
            self.config.model.front_end.mels,
            self.config.augmentation,
            generator,
        )
        labels = torch.tensor([example.label for example in batch])
        mask = torch.stack([self.masks[example.utterance.corpus] for example in batch])
        smoothing = self.config.label_smoothing
        targets = functional.one_hot(labels, len(EMOTIONS)) * (1 - smoothing)
        # Smoothed over what the corpus knows: no weight goes to a class that its loss leaves out.
        targets = targets + smoothing * mask / mask.sum(dim=1, keepdim=True)
        device = self.workers.device
        targets, mask = targets.to(device), mask.to(device)
        features = self.front_end.features(frames.to(device))
        if self.config.augmentation.mixup_alpha == 0:
            return features, targets, mask
        alpha = self.config.augmentation.mixup_alpha
        share, order = float(rng.beta(alpha, alpha)), torch.randperm(len(batch))
        features = share * features + (1 - share) * features[order]
        return features, share * targets + (1 - share) * targets[order], mask | mask[order]

    def _average(self) -> None:
        """Follow the trained weights; quickly at first, so that the start is soon forgotten."""
        # (1 + n) / (10 + n) after n + 1 steps, as TensorFlow's ExponentialMovingAverage begins.
        decay = min(
            self.config.ema_decay, self.schedule.last_epoch / (self.schedule.last_epoch + 9)
        )
        with torch.no_grad():
            pairs = zip(
                self.averaged.state_dict().values(), self.net.state_dict().values(), strict=True
            )
            for slow, fast in pairs:
                if slow.dtype.is_floating_point:
                    slow.lerp_(fast, 1 - decay)
                else:
                    slow.copy_(fast)  # how many batches a normalisation has seen

    @property
    def _checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def _save(self) -> None:
        # First: a stage whose last checkpoint is there does not come here again.
        with (
            atomic_write(self.folder / "history.csv") as part,
            part.open("w", newline="") as out,
        ):
            rows = csv.DictWriter(out, fieldnames=list(Epoch.__dataclass_fields__))
            rows.writeheader()
            rows.writerows(vars(row) for row in self.history)
        state: Checkpoint = {
            "net": self.net.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "history": [vars(row) for row in self.history],
            "made_with": self.made_with,
        }
        save_tensors(state, self._checkpoint)

    def _resume(self) -> None:
        if not self._checkpoint.exists():
            return
        state = resumed(self._checkpoint, self.made_with)
        self.net.load_state_dict(state["net"])
        self.averaged.load_state_dict(state["averaged"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.history = [Epoch(**row) for row in state["history"]]
