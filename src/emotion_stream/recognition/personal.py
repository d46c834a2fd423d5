"""One person's corrections, and how they move the decision for that person alone.

```python
profile = Profile.of(recognizer.info)
mine = recognizer.personalised(profile)
reading = mine.analyze("clip.m4a")
said = Correction(reading.embedding, Emotion.SADNESS, datetime.now(UTC))
profile = with_correction(profile, said)      # and without_correction, and forget
```

A correction keeps the embedding of a reading, never its sound. A voice that sounds like a corrected
one (cosine of the embeddings) has the logit of the emotion that was said raised. What all
corrections together do to a logit stays between 0 and `BOUND`, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import isfinite

import numpy as np
import numpy.typing as npt

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import ProfileInvalid, ProfileMismatch, UsageError
from emotion_stream.recognition.model import Model, ModelInfo

Floats = npt.NDArray[np.float64]
Decision = Callable[[Floats, Floats], Floats]
"""Probabilities [n, 8] and embeddings [n, D] to the probabilities of one person [n, 8]."""


@dataclass(frozen=True)
class Pull:
    """How far a correction reaches and how hard it pulls.

    `sharpness`: its weight is exp(-sharpness * (1 - cosine)). `strength`: what one correction adds
    to the logit of a voice that sounds the same, before the bound. `bound`: the most that all of
    them together add to a logit.
    """

    sharpness: float
    strength: float
    bound: float


PULL = Pull(sharpness=7.0, strength=3.0, bound=4.0)
"""Chosen on validation speakers: docs/personal-calibration.md."""


@dataclass(frozen=True)
class Correction:
    """What a person said of one reading; `at` is when. Raises ProfileInvalid."""

    embedding: tuple[float, ...]
    emotion: Emotion
    at: datetime

    def __post_init__(self) -> None:
        if not self.embedding:
            raise ProfileInvalid("A correction needs the embedding of a reading with speech.")
        if not all(isfinite(value) for value in self.embedding):
            raise ProfileInvalid("The embedding of a correction holds a value that is no number.")
        if self.at.tzinfo is None:
            raise ProfileInvalid(f"The time of a correction, {self.at}, has no time zone.")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @property
    def _key(self) -> tuple[datetime, int, tuple[float, ...]]:
        return self.at, EMOTIONS.index(self.emotion), self.embedding


@dataclass(frozen=True)
class Profile:
    """The corrections of one person, oldest first, and the model that they belong to.

    Raises ProfileInvalid where embeddings differ in size.
    """

    model_version: str
    model_sha256: str
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        sizes = {len(correction.embedding) for correction in self.corrections}
        if len(sizes) > 1:
            raise ProfileInvalid(f"The embeddings of a profile have {sorted(sizes)} values.")
        # One order for one set: a sum of floats depends on its order, a decision must not.
        in_order = tuple(sorted(self.corrections, key=lambda correction: correction._key))
        object.__setattr__(self, "corrections", in_order)

    @classmethod
    def of(cls, model: ModelInfo) -> Profile:
        """The profile of somebody who has corrected nothing yet."""
        return cls(model.version, model.sha256)


def with_correction(profile: Profile, correction: Correction) -> Profile:
    """The profile with one correction more. Raises ProfileInvalid where its size differs."""
    return replace(profile, corrections=(*profile.corrections, correction))


def without_correction(profile: Profile, correction: Correction) -> Profile:
    """The profile as if the correction had never been made. UsageError where it is not in it."""
    left = list(profile.corrections)
    if correction not in left:
        raise UsageError(f"The profile holds no such correction of {correction.at.isoformat()}.")
    left.remove(correction)
    return replace(profile, corrections=tuple(left))


def forget(profile: Profile) -> Profile:
    """The profile without any correction: it decides as the model does."""
    return replace(profile, corrections=())


def decision_of(profile: Profile, model: Model) -> Decision:
    """How the person's recogniser decides. Raises ProfileMismatch and ProfileInvalid."""
    if profile.model_sha256 != model.info.sha256:
        raise ProfileMismatch(
            f"This profile belongs to model {profile.model_version} "
            f"({profile.model_sha256[:12]}), not to {model.info.version} "
            f"({model.info.sha256[:12]}). Corrections of one model mean nothing to another: "
            "start a new profile."
        )
    if not profile.corrections:
        return as_heard
    size = len(profile.corrections[0].embedding)
    if size != model.embedding_size:
        raise ProfileInvalid(
            f"The embeddings of this profile have {size} values; those of its model have "
            f"{model.embedding_size}."
        )
    return _Corrected(profile.corrections)


def as_heard(probabilities: Floats, _embeddings: Floats) -> Floats:
    """The decision without a profile: that of the model, bit for bit."""
    return probabilities


class _Corrected:
    """The decision of a person who has corrected something."""

    def __init__(self, corrections: tuple[Correction, ...]) -> None:
        self._embeddings = np.array([each.embedding for each in corrections], np.float64)
        self._places = np.array([EMOTIONS.index(each.emotion) for each in corrections])

    def __call__(self, probabilities: Floats, embeddings: Floats) -> Floats:
        return corrected(probabilities, embeddings, self._embeddings, self._places)


def corrected(
    probabilities: Floats,
    embeddings: Floats,
    said_of: Floats,
    said: npt.NDArray[np.int64],
    pull: Pull = PULL,
) -> Floats:
    """Probabilities [n, 8] moved by corrections: embeddings [m, D] and emotions [m]."""
    raised = logits_raised(embeddings, said_of, said, pull)
    # The same as adding to the logits, which the model does not hand out.
    moved = probabilities * np.exp(raised)
    total = moved.sum(axis=1, keepdims=True)
    return np.asarray(moved / total, np.float64)


def logits_raised(
    embeddings: Floats, said_of: Floats, said: npt.NDArray[np.int64], pull: Pull = PULL
) -> Floats:
    """What corrections add to each logit: [n, 8], each from 0 to `pull.bound`."""
    cosine = _directions(embeddings) @ _directions(said_of).T
    weight = np.exp(-pull.sharpness * (1 - cosine))
    total = pull.strength * weight @ np.eye(len(EMOTIONS))[said]
    # tanh: nearly the sum while that is small, and never past the bound.
    return np.asarray(pull.bound * np.tanh(total / pull.bound), np.float64)


def _directions(embeddings: Floats) -> Floats:
    """Rows of length 1; a row of zeros, which has no direction, is like no other."""
    largest = np.abs(embeddings).max(axis=1, keepdims=True)
    scaled = embeddings / np.where(largest > 0, largest, 1)  # squares of large values overflow
    length = np.linalg.norm(scaled, axis=1, keepdims=True)
    return np.asarray(scaled / np.where(length > 0, length, 1), np.float64)
