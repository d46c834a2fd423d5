"""The JSON that comes out of the HTTP API, made from the words of the house."""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from emotion_stream.errors import NotFound


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
