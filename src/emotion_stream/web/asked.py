"""The JSON that goes into the HTTP API, refused with a sentence where it does not make sense."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.music.provider import Goal

Id = Annotated[str, Field(min_length=1, max_length=200)]
MAX_POSITION_S = 1e6


def _distribution(scores: dict[Emotion, float]) -> dict[Emotion, float]:
    Scores.from_mapping({emotion.value: scores[emotion] for emotion in scores})
    return scores


Probability = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Distribution = Annotated[dict[Emotion, Probability], AfterValidator(_distribution)]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FeltAsked(Asked):
    """Exactly one of `scores` (what the recogniser says) and `emotion` (what the person says)."""

    scores: Distribution | None = None
    emotion: Emotion | None = None
    goal: Goal | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.scores is None) == (self.emotion is None):
            raise ValueError("send exactly one of `scores` and `emotion`")
        return self

    def felt(self) -> Scores:
        """The distribution to start from."""
        if self.scores is not None:
            return Scores.from_mapping({e.value: self.scores.get(e, 0.0) for e in EMOTIONS})
        if self.emotion is None:
            raise ValueError("neither scores nor emotion")
        return Scores.certain(self.emotion)
