"""The usual way to do the same: librosa's MFCC, and our own networks run by torch."""

from __future__ import annotations

from collections.abc import Callable

import librosa
import numpy as np
import numpy.typing as npt
import torch

from emotion_stream.training.network.model import EmotionNet, Ensemble, ModelConfig

Array = npt.NDArray[np.float32]


def build(networks: int) -> tuple[Callable[[Array], Array], Callable[[Array], object]]:
    """A front end from samples to features, and networks from features to probabilities.

    Weights do not matter for the time. The channels of prosody are left at zero: they cost the
    peer nothing.
    """
    torch.set_num_threads(1)
    config = ModelConfig()
    ensemble = Ensemble([EmotionNet(config) for _ in range(networks)]).eval()

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
            return torch.softmax(ensemble(torch.from_numpy(features)[None])[0], dim=1)

    return front_end, network
