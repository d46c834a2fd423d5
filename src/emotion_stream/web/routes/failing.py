"""How the description of the API lists what can go wrong."""

from __future__ import annotations

from typing import Any

from emotion_stream.errors import (
    EmotionStreamError,
    ForeignOrigin,
    HostNotAllowed,
    Internal,
    InvalidRequest,
    UploadTooLarge,
)
from emotion_stream.web.schemas import Failure

ALWAYS = (HostNotAllowed, ForeignOrigin, UploadTooLarge, InvalidRequest, Internal)


def failing(*kinds: type[EmotionStreamError]) -> dict[int | str, dict[str, Any]]:
    """`responses` of a route: one entry per status, naming the codes behind it."""
    codes: dict[int, list[str]] = {}
    listed: tuple[type[EmotionStreamError], ...] = (*ALWAYS, *kinds)
    for kind in listed:
        codes.setdefault(kind.status, []).append(kind.code)
    return {
        status: {"model": Failure, "description": ", ".join(f"`{code}`" for code in names)}
        for status, names in sorted(codes.items())
    }
