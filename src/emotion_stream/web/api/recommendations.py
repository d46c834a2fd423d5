"""From a mood and a goal to a list of music, each item with its reason."""

from __future__ import annotations

import logging
from functools import partial
from typing import Self

import anyio.to_thread
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from emotion_stream.emotions import Emotion, Scores
from emotion_stream.errors import (
    ModelError,
    ProviderNotFound,
    ProviderUnavailable,
    StoreUnavailable,
)
from emotion_stream.music.provider import Goal, Kind
from emotion_stream.recommendation import Recommendation, default_goal, recommend, wish_for
from emotion_stream.recommendation import Recommended as RecommendedItem
from emotion_stream.store import plays, sessions
from emotion_stream.web.api.library import Item
from emotion_stream.web.api.schemas import Affect, Id, MoodRequest, error_responses
from emotion_stream.web.services import Services, ServicesOf
from emotion_stream.web.session_cookie import Token

log = logging.getLogger(__name__)

RECENT_PLAYS = 50

router = APIRouter(prefix="/recommendations", tags=["recommendation"])


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


class RecommendationAsked(MoodRequest):
    """Exactly one of `scores` (what the recogniser says) and `emotion` (what the person says)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"emotion": "sadness", "goal": "lift", "limit": 5}]}
    )

    provider: Id | None = None
    limit: int = Field(10, strict=True, ge=1, le=50)
    exclude: list[Id] = Field([], max_length=500)


@router.post("", responses=error_responses(ProviderNotFound, ProviderUnavailable))
async def recommendations(
    asked: RecommendationAsked, services: ServicesOf, token: Token
) -> Recommendations:
    """A list from where the person is to where they want to be, from one source of music."""
    providers, felt = services.providers, asked.felt()
    source = providers.first_ready() if asked.provider is None else providers.get(asked.provider)
    wish = wish_for(felt.affect, asked.goal or default_goal(felt), tuple(Kind), asked.limit)
    offered = await source.candidates(wish)
    if not offered:
        status = source.status()
        raise ProviderUnavailable(status.message, detail=status.detail)
    excluded = set(asked.exclude)
    items = [item for item in offered if item.id not in excluded]
    recent = await _recent(services, token, source.id)
    made = await anyio.to_thread.run_sync(partial(recommend, items, wish, recent=recent))
    return Recommendations.of(made, source.id, asked.emotion or _heard(services, felt))


async def _recent(services: Services, token: str | None, source_id: str) -> list[str]:
    if token is None:
        return []
    try:
        async with services.database.read() as db:
            session = await sessions.find(db, token)
            played = [] if session is None else await plays.newest(db, session.id, RECENT_PLAYS)
    except StoreUnavailable as error:
        log.warning("a list is made without what was played before: %s", error.in_full)
        return []
    return [play.item_id for play in played if play.provider == source_id]


def _heard(services: Services, scores: Scores) -> Emotion | None:
    """The top emotion, None where the recogniser would call itself unsure."""
    recognizer = services.recognizer
    unsure_below = 0.0 if isinstance(recognizer, ModelError) else recognizer.info.unsure_below
    return scores.told(unsure_below)
