"""Who is trained on, who calibrates, who is tested: always different people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from emotion_stream.training.corpora import RECIPES, Utterance


@dataclass(frozen=True)
class Split:
    """Speakers of the three parts; everybody else is left out.

    Raises ValueError when a speaker is in two of them.
    """

    name: str
    train: frozenset[str]
    validation: frozenset[str]
    test: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        twice = self.train & self.validation | self.train & self.test | self.validation & self.test
        if twice:
            raise ValueError(f"{sorted(twice)[0]} is in two parts of the split {self.name!r}")


def development_split(utterances: Sequence[Utterance], seed: int, *, share: float = 0.15) -> Split:
    """For a model that is shipped: of every corpus a few speakers calibrate, none is tested.

    A corpus with fewer than four named speakers is trained on whole: holding one out would cost
    more than it tells. Speakers that stand for several people are never held out.
    """
    rng = np.random.default_rng(seed)
    speakers: dict[str, set[str]] = {}
    for utterance in utterances:
        speakers.setdefault(utterance.speaker.split("/")[0], set()).add(utterance.speaker)
    held: set[str] = set()
    for name, people in sorted(speakers.items()):
        recipe = RECIPES.get(name)
        named = sorted(people - (recipe.anonymous if recipe else frozenset()))
        if len(named) >= 4:
            count = max(1, round(share * len(named)))
            held.update(str(s) for s in rng.choice(named, count, replace=False))
    everybody = frozenset(u.speaker for u in utterances)
    return Split("development", everybody - held, frozenset(held))
