"""From an uploaded recording to a reading, kept only where the person agreed."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Self

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
)

from emotion_stream.emotions import Emotion, Verdict
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
from emotion_stream.web.analysis_pool import still_wanted
from emotion_stream.web.api.schemas import Affect, RequestModel, error_responses, example
from emotion_stream.web.security import says_where_from
from emotion_stream.web.services import Now, Services, ServicesOf
from emotion_stream.web.session_cookie import Token
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


class Quality(BaseModel):
    """How usable the recording is, in words and in figures."""

    model_config = ConfigDict(from_attributes=True)

    verdict: Verdict
    message: str
    duration_s: float
    speech_s: float
    level_dbfs: float | None
    peak: float
    clipped_ratio: float
    snr_db: float | None
    damaged_ratio: float


class Moment(BaseModel):
    """One window of a longer recording."""

    start_s: float
    end_s: float
    emotion: Emotion | None
    confidence: float
    scores: dict[Emotion, float]


class KeptReading(BaseModel):
    """A reading in a list: without its timeline and waveform. `GET /analyses/{id}` has them."""

    id: str | None
    created_at: AwareDatetime
    file: str | None
    duration_s: float
    emotion: Emotion | None
    unsure: bool
    likely: list[Emotion]
    confidence: float | None
    scores: dict[Emotion, float] | None
    affect: Affect | None
    quality: Quality
    correction: Emotion | None

    @classmethod
    def of(cls, kept: StoredReading) -> Self:
        return cls.model_validate(_reading_fields(kept))


class Reading(KeptReading):
    """How a voice sounded. Without speech there are no scores, and no emotion."""

    model_config = example(
        {
            "id": "r_8sJ2mVYx0Q4",
            "created_at": "2026-03-01T18:30:00Z",
            "file": "monday.m4a",
            "duration_s": 4.2,
            "emotion": "sadness",
            "unsure": False,
            "likely": ["sadness", "calm"],
            "confidence": 0.71,
            "scores": {
                "neutral": 0.05,
                "calm": 0.12,
                "happiness": 0.02,
                "sadness": 0.71,
                "anger": 0.01,
                "fear": 0.06,
                "disgust": 0.02,
                "surprise": 0.01,
            },
            "affect": {"valence": -0.5, "arousal": -0.4},
            "quality": {
                "verdict": "good",
                "message": "Clear speech.",
                "duration_s": 4.2,
                "speech_s": 2.9,
                "level_dbfs": -23.0,
                "peak": 0.6,
                "clipped_ratio": 0.0,
                "snr_db": 31.0,
                "damaged_ratio": 0.0,
            },
            "timeline": [],
            "waveform": [0.01, 0.2],
            "unsaved": False,
            "correction": None,
        }
    )

    timeline: list[Moment]
    waveform: list[float]
    unsaved: bool = Field(
        description="True where it belongs into the history and could not be saved."
    )

    @classmethod
    def of(cls, kept: StoredReading, *, unsaved: bool = False) -> Self:
        waveform = list(kept.reading.waveform)
        return cls.model_validate(
            {**_reading_fields(kept), "waveform": waveform, "unsaved": unsaved}
        )


class Correction(BaseModel):
    """What the person says it was, or null where they took it back."""

    model_config = example({"id": "r_8sJ2mVYx0Q4", "correction": "calm"})

    id: str
    correction: Emotion | None


def _reading_fields(kept: StoredReading) -> dict[str, object]:
    reading = kept.reading
    return {
        **reading.as_dict(),
        "id": kept.id or None,
        "created_at": kept.created_at,
        "file": kept.file,
        "unsure": reading.unsure,
        "likely": [] if reading.scores is None else reading.scores.likely,
        "correction": kept.correction,
    }


class CorrectionAsked(RequestModel):
    """What the person says it was."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"emotion": "calm"}]})

    emotion: Emotion


@router.post(
    "",
    response_model=Reading,
    openapi_extra=UPLOAD,
    responses=error_responses(
        ConsentRequired, ModelMissing, EmptyAudio, NotAudio, NoAudioTrack, DamagedAudio,
        AudioTooLong, UploadStalled, Busy, RateLimited, StoreUnavailable,
    ),
)  # fmt: skip
async def analyse(request: Request, services: ServicesOf, token: Token, now: Now) -> Response:
    """Analyse one recording. The audio is never kept; the reading only with consent to history."""
    recognizer = services.require_recognizer()
    # A page whose session is gone is no plain call: it was deleted in another tab.
    must_agree = token is not None or says_where_from(request.headers)
    session = await _agreed(services, token) if must_agree else None
    with services.analysis_pool.place():
        services.rate_limit.take(request.client.host if request.client else "")
        async with received(request, services.settings.max_upload_mb * BYTES_PER_MB) as upload:
            limit_s = services.settings.max_duration_s
            hear = partial(
                recognizer.analyze, upload.content, max_duration_s=limit_s, progress=still_wanted
            )
            reading = await services.analysis_pool.run(hear, request)
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
    "/{reading_id}", response_model=Reading, responses=error_responses(NotFound, StoreUnavailable)
)
async def show(reading_id: str, services: ServicesOf, token: Token) -> Response:
    """One reading of this session."""
    async with services.database.read() as db:
        session = _known(await sessions.find(db, token), reading_id)
        kept = await readings.get(db, session.id, reading_id)
    return await _answer(kept)


@router.delete(
    "/{reading_id}", status_code=204, responses=error_responses(NotFound, StoreUnavailable)
)
async def remove(reading_id: str, services: ServicesOf, token: Token) -> None:
    """Delete one reading of this session."""
    async with services.database.write() as db:
        session = _known(await sessions.lock(db, token), reading_id)
        await readings.remove(db, session.id, reading_id)


@router.put("/{reading_id}/correction", responses=error_responses(NotFound, StoreUnavailable))
async def correct(
    reading_id: str, asked: CorrectionAsked, services: ServicesOf, token: Token, now: Now
) -> Correction:
    """Say what it was."""
    return await _corrected(services, token, reading_id, asked.emotion, now)


@router.delete("/{reading_id}/correction", responses=error_responses(NotFound, StoreUnavailable))
async def undo_correction(
    reading_id: str, services: ServicesOf, token: Token, now: Now
) -> Correction:
    """Take the correction back."""
    return await _corrected(services, token, reading_id, None, now)


async def _corrected(
    services: Services, token: str | None, reading_id: str, emotion: Emotion | None, now: datetime
) -> Correction:
    """What changed, and not the reading with its hours of timeline."""
    async with services.database.write() as db:
        session = _known(await sessions.lock(db, token), reading_id)
        await readings.correct(db, session.id, reading_id, emotion, now=now)
    return Correction(id=reading_id, correction=emotion)


async def _answer(kept: StoredReading, *, unsaved: bool = False) -> Response:
    """A reading as JSON; hours of speech are megabytes, so it is written by a thread."""

    def write() -> str:
        return Reading.of(kept, unsaved=unsaved).model_dump_json()

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
