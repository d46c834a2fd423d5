"""Is the server able to do its work?"""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from emotion_stream import __version__
from emotion_stream.errors import ModelMismatch, ModelMissing, StoreUnavailable
from emotion_stream.web.api.schemas import error_responses
from emotion_stream.web.services import ServicesOf

router = APIRouter(tags=["health"])


class Model(BaseModel):
    """What the recogniser says about itself."""

    model_config = ConfigDict(from_attributes=True)

    version: str
    labels: list[str]
    sample_rate_hz: int
    corpora: list[str]
    licence: str
    unsure_below: float
    sha256: str


class Health(BaseModel):
    status: str
    version: str
    model: Model
    database: str


@router.get("/health", responses=error_responses(ModelMissing, ModelMismatch, StoreUnavailable))
async def health(services: ServicesOf) -> Health:
    """Version, model and database; a failure names the one that is missing."""
    recognizer = services.require_recognizer()
    await services.database.check()
    return Health(
        status="ok",
        version=__version__,
        model=Model.model_validate(recognizer.info),
        database="ok",
    )
