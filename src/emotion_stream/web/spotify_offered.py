"""The JSON about Spotify that comes out of the HTTP API."""

from __future__ import annotations

from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict

from emotion_stream.emotions import Emotion
from emotion_stream.music.provider import Goal
from emotion_stream.music.spotify import models
from emotion_stream.music.spotify.curated import Curated
from emotion_stream.music.spotify.models import SpotifyKind
from emotion_stream.music.spotify.ranking import Ranked, is_low
from emotion_stream.web.spotify.offers import Offer

BY_OWNER = "Chosen by whoever runs this server."

_PLANS = {
    Goal.STAY: "Looks for what stays close to where you are.",
    Goal.LIFT: "Looks for what people put together to feel brighter.",
    Goal.CALM: "Looks for what people put together to settle down.",
    Goal.ENERGISE: "Looks for what people put together to get going.",
}


class SpotifyCover(BaseModel):
    """Artwork, to be shown as it is."""

    model_config = ConfigDict(from_attributes=True)

    url: str
    width_px: int | None
    height_px: int | None


class SpotifyItem(BaseModel):
    """A playlist, track, show or episode, and why it is here."""

    model_config = ConfigDict(from_attributes=True)

    uri: str
    id: str
    kind: SpotifyKind
    name: str
    by: list[str]
    parent: str | None
    description: str
    duration_s: float | None
    size: int | None
    explicit: bool
    languages: list[str]
    cover: SpotifyCover | None
    link: str
    reason: str

    @classmethod
    def of(cls, item: models.SpotifyItem, reason: str) -> Self:
        return cls.model_validate({**vars(item), "reason": reason})


class SpotifyTabs(BaseModel):
    """What was found, kind by kind."""

    playlist: list[SpotifyItem]
    track: list[SpotifyItem]
    show: list[SpotifyItem]
    episode: list[SpotifyItem]


class SpotifyOffer(BaseModel):
    """What fits. `recipe` is the phrase that was searched; `personal` is true where the person's
    top artists were put first."""

    goal: Goal
    emotion: Emotion
    message: str
    recipe: str
    asked_at: AwareDatetime
    personal: bool
    tabs: SpotifyTabs

    @classmethod
    def of(cls, offer: Offer) -> Self:
        question = offer.question
        return cls(
            goal=question.goal,
            emotion=question.emotion,
            message=plan_of(question.emotion, question.goal),
            recipe=offer.recipe,
            asked_at=offer.asked_at,
            personal=offer.personal,
            tabs=SpotifyTabs(**{kind.value: _items(offer.tabs[kind]) for kind in SpotifyKind}),
        )


class CuratedItems(BaseModel):
    """The owner's own list for an emotion."""

    items: list[SpotifyItem]

    @classmethod
    def of(cls, curated: tuple[Curated, ...], emotion: Emotion) -> Self:
        fitting = [entry.item for entry in curated if emotion in entry.emotions]
        return cls(items=[SpotifyItem.of(item, BY_OWNER) for item in fitting])


class SpotifySaved(BaseModel):
    """For each item whether it is in the person's library."""

    saved: dict[str, bool]


class SpotifyPlaylist(BaseModel):
    """A private playlist that was made."""

    uri: str
    link: str


def plan_of(emotion: Emotion, goal: Goal) -> str:
    """How the list is made, for the person. A search has no way on the map to promise."""
    plan = _PLANS[goal]
    if goal is Goal.STAY and is_low(emotion):
        plan += " You can ask for a lift or for calm at any time."
    return plan


def _items(found: tuple[Ranked, ...]) -> list[SpotifyItem]:
    return [SpotifyItem.of(place.item, place.reason) for place in found]
