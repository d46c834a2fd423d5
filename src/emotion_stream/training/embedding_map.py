"""Where a model places utterances: its embeddings, laid out on a plane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.training.answers import Answer

MOST_UTTERANCES = 600

_LEAST_UTTERANCES = 8
_COMPONENTS = 20
_PERPLEXITY = 30


def embedding_map(
    answers: Sequence[Answer], name: str
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
