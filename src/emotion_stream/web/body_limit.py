"""No body larger than its limit is read: refused by its header, or while it is counted."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emotion_stream.errors import UploadTooLarge

JSON_LIMIT_BYTES = 64_000
MULTIPART_ENVELOPE_BYTES = 16_000
UPLOAD_PATH = "/api/v1/analyses"


class BodyLimit:
    """`upload_bytes` for recordings, 64 kB for everything else. Raises UploadTooLarge."""

    def __init__(self, app: ASGIApp, upload_bytes: int) -> None:
        self.app = app
        self.upload_bytes = upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        limit = self._limit(scope["path"], headers)
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > limit:
            raise self._refusal(scope["path"], limit)
        seen = 0

        async def receive_counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise self._refusal(scope["path"], limit)
            return message

        await self.app(scope, receive_counted, send)

    def _limit(self, path: str, headers: Headers) -> int:
        if path != UPLOAD_PATH:
            return JSON_LIMIT_BYTES
        is_multipart = headers.get("content-type", "").startswith("multipart/")
        return self.upload_bytes + MULTIPART_ENVELOPE_BYTES * is_multipart

    def _refusal(self, path: str, limit: int) -> UploadTooLarge:
        if path == UPLOAD_PATH:
            return too_large(limit)
        return UploadTooLarge(f"The request is larger than {limit // 1000} kB. Send less at once.")


def too_large(limit_bytes: int) -> UploadTooLarge:
    size = (
        f"{limit_bytes // 1_000_000} MB"
        if limit_bytes >= 1_000_000
        else f"{limit_bytes // 1000} kB"
    )
    return UploadTooLarge(
        f"The upload is larger than {size}, the most this server takes. "
        "Cut the recording, or save it as mp3 or opus."
    )
