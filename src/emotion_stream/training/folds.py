"""Who is trained on, who chooses the epoch, who is tested: always different people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from emotion_stream.errors import UsageError
from emotion_stream.training.corpora import RECIPES, Utterance

PROTOCOLS = ("ravdess5",)
"""What `--folds` takes: the lists of speakers below."""

# Unofficial: of our own making, because the published lists need actors 21 to 24, which a partial
# copy of RAVDESS may lack. In order of number, so nobody can have chosen them: two men (odd) and
# two women (even) in each.
RAVDESS_FOLDS_OF_20 = (
    (1, 2, 3, 4),
    (5, 6, 7, 8),
    (9, 10, 11, 12),
    (13, 14, 15, 16),
    (17, 18, 19, 20),
)
# For all 24 actors: Luna-Jimenez et al. 2021, doi:10.3390/s21227665.
RAVDESS_FOLDS_OF_24 = (
    (2, 5, 14, 15, 16),
    (3, 6, 7, 13, 18),
    (10, 11, 12, 19, 20),
    (8, 17, 21, 23, 24),
    (1, 4, 9, 22),
)


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


def ravdess_folds(speakers: Iterable[str]) -> tuple[Split, ...]:
    """Five folds over the RAVDESS actors among `speakers`; validation is the fold that follows.

    Speakers of other corpora are trained on in every fold. Raises UsageError when not every actor
    of one of the two lists is there.
    """
    everybody = frozenset(speakers)
    actors = {speaker for speaker in everybody if speaker.startswith("ravdess/")}
    for lists in (RAVDESS_FOLDS_OF_20, RAVDESS_FOLDS_OF_24):
        folds = [frozenset(f"ravdess/{actor:02d}" for actor in fold) for fold in lists]
        if frozenset().union(*folds) == actors:
            return tuple(_fold(index, folds, everybody) for index in range(len(folds)))
    found = ", ".join(sorted(actor.split("/")[1] for actor in actors)) or "none"
    raise UsageError(f"ravdess5 needs RAVDESS actors 1 to 20 or 1 to 24; found: {found}.")


def _fold(index: int, folds: Sequence[frozenset[str]], everybody: frozenset[str]) -> Split:
    test, validation = folds[index], folds[(index + 1) % len(folds)]
    return Split(f"fold-{index + 1}", everybody - test - validation, validation, test)


def development_split(utterances: Sequence[Utterance], seed: int, *, share: float = 0.15) -> Split:
    """For a model that is shipped: of every corpus a few speakers choose the epoch, none is tested.

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
