"""The usual way to do the same: librosa's MFCC, and our own network run by torch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import librosa
import numpy as np
import numpy.typing as npt
import onnx
import torch

from emotion_stream.training.model import EmotionNet, ModelConfig

Array = npt.NDArray[np.float32]


def members_of(model: Path) -> int:
    """How many networks are averaged in the file: their embeddings are joined."""
    outputs = {output.name: output for output in onnx.load(str(model)).graph.output}
    size = outputs["embedding"].type.tensor_type.shape.dim[1].dim_value
    return max(1, size // ModelConfig().embedding)


def build(members: int) -> tuple[Callable[[Array], Array], Callable[[Array], object]]:
    """A front end from samples to features, and a network from features to probabilities.

    Weights do not matter for the time. The channels of prosody are left at zero: they cost the
    peer nothing.
    """
    torch.set_num_threads(1)
    config = ModelConfig()
    networks = [EmotionNet(config).eval() for _ in range(members)]

    def front_end(samples: Array) -> Array:
        settings = config.front_end
        mfcc = librosa.feature.mfcc(
            y=samples,
            sr=settings.sample_rate_hz,
            n_mfcc=settings.coefficients,
            n_mels=settings.mels,
            n_fft=settings.window_samples,
            hop_length=settings.hop_samples,
        )
        known = np.concatenate([mfcc, librosa.feature.delta(mfcc)])
        missing = np.zeros((settings.channels - len(known), known.shape[1]))
        return np.concatenate([known, missing]).astype(np.float32)

    def network(features: Array) -> object:
        with torch.inference_mode():
            heard = torch.from_numpy(features)[None]
            logits = torch.stack([member(heard)[0] for member in networks]).mean(dim=0)
            return torch.softmax(logits, dim=1)

    return front_end, network
