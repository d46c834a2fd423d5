"""What was played, kept only where the person agreed to a history."""

from __future__ import annotations

from fastapi import APIRouter, Response

from emotion_stream.errors import ItemNotFound, NotFound, ProviderNotFound, StoreUnavailable
from emotion_stream.store import plays, sessions
from emotion_stream.web.asked import PlayAsked
from emotion_stream.web.cookie import Token
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.schemas import Play
from emotion_stream.web.services import Now, ServicesOf

router = APIRouter(prefix="/plays", tags=["plays"])

NOT_KEPT: dict[int | str, dict[str, str]] = {204: {"description": "This session keeps no history."}}


@router.post(
    "",
    status_code=201,
    response_model=Play,
    responses=NOT_KEPT | failing(ProviderNotFound, ItemNotFound, NotFound, StoreUnavailable),
)
async def played(asked: PlayAsked, services: ServicesOf, token: Token, now: Now) -> Play | Response:
    """Note that an item was started, finished or skipped."""
    item = await services.shelf.get(asked.provider).item(asked.item_id)
    if token is None:
        return Response(status_code=204)
    async with services.database.write() as db:
        session = await sessions.lock(db, token)
        if session is None or not session.history:
            return Response(status_code=204)
        kept = await plays.keep(
            db,
            session.id,
            provider=item.provider,
            item_id=item.id,
            title=item.title,
            event=asked.event,
            position_s=asked.position_s,
            reading_id=asked.reading_id,
            now=now,
        )
    return Play.model_validate(kept)
