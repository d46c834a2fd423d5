"""What a report shows of a model: an utterance per emotion, and a map of its embeddings."""

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
from emotion_stream.training.augment.sources import decoded
from emotion_stream.training.data.corpora import Utterance, emotions_of
from emotion_stream.training.evaluate.predictions import Prediction
from emotion_stream.training.network.front_end import FrontEnd, FrontEndConfig

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


# Where a model places utterances: its embeddings, laid out on a plane.

MOST_UTTERANCES = 600

_LEAST_UTTERANCES = 8
_COMPONENTS = 20
_PERPLEXITY = 30


def embedding_map(
    answers: Sequence[Prediction], name: str
) -> dict[str, Any] | None:  # Any: what JSON can hold
    """A point per answer, at most 600 of them; None where too few are heard for a map.

    Distances between groups and the size of a group mean nothing in such a map (t-SNE, van der
    Maaten & Hinton 2008); who lies beside whom does.
    """
    step = -(-len(answers) // MOST_UTTERANCES) or 1
    heard = [answer for answer in answers[::step] if answer.embedding]
    if len(heard) < _LEAST_UTTERANCES:
        return None
    return {
        "fold": name,
        "points": laid_out(np.array([answer.embedding for answer in heard], np.float32)),
        "emotion": [answer.emotion.value for answer in heard],
        "speaker": [answer.utterance.speaker for answer in heard],
        "gender": [answer.utterance.gender or "unknown" for answer in heard],
    }


def laid_out(embeddings: NDArray[np.float32]) -> list[list[int]]:
    """[utterances, dimensions] to places from 0 to 1000: PCA, then t-SNE, always the same."""
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    count, dimensions = embeddings.shape
    spread = embeddings.std(axis=0)
    scaled = (embeddings - embeddings.mean(axis=0)) / np.where(spread > 0, spread, 1)
    parts = PCA(min(_COMPONENTS, count - 1, dimensions), random_state=0).fit_transform(scaled)
    perplexity = min(_PERPLEXITY, (count - 1) / 3)
    layout = TSNE(2, perplexity=perplexity, init="pca", random_state=0)
    with threadpool_limits(1):  # several threads add up in another order every time
        plane = layout.fit_transform(parts)
    low, high = plane.min(axis=0), plane.max(axis=0)
    places: list[list[int]] = (
        np.round(1000 * (plane - low) / np.maximum(high - low, 1e-9)).astype(int).tolist()
    )
    return places
