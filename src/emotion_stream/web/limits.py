"""How large a body may be, and how often one client may ask for work."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from emotion_stream.errors import RateLimited, UploadTooLarge

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
        # Twenty digits are beyond any limit; Python refuses to convert thousands of them.
        if declared.isdecimal() and int(declared[:20]) > limit:
            raise self._refusal(scope["path"], limit)
        seen = 0

        # The length that is declared may be missing (chunked) or wrong.
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


# How often one client may ask for work: a leaky bucket per address, in bounded memory.

MAX_CLIENTS = 10_000


class RateLimit:
    """`per_minute` calls at once, after that one every 60 / `per_minute` seconds.

    Kept as the time at which a client's bucket is empty again (the generic cell rate algorithm of
    ITU-T I.371), so a client is one number; the ones seen longest ago are forgotten first.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def take(self, client: str) -> None:
        """Count one call. Raises RateLimited with the seconds to wait."""
        now, interval_s = self._clock(), 60 / self._per_minute
        empty_at = max(self._empty_at.get(client, now), now) + interval_s
        wait_s = empty_at - now - 60
        if wait_s > 1e-6:  # not for a rounding error
            raise RateLimited(
                f"More than {self._per_minute} recordings in a minute. "
                f"Try again in {math.ceil(wait_s)} s.",
                retry_after_s=math.ceil(wait_s),
            )
        self._empty_at[client] = empty_at
        self._empty_at.move_to_end(client)
        if len(self._empty_at) > MAX_CLIENTS:
            self._empty_at.popitem(last=False)
