"""The JSON that goes into the HTTP API, refused with a sentence where it does not make sense."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator

from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.music.provider import Goal
from emotion_stream.store import PlayEvent

Id = Annotated[str, Field(min_length=1, max_length=200)]
MAX_POSITION_S = 1e6


def _distribution(scores: dict[Emotion, float]) -> dict[Emotion, float]:
    Scores.from_mapping({emotion.value: scores[emotion] for emotion in scores})
    return scores


Probability = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Distribution = Annotated[dict[Emotion, Probability], AfterValidator(_distribution)]


def _agreed(analyse: bool) -> bool:
    if not analyse:
        raise ValueError("nothing works without it; to take it back, DELETE the session")
    return analyse


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ConsentAsked(Asked):
    """Consents. `analyse` is true or the session is deleted instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"analyse": True, "history": False}]})

    analyse: Annotated[StrictBool, AfterValidator(_agreed)]
    history: StrictBool


class ClientIdAsked(Asked):
    """The client id of the owner's app at Spotify, as its dashboard shows it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"client_id": "0123456789abcdef0123456789abcdef"}]}
    )

    client_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{8,64}$")]


class CorrectionAsked(Asked):
    """What the person says it was."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"emotion": "calm"}]})

    emotion: Emotion


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


class RecommendationAsked(FeltAsked):
    """Exactly one of `scores` (what the recogniser says) and `emotion` (what the person says)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"emotion": "sadness", "goal": "lift", "limit": 5}]}
    )

    provider: Id | None = None
    limit: int = Field(10, strict=True, ge=1, le=50)
    exclude: list[Id] = Field([], max_length=500)


class FolderAsked(Asked):
    """The folder of the person's own music, as an absolute path on the server's machine."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"path": "/home/me/Music"}]})

    path: str = Field(min_length=1, max_length=4096)


class PlayAsked(Asked):
    """What happened to an item in the player; `position_s` is where in it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"provider": "starter", "item_id": "dawn", "event": "started"}]
        }
    )

    provider: Id
    item_id: Id
    event: PlayEvent
    position_s: float = Field(0.0, strict=True, ge=0, le=MAX_POSITION_S, allow_inf_nan=False)
    reading_id: Id | None = None
