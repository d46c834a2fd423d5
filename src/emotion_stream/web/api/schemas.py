"""What the models of several routes share: moods, affect, failures and their description."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.errors import (
    EmotionStreamError,
    ForeignOrigin,
    HostNotAllowed,
    Internal,
    InvalidRequest,
    NotFound,
    UploadTooLarge,
)
from emotion_stream.music.provider import Goal


def example(value: dict[str, Any]) -> ConfigDict:  # Any: JSON of any shape
    return ConfigDict(from_attributes=True, json_schema_extra={"examples": [value]})


class Failure(BaseModel):
    """What every failure looks like. `scopes` and `until` come only where they are told."""

    model_config = example(NotFound("There is no reading r_1 in this session.").as_dict())

    code: str
    message: str
    status: int
    scopes: list[str] = Field([], description="With `spotify_scope_missing`: what to ask for.")
    until: AwareDatetime | None = Field(None, description="With `spotify_paused`: till when.")


class Affect(BaseModel):
    """Valence and arousal, each from -1 to 1."""

    model_config = example({"valence": -0.5, "arousal": -0.4})

    valence: float
    arousal: float


# The JSON that goes into the HTTP API, refused with a sentence where it does not make sense.

Id = Annotated[str, Field(min_length=1, max_length=200)]
MAX_POSITION_S = 1e6


def _distribution(scores: dict[Emotion, float]) -> dict[Emotion, float]:
    Scores.from_mapping({emotion.value: scores[emotion] for emotion in scores})
    return scores


Probability = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Distribution = Annotated[dict[Emotion, Probability], AfterValidator(_distribution)]


class RequestModel(BaseModel):
    model_config = ConfigDict(extra="forbid")


class MoodRequest(RequestModel):
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


# How the description of the API lists what can go wrong.

ALWAYS = (HostNotAllowed, ForeignOrigin, UploadTooLarge, InvalidRequest, Internal)


def error_responses(*kinds: type[EmotionStreamError]) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route: one entry per status, naming the codes behind it."""
    codes: dict[int, list[str]] = {}
    listed: tuple[type[EmotionStreamError], ...] = (*ALWAYS, *kinds)
    for kind in listed:
        codes.setdefault(kind.status, []).append(kind.code)
    return {
        status: {"model": Failure, "description": ", ".join(f"`{code}`" for code in names)}
        for status, names in sorted(codes.items())
    }
