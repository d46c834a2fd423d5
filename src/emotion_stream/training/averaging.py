"""One network from several that were fine-tuned from the same start: the mean of their weights.

A "model soup" (Wortsman et al. 2022, arXiv:2203.05482): what averaging the outputs of all would
give, at the cost of one. Its batch statistics are measured anew, and so are those of a network that
is alone: what training leaves in them was seen through dropout and masks (Li et al. 2018,
arXiv:1801.05134; Wu & Johnson 2021, arXiv:2105.07576).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from emotion_stream.training.frames import Example, any_window, batch_of
from emotion_stream.training.front_end import FrontEnd
from emotion_stream.training.model import EmotionNet, ModelConfig

_BATCH = 64
_BATCHES = 40


def average(
    nets: Sequence[EmotionNet],
    config: ModelConfig,
    train: Sequence[Example],
    weights: NDArray[np.float64],
    *,
    crop_frames: int,
    seed: int,
) -> EmotionNet:
    """A network with the mean weights of `nets`, and batch statistics of its own.

    The statistics are the mean over batches of unchanged examples, drawn from `train` by `weights`.
    """
    states = [net.state_dict() for net in nets]
    net = EmotionNet(config)
    net.load_state_dict({name: _mean([state[name] for state in states]) for name in states[0]})
    net.eval()
    kinds = nn.BatchNorm1d | nn.BatchNorm2d
    norms = [module for module in net.modules() if isinstance(module, kinds)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # a plain mean over the batches
        norm.train()  # and nothing else: no dropout
    front_end, rng = FrontEnd(config.front_end), np.random.default_rng(seed)
    with torch.no_grad():
        for _ in range(_BATCHES):
            drawn = [train[i] for i in rng.choice(len(train), _BATCH, p=weights)]
            windows = [any_window(example, 1.0, rng) for example in drawn]
            net(front_end.features(batch_of(windows, crop_frames, rng)))
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    return net.eval()


def _mean(values: Sequence[Tensor]) -> Tensor:
    if not values[0].dtype.is_floating_point:
        return values[0]
    return torch.stack(list(values)).mean(dim=0)
