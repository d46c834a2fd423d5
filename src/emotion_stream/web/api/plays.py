"""What was played, kept only where the person agreed to a history."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
)

from emotion_stream.errors import ItemNotFound, NotFound, ProviderNotFound, StoreUnavailable
from emotion_stream.store import PlayEvent, plays, sessions
from emotion_stream.web.api.schemas import MAX_POSITION_S, Id, RequestModel, error_responses
from emotion_stream.web.services import Now, ServicesOf
from emotion_stream.web.session_cookie import Token

router = APIRouter(prefix="/plays", tags=["plays"])

NOT_KEPT: dict[int | str, dict[str, str]] = {204: {"description": "This session keeps no history."}}


class Play(BaseModel):
    """Something was started, heard to its end or skipped."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    created_at: AwareDatetime
    provider: str
    item_id: str
    title: str
    event: PlayEvent
    position_s: float
    reading_id: str | None


class PlayAsked(RequestModel):
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


@router.post(
    "",
    status_code=201,
    response_model=Play,
    responses=NOT_KEPT
    | error_responses(ProviderNotFound, ItemNotFound, NotFound, StoreUnavailable),
)
async def played(asked: PlayAsked, services: ServicesOf, token: Token, now: Now) -> Play | Response:
    """Note that an item was started, finished or skipped."""
    item = await services.providers.get(asked.provider).item(asked.item_id)
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
