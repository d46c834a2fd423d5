"""The HTTP API, one file per noun; docs/http-api.md is its contract."""

from __future__ import annotations

from fastapi import APIRouter

from emotion_stream.web.api import (
    analyses,
    health,
    library,
    plays,
    recommendations,
    session,
    spotify,
    spotify_setup,
)

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX)
for part in (
    health,
    session,
    analyses,
    recommendations,
    library,
    plays,
    spotify_setup,
    spotify,
):
    router.include_router(part.router)
