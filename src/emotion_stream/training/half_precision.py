"""Weights in 16 bits where 32 buy nothing: half the file, the same arithmetic when it is loaded.

Weights are rounded before the export, so that torch and the file are compared as they will be used.
"""

from __future__ import annotations

import copy

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from emotion_stream.training.model import EmotionModel

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
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
