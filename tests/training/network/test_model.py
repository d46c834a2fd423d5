"""The network: its shapes, its size, and that several make one."""

from __future__ import annotations

import pytest
import torch

from emotion_stream.training.network.model import (
    EmotionModel,
    EmotionNet,
    ModelConfig,
    parameter_count,
)
from tests.training.fake_corpus import TINY

pytestmark = pytest.mark.training


@pytest.mark.parametrize("samples", [4000, 16_000, 48_000])
def test_gives_a_distribution_and_an_embedding(samples: int) -> None:
    model = EmotionModel(TINY.model, [EmotionNet(TINY.model)]).eval()
    probabilities, embedding = model(0.1 * torch.randn(3, samples))
    assert probabilities.shape == (3, 8)
    assert embedding.shape == (3, TINY.model.embedding)
    torch.testing.assert_close(probabilities.sum(dim=1), torch.ones(3))


def test_three_side_by_side_are_small() -> None:
    assert 3 * parameter_count(EmotionNet(ModelConfig())) < 2_000_000


def test_what_a_voice_does_is_heard_alike_further_up() -> None:
    bands = EmotionNet(ModelConfig()).bands.eval()
    levels = torch.randn(2, 40, 64)
    higher = levels.roll(8, dims=1)  # as far as the convolutions step
    low, high = bands.body(levels[:, None]), bands.body(higher[:, None])
    torch.testing.assert_close(high[:, :, 2:4], low[:, :, 1:3])
    assert not torch.allclose(low[:, :, 2], low[:, :, 1], atol=1e-3)


def test_networks_side_by_side_are_as_sure_as_they_are_on_the_whole() -> None:
    nets = [EmotionNet(TINY.model).eval() for _ in range(3)]
    sound = 0.1 * torch.randn(2, 8000)
    together, embedding = EmotionModel(TINY.model, nets).eval()(sound)
    alone, embeddings = zip(
        *(EmotionModel(TINY.model, [n]).eval()(sound) for n in nets), strict=True
    )
    logits = torch.stack([each.log() for each in alone]).mean(dim=0)
    torch.testing.assert_close(together, torch.softmax(logits, dim=1))
    torch.testing.assert_close(embedding, torch.cat(embeddings, dim=1))


def test_a_higher_temperature_is_less_certain_of_the_same_answer() -> None:
    member = EmotionNet(TINY.model).eval()
    sound = 0.1 * torch.randn(4, 8000)
    sharp, _ = EmotionModel(TINY.model, [member], 0.1).eval()(sound)
    flat, _ = EmotionModel(TINY.model, [member], 5.0).eval()(sound)
    assert (sharp.amax(dim=1) > flat.amax(dim=1)).all()
    assert (sharp.argmax(dim=1) == flat.argmax(dim=1)).all()


def test_the_answer_does_not_depend_on_the_gain() -> None:
    model = EmotionModel(TINY.model, [EmotionNet(TINY.model)]).eval()
    sound = 0.1 * torch.randn(1, 16_000)
    torch.testing.assert_close(model(sound)[0], model(5 * sound)[0], atol=1e-4, rtol=0)
