"""A sound file over HTTP: whole, in part, or not again where the browser has it already."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from emotion_stream.errors import ItemNotFound, RangeNotSatisfiable
from emotion_stream.music.provider import File

ONE_HOUR = "private, max-age=3600"
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


async def file_response(request: Request, file: File) -> Response:
    """Answer with the file, after RFC 9110, sections 13 and 14. Raises ItemNotFound.

    One range is served; several, or a header that makes no sense, get the whole file, as the RFC
    allows (14.2): no player asks for more than one.
    """
    try:
        stat_result = await anyio.to_thread.run_sync(os.stat, file.path)
    except OSError as error:
        raise ItemNotFound("The file of this item has gone. Scan the library again.") from error
    response = FileResponse(
        file.path,
        media_type=file.media_type,
        stat_result=stat_result,
        headers={"cache-control": ONE_HOUR},
    )
    if _is_known(request.headers, response.headers):
        kept = {name: response.headers[name] for name in ("etag", "last-modified", "cache-control")}
        return Response(status_code=304, headers=kept)
    wanted = byte_range(request.headers.get("range", ""))
    if wanted is None or not _still_applies(request, response):
        forget_range(request)
    elif not wanted.holds_something_of(stat_result.st_size):
        return _not_satisfiable(stat_result.st_size)
    return response


@dataclass(frozen=True)
class ByteRange:
    """`bytes=first-last`, `bytes=first-` or, without `first`, the last `last` bytes."""

    first: int | None
    last: int | None

    def holds_something_of(self, size_bytes: int) -> bool:
        return self.first < size_bytes if self.first is not None else bool(self.last and size_bytes)


def byte_range(header: str) -> ByteRange | None:
    """The one range that is asked for; None for none, for several, and for nonsense."""
    found = ONE_RANGE.fullmatch(header)
    if found is None:
        return None
    first, last = (int(digits) if digits else None for digits in found.groups())
    if first is None and last is None:
        return None
    if first is not None and last is not None and last < first:
        return None
    return ByteRange(first, last)


def _is_known(asked: Headers, now: Headers) -> bool:
    known = asked.get("if-none-match")
    if known is None:
        return False
    # A weak comparison, as RFC 9110 asks here (13.1.2); If-Range below takes a strong one (13.1.5).
    tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return "*" in tags or now["etag"] in tags


def _still_applies(request: Request, response: Response) -> bool:
    condition = request.headers.get("if-range")
    return condition is None or condition in (
        response.headers["etag"],
        response.headers["last-modified"],
    )


def _not_satisfiable(size_bytes: int) -> Response:
    error = RangeNotSatisfiable(
        f"The sound has {size_bytes} bytes, and none of them is in the range that was asked for."
    )
    return JSONResponse(
        error.as_dict(), error.status, headers={"content-range": f"bytes */{size_bytes}"}
    )


def forget_range(request: Request) -> None:
    """Answer with the whole file: the framework's own refusals are not in our shape."""
    headers = request.scope["headers"]
    request.scope["headers"] = [pair for pair in headers if pair[0].lower() != b"range"]
