"""Is the server able to do its work?"""

from __future__ import annotations

from fastapi import APIRouter

from emotion_stream import __version__
from emotion_stream.errors import ModelMismatch, ModelMissing, StoreUnavailable
from emotion_stream.web.routes.failing import failing
from emotion_stream.web.schemas import Health, Model
from emotion_stream.web.services import ServicesOf

router = APIRouter(tags=["health"])


@router.get("/health", responses=failing(ModelMissing, ModelMismatch, StoreUnavailable))
async def health(services: ServicesOf) -> Health:
    """Version, model and database; a failure names the one that is missing."""
    recognizer = services.hearing()
    await services.database.check()
    return Health(
        status="ok",
        version=__version__,
        model=Model.model_validate(recognizer.info),
        database="ok",
    )
