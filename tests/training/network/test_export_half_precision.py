"""Weights rounded to half precision: kept exactly, and read back as 32-bit numbers."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from emotion_stream.recognition.model import load_model
from emotion_stream.training.network.export import export_model, keep_in_half, rounded
from emotion_stream.training.network.model import EmotionModel, EmotionNet, ModelConfig

pytestmark = pytest.mark.training


def _model() -> EmotionModel:
    torch.manual_seed(0)
    net = EmotionNet(ModelConfig())
    net.train()(torch.randn(8, ModelConfig().front_end.channels, 64))  # statistics of its own
    return EmotionModel(ModelConfig(), [net]).eval()


def test_rounding_changes_no_answer_to_speak_of_and_not_the_model_it_is_given() -> None:
    model = _model()
    before = copy.deepcopy(model.state_dict())
    sound = 0.1 * torch.randn(2, 16_000)
    with torch.no_grad():
        exact, near = model(sound)[0], rounded(model)(sound)[0]
    torch.testing.assert_close(near, exact, atol=1e-3, rtol=0)
    torch.testing.assert_close(model.state_dict(), before)


def test_kernels_and_matrices_become_numbers_of_half_precision() -> None:
    for name, parameter in rounded(_model()).ensemble.named_parameters():
        exact = torch.equal(parameter, parameter.half().float())
        assert exact or parameter.dim() == 1, name


def test_a_file_takes_half_the_room_and_serving_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "emotion-9.9.onnx"
    export_model(
        _model(), file, version="9.9", corpora={"ravdess": "RAVDESS speech"}, unsure_below=0.3
    )
    weights = 4 * sum(parameter.numel() for parameter in _model().ensemble.parameters())
    assert file.stat().st_size < 0.5 * weights + 750_000  # the front end stays as it was
    assert load_model(file).probabilities(np.ones((1, 16_000), np.float32)).shape == (1, 8)


def test_what_half_precision_does_not_hold_is_left_alone() -> None:
    values = {
        "exact": np.full(2000, 0.5, np.float32),
        "finer": np.full(2000, 0.1, np.float32),
        "larger": np.full(2000, 1e6, np.float32),
        "few": np.full(10, 0.5, np.float32),
    }
    graph = onnx.helper.make_graph(
        [], "weights", [], [], [onnx.numpy_helper.from_array(v, k) for k, v in values.items()]
    )
    model = onnx.helper.make_model(graph)
    keep_in_half(model)
    assert [each.name for each in model.graph.initializer] == [
        "exact.half",
        "finer",
        "larger",
        "few",
    ]
    (cast,) = model.graph.node
    assert (cast.op_type, list(cast.input), list(cast.output)) == (
        "Cast",
        ["exact.half"],
        ["exact"],
    )
