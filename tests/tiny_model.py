"""A real ONNX model, small enough to be made in memory: eight filters, a mean and a softmax.

It says nothing about emotions; it answers differently for different sounds, always the same for
the same one, and for any length and batch.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from emotion_stream.emotions import EMOTIONS

_FILTER_SAMPLES = 400

METADATA = {
    "format": "emotion-stream/1",
    "version": "0.0.1",
    "labels": json.dumps([emotion.value for emotion in EMOTIONS]),
    "sample_rate_hz": "16000",
    "window_s": "3.0",
    "hop_s": "1.0",
    "corpora": json.dumps(["made in memory"]),
    "licence": "MIT",
    "unsure_below": "0.2",
}


def tiny_model(path: Path, **metadata: str | None) -> Path:
    """Write the model to `path`; metadata given replaces its own, None leaves it out."""
    model = helper.make_model(_graph(), opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    wanted = {**METADATA, **metadata}
    helper.set_model_props(model, {k: v for k, v in wanted.items() if v is not None})
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))
    return path


def _graph() -> onnx.GraphProto:
    rng = np.random.default_rng(11)
    filters = 0.05 * rng.standard_normal((8, 1, _FILTER_SAMPLES))
    mixing = 4.0 * rng.standard_normal((8, len(EMOTIONS)))
    return helper.make_graph(
        [
            helper.make_node("Unsqueeze", ["waveform", "channel"], ["sound"]),
            helper.make_node("Conv", ["sound", "filters"], ["filtered"], strides=[160]),
            helper.make_node("Abs", ["filtered"], ["rectified"]),
            helper.make_node("ReduceMean", ["rectified"], ["embedding"], axes=[2], keepdims=0),
            helper.make_node("MatMul", ["embedding", "mixing"], ["logits"]),
            helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
        ],
        "tiny",
        [helper.make_tensor_value_info("waveform", TensorProto.FLOAT, ["batch", "samples"])],
        [
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["batch", 8]),
            helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", 8]),
        ],
        [
            numpy_helper.from_array(np.array([1]), "channel"),
            numpy_helper.from_array(filters.astype(np.float32), "filters"),
            numpy_helper.from_array(mixing.astype(np.float32), "mixing"),
        ],
    )
