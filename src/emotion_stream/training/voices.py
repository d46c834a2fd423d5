"""One utterance per emotion for the report: the peaks of its wave, and its MFCC as pixels."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.emotions import Emotion
from emotion_stream.training.conditions.sources import decoded
from emotion_stream.training.corpora import Utterance, emotions_of
from emotion_stream.training.front_end import FrontEnd, FrontEndConfig

COEFFICIENTS = 20

_LONGEST_S = 4.0
_PEAKS = 240
_MOST_FRAMES = 120
_OUTLIERS = (1, 99)  # per cent: one click must not make the rest pale


def voices(utterances: Sequence[Utterance]) -> list[dict[str, Any]]:  # Any: what JSON can hold
    """The first utterance of each emotion of whoever speaks most emotions, in a fixed order.

    What is kept is what a picture of a few hundred pixels shows: no sound can be made of it.
    """
    labelled = [u for u in utterances if u.emotion is not None]
    spoken = Counter(speaker for speaker, _ in {(u.speaker, u.emotion) for u in labelled})
    ranked = sorted(labelled, key=lambda u: (-spoken[u.speaker], u.speaker, u.path.name))
    return [
        _voice(next(u for u in ranked if u.emotion is emotion), emotion)
        for emotion in emotions_of(labelled)
    ]


def _voice(utterance: Utterance, emotion: Emotion) -> dict[str, Any]:
    samples = decoded(utterance.path, seconds=_LONGEST_S)
    return {
        "emotion": emotion.value,
        "speaker": utterance.speaker,
        "duration_s": samples.size / SAMPLE_RATE_HZ,
        "peaks": _peaks(samples),
        "mfcc": _mfcc(samples),
    }


def _peaks(samples: NDArray[np.float32]) -> list[float]:
    """Of equal slices, the highest 1."""
    parts = np.array_split(np.abs(samples), min(_PEAKS, samples.size))
    peaks = np.array([part.max() for part in parts])
    return [round(float(peak), 2) for peak in peaks / max(float(peaks.max()), 1e-9)]


def _mfcc(samples: NDArray[np.float32]) -> dict[str, Any]:
    """Each coefficient from its lowest to its highest as 0 to 255, in base64, row by row."""
    with torch.no_grad():
        cepstrum = FrontEnd(FrontEndConfig()).mfcc(torch.from_numpy(samples)[None])[0].numpy()
    columns = np.array_split(cepstrum[:COEFFICIENTS], min(_MOST_FRAMES, cepstrum.shape[1]), axis=1)
    means = np.stack([column.mean(axis=1) for column in columns], axis=1)
    low, high = np.percentile(means, _OUTLIERS, axis=1)[:, :, None]
    shares = np.clip((means - low) / np.maximum(high - low, 1e-9), 0, 1)
    pixels = np.round(255 * shares).astype(np.uint8)
    return {
        "coefficients": pixels.shape[0],
        "frames": pixels.shape[1],
        "values": base64.b64encode(pixels.tobytes()).decode(),
    }
