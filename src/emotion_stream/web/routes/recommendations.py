"""From a mood and a goal to a list of music, each item with its reason."""

from __future__ import annotations

import logging
from functools import partial

import anyio.to_thread
from fastapi import APIRouter

from emotion_stream.emotions import Emotion, Scores
from emotion_stream.errors import (
    ModelError,
    ProviderNotFound,
    ProviderUnavailable,
    StoreUnavailable,
)
from emotion_stream.music.provider import Kind
from emotion_stream.recommendation import default_goal, recommend, wish_for
from emotion_stream.store import plays, sessions
from emotion_stream.web.asked import RecommendationAsked
from emotion_stream.web.cookie import Token
from emotion_stream.web.offered import Recommendations
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.services import Services, ServicesOf

log = logging.getLogger(__name__)

RECENT_PLAYS = 50

router = APIRouter(prefix="/recommendations", tags=["recommendation"])


@router.post("", responses=failing(ProviderNotFound, ProviderUnavailable))
async def recommendations(
    asked: RecommendationAsked, services: ServicesOf, token: Token
) -> Recommendations:
    """A list from where the person is to where they want to be, from one source of music."""
    shelf, felt = services.shelf, asked.felt()
    source = shelf.first_ready() if asked.provider is None else shelf.get(asked.provider)
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
