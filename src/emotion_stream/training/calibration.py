"""Making confidence mean what it says: a temperature and a threshold, from validation speakers."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

ANSWERED_SHARE = 0.8
"""The least certain fifth of the validation speakers' utterances is where the model is unsure."""


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the least negative log likelihood, from 0.25 to 4 (Guo et al. 2017)."""
    candidates = np.geomspace(0.25, 4.0, 161)
    losses = [float(functional.cross_entropy(logits / t, labels)) for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def unsure_below(logits: Tensor, temperature: float) -> float:
    """The confidence that `ANSWERED_SHARE` of the utterances reach."""
    confidence = torch.softmax(logits / temperature, dim=1).amax(dim=1).numpy()
    return float(np.quantile(confidence, 1 - ANSWERED_SHARE))
