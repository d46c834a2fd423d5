"""An upload becomes a temporary file that is gone when the request is, however it ends."""

from __future__ import annotations

import errno
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

import anyio
import anyio.to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive

from emotion_stream.errors import (
    EmptyAudio,
    InvalidRequest,
    NotAudio,
    StoreUnavailable,
    UploadStalled,
)
from emotion_stream.store.text import shortened
from emotion_stream.web.limits import too_large

IN_MEMORY_BYTES = 1_000_000
MAX_OTHER_FIELDS = 8
MOST_IDLE_S = 30.0
NAME_CHARS = 255
DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Upload:
    """`content` stands at its first byte. `name` is what the sender calls it: never a path."""

    content: BinaryIO
    name: str | None


@asynccontextmanager
async def received(request: Request, max_bytes: int) -> AsyncIterator[Upload]:
    """Read the upload of a request: multipart field `file`, or the body itself.

    Raises NotAudio for other content types, InvalidRequest, EmptyAudio, UploadTooLarge,
    UploadStalled where no more of it comes, and StoreUnavailable where the disk is full.
    """
    request = Request(request.scope, _in_time(request.receive))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            async with _from_form(request, max_bytes) as upload:
                yield upload
        elif kind == "application/octet-stream" or kind.startswith(("audio/", "video/")):
            async with _from_body(request) as upload:
                yield upload
        else:
            raise NotAudio(
                f"The content type is {kind[:60]!r}. Send the recording as audio/*, video/* or "
                "application/octet-stream, or as the field `file` of a multipart form."
            )
    except OSError as error:
        if error.errno not in DISK_IS_FULL:
            raise
        raise StoreUnavailable(
            "The server's disk is full, so the recording could not be received. "
            "Make room in its temporary folder and try again."
        ) from error


def _in_time(receive: Receive) -> Receive:
    """A connection that has died without a word would keep its place and its file for ever."""

    async def receive_in_time() -> Message:
        with anyio.move_on_after(MOST_IDLE_S):
            return await receive()
        raise UploadStalled(
            f"No more of the recording came for {MOST_IDLE_S:.0f} seconds. "
            "Check the connection and send it again."
        )

    return receive_in_time


@asynccontextmanager
async def _from_form(request: Request, max_bytes: int) -> AsyncIterator[Upload]:
    try:
        form = await request.form(max_files=1, max_fields=MAX_OTHER_FIELDS)
    except HTTPException as error:
        raise InvalidRequest(f"The form cannot be read: {error.detail}") from error
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InvalidRequest("The form has no file in its field `file`.")
        _check_size(file.size or 0, max_bytes)
        yield Upload(file.file, shown_name(file.filename))
    finally:
        await form.close()


@asynccontextmanager
async def _from_body(request: Request) -> AsyncIterator[Upload]:
    with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as spool:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
            if size > IN_MEMORY_BYTES:
                # From here on the spool is a file, and a disk may take its time.
                await anyio.to_thread.run_sync(spool.write, chunk)
            else:
                spool.write(chunk)
        _check_size(size, max_bytes=size)  # `BodyLimit` has counted already
        spool.seek(0)
        yield Upload(cast(BinaryIO, spool), None)


def shown_name(given: str | None) -> str | None:
    """The last part of a name, fit to be shown and stored; some senders give a whole path."""
    last = re.split(r"[/\\]", given or "")[-1]
    return shortened(last, NAME_CHARS) or None


def _check_size(size: int, max_bytes: int) -> None:
    if size == 0:
        raise EmptyAudio("The recording is empty: it has no bytes. Record or choose it again.")
    if size > max_bytes:
        raise too_large(max_bytes)
