"""From an uploaded recording to a reading, kept only where the person agreed."""

from __future__ import annotations

import logging
from functools import partial

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from emotion_stream.errors import (
    AudioTooLong,
    Busy,
    ConsentRequired,
    DamagedAudio,
    EmptyAudio,
    ModelMissing,
    NoAudioTrack,
    NotAudio,
    NotFound,
    RateLimited,
    StoreUnavailable,
    UploadStalled,
)
from emotion_stream.store import Session, StoredReading, readings, sessions
from emotion_stream.web import schemas
from emotion_stream.web.asked import CorrectionAsked
from emotion_stream.web.cookie import Token
from emotion_stream.web.desk import still_wanted
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.security import says_where_from
from emotion_stream.web.services import Now, Services, ServicesOf
from emotion_stream.web.uploads import received

log = logging.getLogger(__name__)

BYTES_PER_MB = 1_000_000
BINARY = {"schema": {"type": "string", "format": "binary"}}
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
            "application/octet-stream": BINARY,
            "audio/*": BINARY,
            "video/*": BINARY,
        },
    }
}

router = APIRouter(prefix="/analyses", tags=["analysis"])


@router.post(
    "",
    response_model=schemas.Reading,
    openapi_extra=UPLOAD,
    responses=failing(
        ConsentRequired, ModelMissing, EmptyAudio, NotAudio, NoAudioTrack, DamagedAudio,
        AudioTooLong, UploadStalled, Busy, RateLimited, StoreUnavailable,
    ),
)  # fmt: skip
async def analyse(request: Request, services: ServicesOf, token: Token, now: Now) -> Response:
    """Analyse one recording. The audio is never kept; the reading only with consent to history."""
    recognizer = services.hearing()
    # A page whose session is gone is no plain call: it was deleted in another tab.
    must_agree = token is not None or says_where_from(request.headers)
    session = await _agreed(services, token) if must_agree else None
    with services.desk.place():
        services.rate_limit.take(request.client.host if request.client else "")
        async with received(request, services.settings.max_upload_mb * BYTES_PER_MB) as upload:
            limit_s = services.settings.max_duration_s
            hear = partial(
                recognizer.analyze, upload.content, max_duration_s=limit_s, progress=still_wanted
            )
            reading = await services.desk.run(hear, request)
    made = StoredReading("", now, upload.name, reading)
    if session is None or not session.history:
        return await _answer(made)
    try:
        kept = await _keep(services, token, made)
    except StoreUnavailable as error:  # the person gets their reading all the same
        log.warning("a reading could not be kept: %s", error.in_full)
        return await _answer(made, unsaved=True)
    return await _answer(kept or made)


@router.get(
    "/{reading_id}", response_model=schemas.Reading, responses=failing(NotFound, StoreUnavailable)
)
async def show(reading_id: str, services: ServicesOf, token: Token) -> Response:
    """One reading of this session."""
    async with services.database.read() as db:
        session = _known(await sessions.find(db, token), reading_id)
        kept = await readings.get(db, session.id, reading_id)
    return await _answer(kept)


@router.delete("/{reading_id}", status_code=204, responses=failing(NotFound, StoreUnavailable))
async def remove(reading_id: str, services: ServicesOf, token: Token) -> None:
    """Delete one reading of this session."""
    async with services.database.write() as db:
        session = _known(await sessions.lock(db, token), reading_id)
        await readings.remove(db, session.id, reading_id)


@router.put(
    "/{reading_id}/correction",
    response_model=schemas.Reading,
    responses=failing(NotFound, StoreUnavailable),
)
async def correct(
    reading_id: str, asked: CorrectionAsked, services: ServicesOf, token: Token, now: Now
) -> Response:
    """Say what it was."""
    async with services.database.write() as db:
        session = _known(await sessions.lock(db, token), reading_id)
        kept = await readings.correct(db, session.id, reading_id, asked.emotion, now=now)
    return await _answer(kept)


@router.delete(
    "/{reading_id}/correction",
    response_model=schemas.Reading,
    responses=failing(NotFound, StoreUnavailable),
)
async def undo_correction(
    reading_id: str, services: ServicesOf, token: Token, now: Now
) -> Response:
    """Take the correction back."""
    async with services.database.write() as db:
        session = _known(await sessions.lock(db, token), reading_id)
        kept = await readings.correct(db, session.id, reading_id, None, now=now)
    return await _answer(kept)


async def _answer(kept: StoredReading, *, unsaved: bool = False) -> Response:
    """A reading as JSON; hours of speech are megabytes, so it is written by a thread."""

    def write() -> str:
        return schemas.Reading.of(kept, unsaved=unsaved).model_dump_json()

    return Response(await anyio.to_thread.run_sync(write), media_type="application/json")


async def _agreed(services: Services, token: str | None) -> Session:
    """The session of who agreed to analyses. Raises ConsentRequired."""
    async with services.database.read() as db:
        session = await sessions.find(db, token)
    if session is None or not session.analyse:
        raise ConsentRequired(
            "Nothing is analysed before you agree to it. Read the notice on the start page."
        )
    return session


async def _keep(services: Services, token: str | None, made: StoredReading) -> StoredReading | None:
    """Store the reading where history is still on. Raises StoreUnavailable."""
    async with services.database.write() as db:
        # Asked again: the consent may have been taken back while the analysis ran.
        session = await sessions.lock(db, token)
        if session is None or not session.history:
            return None
        return await readings.keep(
            db, session.id, made.reading, file=made.file, now=made.created_at
        )


def _known(session: Session | None, reading_id: str) -> Session:
    if session is None:
        raise NotFound(f"There is no reading {reading_id[:40]} in this session.")
    return session
