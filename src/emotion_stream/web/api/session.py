"""What the person agreed to, what is kept for them, and how all of it goes away."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Response
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    StrictBool,
)

from emotion_stream.errors import StoreUnavailable
from emotion_stream.store import (
    Session,
    StoredPlay,
    StoredReading,
    Transaction,
    plays,
    readings,
    sessions,
)
from emotion_stream.web import session_cookie
from emotion_stream.web.api.analyses import KeptReading
from emotion_stream.web.api.plays import Play
from emotion_stream.web.api.schemas import RequestModel, error_responses
from emotion_stream.web.services import Now, ServicesOf
from emotion_stream.web.session_cookie import Token

MOST_SHOWN = 50

router = APIRouter(prefix="/session", tags=["session"])


class Consent(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    analyse: bool
    history: bool


class SessionState(BaseModel):
    """What the person agreed to and what is kept for them, newest first, at most 50 of each."""

    consent: Consent
    created_at: AwareDatetime | None
    readings: list[KeptReading]
    plays: list[Play]

    @classmethod
    def of(
        cls, session: Session | None, readings: list[StoredReading], plays: list[StoredPlay]
    ) -> Self:
        agreed = Consent(analyse=False, history=False)
        return cls(
            consent=Consent.model_validate(session) if session else agreed,
            created_at=None if session is None else session.created_at,
            readings=[KeptReading.of(kept) for kept in readings],
            plays=[Play.model_validate(play) for play in plays],
        )


def _agreed(analyse: bool) -> bool:
    if not analyse:
        raise ValueError("nothing works without it; to take it back, DELETE the session")
    return analyse


class ConsentAsked(RequestModel):
    """Consents. `analyse` is true or the session is deleted instead."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"analyse": True, "history": False}]})

    analyse: Annotated[StrictBool, AfterValidator(_agreed)]
    history: StrictBool


@router.get("", responses=error_responses(StoreUnavailable))
async def show(services: ServicesOf, token: Token, response: Response) -> SessionState:
    """Consents and history; without a session both consents are false."""
    if token is None:
        return SessionState.of(None, [], [])
    async with services.database.read() as db:
        session = await sessions.find(db, token)
        state = await _state(db, session)
    if session is not None:  # a year from the last visit, not from the first
        session_cookie.give(response, token, services)
    return state


@router.put("", responses=error_responses(StoreUnavailable))
async def agree(
    asked: ConsentAsked, services: ServicesOf, token: Token, now: Now, response: Response
) -> SessionState:
    """Record the consents. Turning history off deletes what was kept."""
    async with services.database.write() as db:
        session, new_token = await sessions.agree(db, token, history=asked.history, now=now)
        state = await _state(db, session)
    session_cookie.give(response, new_token, services)
    return state


@router.delete("", status_code=204, responses=error_responses(StoreUnavailable))
async def forget(services: ServicesOf, token: Token, response: Response) -> None:
    """Delete everything that is kept for this session, at once."""
    if token is not None:
        async with services.database.write() as db:
            session_id = await sessions.forget(db, token)
        if session_id is not None:
            services.spotify.gone(session_id)
    session_cookie.take_back(response, services)


async def _state(db: Transaction, session: Session | None) -> SessionState:
    if session is None:
        return SessionState.of(None, [], [])
    return SessionState.of(
        session,
        await readings.newest(db, session.id, MOST_SHOWN),
        await plays.newest(db, session.id, MOST_SHOWN),
    )
