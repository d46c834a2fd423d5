"""Which examples an epoch is made of: corpora, emotions and speakers in balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from emotion_stream.training.frames import Example


def sampling_weights(
    examples: Sequence[Example],
    corpus_weights: Mapping[str, float] | None = None,
    *,
    speaker_balance: float = 0.0,
) -> NDArray[np.float64]:
    """The chance of each example to be drawn; they sum to 1.

    A corpus is drawn by its weight in `corpus_weights`, or by the square root of its size; within
    a corpus the emotions are balanced half way, by the square root of their counts. Within an
    emotion of a corpus a speaker with n utterances is drawn by n ** (1 - speaker_balance): 0 is by
    their number, 0.5 by its square root, 1 as often as any other. An id that stands for several
    people counts as one of them: one person may have spoken most of it, and even so the root gives
    it more draws than anybody with fewer utterances. Raises ValueError outside 0 to 1.
    """
    if not 0 <= speaker_balance <= 1:
        raise ValueError(f"speaker_balance is {speaker_balance}, not from 0 to 1")
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
    chance = chance * _speaker_factors(examples, speaker_balance)
    return np.asarray(chance / chance.sum(), np.float64)


def _speaker_factors(examples: Sequence[Example], balance: float) -> NDArray[np.float64]:
    """How much more or less often than by its cell each is drawn; their mean over a cell is 1."""
    cells = [(example.utterance.corpus, example.label) for example in examples]
    who = [(*cell, e.utterance.speaker) for cell, e in zip(cells, examples, strict=True)]
    utterances, sizes = Counter(who), Counter(cells)
    damped = [utterances[one] ** -balance for one in who]
    total: dict[tuple[str, int], float] = dict.fromkeys(sizes, 0.0)
    for cell, share in zip(cells, damped, strict=True):
        total[cell] += share
    return np.array(
        [share * sizes[cell] / total[cell] for cell, share in zip(cells, damped, strict=True)]
    )
