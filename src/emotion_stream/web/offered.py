"""The JSON of music: items, recommendations, and the sources they come from."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from emotion_stream.emotions import Emotion
from emotion_stream.music import provider as music
from emotion_stream.music.provider import Goal, Kind, ProviderState
from emotion_stream.recommendation import Recommendation
from emotion_stream.recommendation import Recommended as RecommendedItem
from emotion_stream.web.schemas import Affect


class Item(BaseModel):
    """Something that can be played."""

    model_config = ConfigDict(from_attributes=True)

    provider: str
    id: str
    kind: Kind
    title: str
    creators: list[str]
    album: str | None
    genre: str | None
    duration_s: float
    tempo_bpm: float | None
    affect: Affect
    affect_sigma: float = Field(
        description="How uncertain `affect` is: a standard deviation in the same units, both axes."
    )
    affect_source: str = Field(
        description="Where `affect` comes from: “by construction”, or a text that begins with "
        "“audio estimate” where it is guessed from the sound."
    )
    licence: str | None
    link: str | None
    audio_url: str

    @classmethod
    def of(cls, item: music.Item) -> Self:
        address = f"/api/v1/library/{item.provider}/{item.id}/audio"
        return cls.model_validate({**vars(item), "audio_url": address})


class Recommended(BaseModel):
    """One place of the list. `fit` is 0 to 1; `step` is the place on the way to the goal."""

    item: Item
    reason: str
    fit: float
    step: Affect

    @classmethod
    def of(cls, place: RecommendedItem) -> Self:
        step = Affect.model_validate(place.step)
        return cls(item=Item.of(place.item), reason=place.reason, fit=place.fit, step=step)


class Recommendations(BaseModel):
    """A list from where the person is to where they want to be."""

    goal: Goal
    provider: str
    state: Affect
    target: Affect
    emotion: Emotion | None
    message: str
    items: list[Recommended]

    @classmethod
    def of(cls, made: Recommendation, provider: str, emotion: Emotion | None) -> Self:
        return cls(
            goal=made.goal,
            provider=provider,
            state=Affect.model_validate(made.state),
            target=Affect.model_validate(made.target),
            emotion=emotion,
            message=made.message,
            items=[Recommended.of(place) for place in made.items],
        )


class Source(BaseModel):
    """A source of music and how it is doing; `done` of `total` files while it scans."""

    id: str
    name: str
    state: ProviderState
    items: int
    message: str
    done: int
    total: int

    @classmethod
    def of(cls, source: music.Provider, *, in_full: bool) -> Self:
        status = dict(vars(source.status()))
        detail = status.pop("detail")
        if in_full and detail:
            status["message"] += f" {detail}"
        return cls(id=source.id, name=source.name, **status)


class Library(BaseModel):
    """The sources of music in the order they are offered, and the person's own folder."""

    providers: list[Source]
    folder: str | None
    folder_editable: bool
