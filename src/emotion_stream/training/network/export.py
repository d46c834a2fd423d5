"""The one file that crosses from learning to serving; none is written that differs from torch."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from emotion_stream.audio.windows import HOP_S, WINDOW_S
from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import ModelMismatch
from emotion_stream.training.atomic_write import atomic_write
from emotion_stream.training.network.model import EmotionModel

# Weights in 16 bits where 32 buy nothing: half the file, the same arithmetic when it is loaded.
# They are rounded before the export, so that torch and the file are compared as they will be used.

_FEWEST = 1000  # numbers: below that the cast would take more room than it saves


def rounded(model: EmotionModel) -> EmotionModel:
    """A copy whose matrices and kernels are numbers of half precision (IEEE 754 binary16).

    Batch normalisation goes into the convolution before it first, as the export would do it after.
    """
    model = copy.deepcopy(model).eval()
    for module in list(model.ensemble.modules()):
        if isinstance(module, nn.Sequential):
            _fold(module)
    with torch.no_grad():
        for parameter in model.ensemble.parameters():
            # Vectors stay as they are: `keep_in_half` would not pay for them.
            if parameter.dim() > 1:
                parameter.copy_(parameter.half())
    return model


def _fold(layers: nn.Sequential) -> None:
    for place in range(len(layers) - 1):
        convolution, norm = layers[place], layers[place + 1]
        if isinstance(convolution, nn.Conv1d | nn.Conv2d) and isinstance(
            norm, nn.BatchNorm1d | nn.BatchNorm2d
        ):
            layers[place] = fuse_conv_bn_eval(convolution, norm)
            layers[place + 1] = nn.Identity()


def keep_in_half(model: onnx.ModelProto) -> None:
    """Keep weights that half precision holds exactly in it; they are cast back once, on loading."""
    graph, casts = model.graph, []
    for weight in graph.initializer:
        values = onnx.numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < _FEWEST:
            continue
        with np.errstate(over="ignore"):  # then they are not equal
            halves = values.astype(np.float16)
        if not np.array_equal(halves.astype(np.float32), values):
            continue
        name = weight.name
        weight.CopyFrom(onnx.numpy_helper.from_array(halves, f"{name}.half"))
        casts.append(
            onnx.helper.make_node("Cast", [weight.name], [name], to=onnx.TensorProto.FLOAT)
        )
    # A graph lists its nodes in the order of use (ONNX IR, Graphs): what is cast comes first.
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


FORMAT = "emotion-stream/1"
LICENCE = "CC BY-NC-SA 4.0"
TOLERANCE = 1e-4

_OPSET = 17
# One second is what the export traces: the shortest sound and a whole window show whether anything
# of that length was frozen into the graph.
_CHECKED_S = (0.25, 1.0, 3.0)


def export_model(
    model: EmotionModel,
    file: Path,
    *,
    version: str,
    corpora: Mapping[str, str],
    unsure_below: float,
) -> float:
    """Write `model` to `file` as ONNX and return the largest difference from torch that was seen.

    `corpora` are the names of what it learned from, with their titles.
    Its weights are rounded to half precision first, and kept in it.
    Input `waveform` [batch, samples]; outputs `probabilities` [batch, 8] and `embedding`. Raises
    ModelMismatch, and leaves no file, where the difference passes `TOLERANCE`.
    """
    model = rounded(model)
    properties = {
        "format": FORMAT,
        "version": version,
        "labels": json.dumps([str(emotion) for emotion in EMOTIONS]),
        "sample_rate_hz": str(model.config.front_end.sample_rate_hz),
        "window_s": str(WINDOW_S),
        "hop_s": str(HOP_S),
        "corpora": json.dumps(list(corpora)),
        "corpus_titles": json.dumps(list(corpora.values())),
        "licence": LICENCE,
        "unsure_below": f"{unsure_below:.4f}",
    }
    with atomic_write(file) as unchecked:
        _write(model, unchecked)
        _describe(unchecked, properties)
        difference = parity(model, unchecked)
        # Not `>`: a NaN is no agreement either.
        if not difference <= TOLERANCE:
            raise ModelMismatch(
                f"The exported model differs from torch by {difference:.2g}, "
                f"more than {TOLERANCE:g}; {file} was not written."
            )
    return difference


def _write(model: EmotionModel, file: Path) -> None:
    example = torch.zeros(2, model.config.front_end.sample_rate_hz)
    with warnings.catch_warnings():
        # The classic exporter is what keeps both axes dynamic without another dependency.
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        # A reversed slice is kept as it is, which is what we want.
        warnings.filterwarnings("ignore", message="Constant folding - Only steps=1")
        torch.onnx.export(
            model,
            (example,),
            str(file),
            dynamo=False,
            opset_version=_OPSET,
            input_names=["waveform"],
            output_names=["probabilities", "embedding"],
            dynamic_axes={
                "waveform": {0: "batch", 1: "samples"},
                "probabilities": {0: "batch"},
                "embedding": {0: "batch"},
            },
        )


def _describe(file: Path, properties: dict[str, str]) -> None:
    graph = onnx.load(str(file))
    keep_in_half(graph)
    onnx.helper.set_model_props(graph, properties)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, str(file))


def parity(model: EmotionModel, file: Path) -> float:
    """The largest difference of any output between torch and onnxruntime, at three lengths."""
    options = onnxruntime.SessionOptions()
    # One, as where the model is served.
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return max(_difference(model, session, duration_s) for duration_s in _CHECKED_S)


def _difference(
    model: EmotionModel, session: onnxruntime.InferenceSession, duration_s: float
) -> float:
    waveform = _voice_like(round(duration_s * model.config.front_end.sample_rate_hz))
    with torch.no_grad():
        expected = [output.numpy() for output in model(torch.from_numpy(waveform))]
    got = session.run(["probabilities", "embedding"], {"waveform": waveform})
    return max(float(np.abs(a - b).max()) for a, b in zip(expected, got, strict=True))


def _voice_like(samples: int) -> NDArray[np.float32]:
    """A gliding tone with overtones, and noise: [2, samples]."""
    rng = np.random.default_rng(0)
    phase = 2 * np.pi * np.cumsum(np.linspace(110, 240, samples)) / 16_000
    tone = sum(np.sin(k * phase) / k for k in range(1, 12))
    both = np.stack(
        [0.1 * tone + 0.002 * rng.normal(size=samples), 0.05 * rng.normal(size=samples)]
    )
    return both.astype(np.float32)
