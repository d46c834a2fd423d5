"""What is set once the weights are: batch statistics, a temperature and a threshold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from emotion_stream.training.data.feature_cache import Example, any_window, batch_of
from emotion_stream.training.network.front_end import FrontEnd
from emotion_stream.training.network.model import EmotionNet, ModelConfig

ANSWERED_SHARE = 0.8
"""The least certain fifth of the validation speakers' utterances is where the model is unsure."""


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the least negative log likelihood, from 0.25 to 4 (Guo et al. 2017)."""
    # One number to find: a grid of 1.7 % steps needs no start, no step size and no stopping rule.
    candidates = np.geomspace(0.25, 4.0, 161)
    losses = [float(functional.cross_entropy(logits / t, labels)) for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def unsure_below(logits: Tensor, temperature: float) -> float:
    """The confidence that `ANSWERED_SHARE` of the utterances reach."""
    confidence = torch.softmax(logits / temperature, dim=1).amax(dim=1).numpy()
    return float(np.quantile(confidence, 1 - ANSWERED_SHARE))


# Batch statistics of a finished network, measured on recordings as they are heard in use.
#
# What training leaves in them was seen through dropout, masks, noise and recordings of other
# corpora (Li et al. 2018, arXiv:1801.05134; Wu & Johnson 2021, arXiv:2105.07576).

_BATCH = 64
_BATCHES = 40


def with_batch_statistics(
    trained: EmotionNet,
    config: ModelConfig,
    met: Sequence[Example],
    weights: NDArray[np.float64],
    *,
    crop_frames: int,
    seed: int,
) -> EmotionNet:
    """A network with the weights of `trained`, on the CPU, and batch statistics of its own.

    The statistics are the mean over batches of unchanged examples, drawn from `met` by `weights`.
    """
    net = EmotionNet(config)
    net.load_state_dict(trained.state_dict())
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
            drawn = [met[i] for i in rng.choice(len(met), _BATCH, p=weights)]
            windows = [any_window(example, 1.0, rng) for example in drawn]
            net(front_end.features(batch_of(windows, crop_frames, rng)))
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    return net.eval()
