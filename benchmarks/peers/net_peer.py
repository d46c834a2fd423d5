"""A network in training: one cycle of the learning rate, the epoch chosen on other speakers."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.peers.front_ends import FrontEnd
from benchmarks.peers.material import CLASSES, Floats, Part
from benchmarks.peers.peer import Fitted

_LARGEST_GRADIENT = 5.0


@dataclass(frozen=True)
class NetRecipe:
    """`published_epochs` is what the authors ran, `epochs` what is run here."""

    epochs: int
    published_epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float = 0.0


@dataclass(frozen=True)
class NetPeer:
    """AdamW, features standardised on the training speakers, classes drawn equally often."""

    name: str
    title: str
    source: str
    front_end: FrontEnd
    build: Callable[[], nn.Module]
    settings: NetRecipe
    chance: bool = True

    @property
    def recipe(self) -> Mapping[str, Any]:
        return asdict(self.settings)

    def fit(self, train: Part, validation: Part, seed: int) -> Fitted:
        torch.manual_seed(seed)
        training = _Training(self.build(), train, self.settings, seed)
        best, uar, chosen = training.fitted(), -1.0, 0
        for epoch in range(1, self.settings.epochs + 1):
            training.epoch()
            now = training.fitted()
            score = validation.uar(now.logits(validation.features))
            if score >= uar:
                best, uar, chosen = training.fitted(frozen=True), score, epoch
        return Fitted(best.logits, best.parameters, {"epoch": chosen, "validation_uar": uar})

    def specimen(self, train: Part) -> Fitted:
        return _Training(self.build(), train, self.settings, 0).fitted()


class _Training:
    """A network, its optimiser and the windows it draws from."""

    def __init__(self, net: nn.Module, train: Part, recipe: NetRecipe, seed: int) -> None:
        self.net, self.train, self.recipe = net, train, recipe
        axes = tuple(range(train.features.ndim - 1))
        self.mean = train.features.mean(axis=axes)
        self.deviation = train.features.std(axis=axes) + 1e-5
        labels = train.window_labels
        chance = 1 / np.bincount(labels, minlength=CLASSES)[labels]
        self.chance = chance / chance.sum()
        self.absent = np.setdiff1d(np.arange(CLASSES), labels)
        self.rng = np.random.default_rng(seed)
        self.batches = max(1, len(labels) // recipe.batch_size)
        self.optimizer = torch.optim.AdamW(
            net.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimizer, recipe.learning_rate, total_steps=recipe.epochs * self.batches + 1
        )

    def epoch(self) -> None:
        self.net.train()
        draws = self.rng.choice(
            len(self.chance), (self.batches, self.recipe.batch_size), p=self.chance
        )
        for batch in draws:
            logits = self.net(self._standardised(self.train.features[batch]))
            labels = torch.from_numpy(self.train.window_labels[batch])
            loss = functional.cross_entropy(logits, labels)
            self.optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            nn.utils.clip_grad_norm_(self.net.parameters(), _LARGEST_GRADIENT)
            self.optimizer.step()
            self.schedule.step()

    def fitted(self, *, frozen: bool = False) -> Fitted:
        """The network as it is, or a copy that further training does not change."""
        net = copy.deepcopy(self.net) if frozen else self.net

        def logits(features: Floats) -> Floats:
            net.eval()
            with torch.inference_mode():
                parts = [net(self._standardised(part)).numpy() for part in _batches(features)]
            joined = np.concatenate([np.zeros((0, CLASSES), np.float32), *parts])
            joined[:, self.absent] = -np.inf
            return joined

        return Fitted(logits, sum(values.numel() for values in net.parameters()), {})

    def _standardised(self, features: Floats) -> Tensor:
        return torch.from_numpy((features - self.mean) / self.deviation)


def _batches(features: Floats, size: int = 64) -> list[Floats]:
    return [features[first : first + size] for first in range(0, len(features), size)]
