"""Batch statistics of a finished network, measured on recordings as they are heard in use.

What training leaves in them was seen through dropout, masks, noise and recordings of other corpora
(Li et al. 2018, arXiv:1801.05134; Wu & Johnson 2021, arXiv:2105.07576).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from emotion_stream.training.frames import Example, any_window, batch_of
from emotion_stream.training.front_end import FrontEnd
from emotion_stream.training.model import EmotionNet, ModelConfig

_BATCH = 64
_BATCHES = 40


def measured_anew(
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
