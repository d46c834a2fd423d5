"""A finished network keeps its weights and gets batch statistics of unchanged recordings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.fit.calibration import with_batch_statistics
from emotion_stream.training.network.model import EmotionNet
from tests.training.fake_corpus import TINY, examples

pytestmark = pytest.mark.training


def _measured(net: EmotionNet) -> EmotionNet:
    met = examples([Utterance(Path("x"), "a", f"a/{e}", e) for e in EMOTIONS])
    weights = np.full(len(met), 1 / len(met))
    return with_batch_statistics(net, TINY.model, met, weights, crop_frames=60, seed=0)


def test_the_weights_stay_and_the_statistics_are_new() -> None:
    net = EmotionNet(TINY.model).eval()
    measured = _measured(net)
    assert not measured.training
    torch.testing.assert_close(dict(measured.named_parameters()), dict(net.named_parameters()))
    assert not torch.allclose(measured.stem[2].running_mean, net.stem[2].running_mean)


def test_the_statistics_are_the_same_each_time() -> None:
    net = EmotionNet(TINY.model).eval()
    once, twice = _measured(net), _measured(net)
    torch.testing.assert_close(dict(once.named_buffers()), dict(twice.named_buffers()))
