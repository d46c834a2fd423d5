"""Where a model places utterances: its embeddings, laid out on a plane."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.listening import hear
from emotion_stream.recognition.model import Model, load_model
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.gathering import Progress

MOST_UTTERANCES = 600

_LEAST_UTTERANCES = 8
_COMPONENTS = 20
_PERPLEXITY = 30


def embedding_map(
    file: Path, utterances: Sequence[Utterance], name: str, progress: Progress
) -> dict[str, Any] | None:  # Any: what JSON can hold
    """A point per utterance, at most 600 of them; None where too few are heard for a map.

    Distances between groups and the size of a group mean nothing in such a map (t-SNE, van der
    Maaten & Hinton 2008); who lies beside whom does.
    """
    labelled = [u for u in utterances if u.emotion is not None]
    step = -(-len(labelled) // MOST_UTTERANCES) or 1
    advance = progress(f"{name}, map", len(labelled[::step]))
    model = load_model(file)
    heard = []
    for utterance in labelled[::step]:
        embedding = _embedding(model, utterance)
        if embedding is not None:
            heard.append((utterance, embedding))
        advance(1)
    if len(heard) < _LEAST_UTTERANCES:
        return None
    return {
        "fold": name,
        "points": laid_out(np.stack([embedding for _, embedding in heard])),
        "emotion": [str(utterance.emotion) for utterance, _ in heard],
        "speaker": [utterance.speaker for utterance, _ in heard],
        "gender": [utterance.gender or "unknown" for utterance, _ in heard],
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


def _embedding(model: Model, utterance: Utterance) -> NDArray[np.float32] | None:
    """The mean over the windows of a recording, weighted by their speech."""
    windows = hear(utterance.path).windows
    if not windows:
        return None
    weights = [window.speech_ratio * (window.end_s - window.start_s) for window in windows]
    rows = [model.outputs(window.samples[None])[1][0] for window in windows]
    return np.asarray(np.average(rows, axis=0, weights=weights), np.float32)
