"""The mean of networks is one network, with batch statistics measured for it."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from emotion_stream.emotions import EMOTIONS  # noqa: E402
from emotion_stream.training.averaging import average  # noqa: E402
from emotion_stream.training.corpora import Utterance  # noqa: E402
from emotion_stream.training.model import EmotionNet  # noqa: E402
from tests.training.voices import TINY, examples  # noqa: E402

pytestmark = pytest.mark.training


def _average(*nets: EmotionNet) -> EmotionNet:
    train = examples([Utterance(Path("x"), "a", f"a/{e}", e) for e in EMOTIONS])
    weights = np.full(len(train), 1 / len(train))
    return average(nets, TINY.model, train, weights, crop_frames=60, seed=0)


def _changed(net: EmotionNet, by: float) -> EmotionNet:
    other = copy.deepcopy(net)
    with torch.no_grad():
        for parameter in other.parameters():
            parameter += by
    return other.eval()


def test_every_weight_is_the_mean() -> None:
    net = EmotionNet(TINY.model).eval()
    mean = _average(_changed(net, 0.1), _changed(net, -0.1))
    for expected, got in zip(net.parameters(), mean.parameters(), strict=True):
        torch.testing.assert_close(got, expected)
    assert not mean.training


def test_the_statistics_are_measured_anew_and_the_same_each_time() -> None:
    net = EmotionNet(TINY.model).eval()
    once, twice = (_average(net, _changed(net, 0.2)) for _ in range(2))
    statistics = dict(once.named_buffers())
    for name, value in twice.named_buffers():
        torch.testing.assert_close(value, statistics[name])
    assert not torch.allclose(statistics["stem.2.running_mean"], torch.zeros(TINY.model.width))


def test_one_network_keeps_its_weights_and_gets_statistics() -> None:
    net = EmotionNet(TINY.model).eval()
    alone = _average(net)
    torch.testing.assert_close(dict(alone.named_parameters()), dict(net.named_parameters()))
    assert not torch.allclose(alone.stem[2].running_mean, net.stem[2].running_mean)
