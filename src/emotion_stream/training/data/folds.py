"""Who is trained on, who calibrates, who is tested: always different people."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import Utterance, named_speakers, voices_of

FEWEST_TO_SPARE = 4
"""Named speakers a corpus needs before one of them is held out."""


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

    def check(self) -> None:
        """Raises UsageError where nobody is left to train on, or to validate and calibrate."""
        for part, task in ((self.train, "to train on"), (self.validation, "to validate")):
            if not part:
                raise UsageError(
                    f"The split {self.name} leaves nobody {task}: add speakers with labels, or "
                    f"another --corpus of {FEWEST_TO_SPARE} or more, of whom some can be spared."
                )


def development_split(utterances: Sequence[Utterance], seed: int, *, share: float = 0.15) -> Split:
    """For a model that is shipped: of every corpus a few speakers calibrate, none is tested.

    A corpus with fewer than `FEWEST_TO_SPARE` named speakers is trained on whole: holding one out
    would cost more than it tells. Speakers that stand for several people are never held out. Who
    is held out of a corpus depends on the seed and on its own speakers alone: a pre-training that
    lacks a corpus holds out the same people of the others.
    """
    speakers: dict[str, set[str]] = {}
    for utterance in utterances:
        speakers.setdefault(voices_of(utterance.corpus), set()).add(utterance.speaker)
    held: set[str] = set()
    everybody_named = named_speakers(utterances)
    for people in speakers.values():
        named = people & everybody_named
        if len(named) >= FEWEST_TO_SPARE:
            count = max(1, round(share * len(named)))
            held.update(sorted(named, key=lambda speaker: _lot(speaker, seed))[:count])
    everybody = frozenset(u.speaker for u in utterances)
    return Split("development", everybody - held, frozenset(held))


def _lot(speaker: str, seed: int) -> bytes:
    """What a speaker draws. Of its own, so that nobody else changes who is held out."""
    return hashlib.sha256(f"{seed} {speaker}".encode()).digest()
