"""Which examples an epoch is made of: corpora and emotions in balance, whatever their size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from emotion_stream.training.frames import Example


def sampling_weights(
    examples: Sequence[Example], corpus_weights: Mapping[str, float] | None = None
) -> NDArray[np.float64]:
    """The chance of each example to be drawn; they sum to 1.

    A corpus is drawn by its weight in `corpus_weights`, or by the square root of its size; within
    a corpus the emotions are balanced half way, by the square root of their counts.
    """
    sizes = Counter(example.utterance.corpus for example in examples)
    weights = corpus_weights or {corpus: size**0.5 for corpus, size in sizes.items()}
    cells = Counter((example.utterance.corpus, example.label) for example in examples)
    spread: dict[str, float] = dict.fromkeys(sizes, 0.0)
    for (corpus, _), count in cells.items():
        spread[corpus] += count**0.5
    chance = np.array(
        [
            weights[example.utterance.corpus]
            / spread[example.utterance.corpus]
            / cells[example.utterance.corpus, example.label] ** 0.5
            for example in examples
        ]
    )
    return np.asarray(chance / chance.sum(), np.float64)
