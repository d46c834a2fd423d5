"""The sources of music, their items, and the sound of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import FileResponse, RedirectResponse, Response

from emotion_stream.errors import (
    ItemNotFound,
    LibraryFolderInvalid,
    LibraryNotAllowed,
    ProviderNotFound,
    ProviderUnavailable,
    RangeNotSatisfiable,
    StoreUnavailable,
)
from emotion_stream.music import provider as music
from emotion_stream.music.local.provider import LocalFolder, checked_folder
from emotion_stream.music.local.tags import shown_path
from emotion_stream.music.provider import Kind, ProviderState, Url
from emotion_stream.store import app_settings
from emotion_stream.web.api.schemas import Affect, RequestModel, error_responses
from emotion_stream.web.file_response import file_response
from emotion_stream.web.services import Now, Services, ServicesOf

BINARY = {"audio/*": {"schema": {"type": "string", "format": "binary"}}}
SOUND: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole sound.", "content": BINARY},
    206: {"description": "The range that was asked for.", "content": BINARY},
    304: {"description": "The browser has it already."},
}

router = APIRouter(prefix="/library", tags=["library"])


class Item(BaseModel):
    """Something that can be played."""

    model_config = ConfigDict(from_attributes=True)

    provider: str
    id: str
    kind: Kind
    title: str
    creators: list[str]
    album: str | None
    genre: str | None
    duration_s: float
    tempo_bpm: float | None
    affect: Affect
    affect_sigma: float = Field(
        description="How uncertain `affect` is: a standard deviation in the same units, both axes."
    )
    affect_source: str = Field(
        description="Where `affect` comes from: “by construction”, or a text that begins with "
        "“audio estimate” where it is guessed from the sound."
    )
    licence: str | None
    link: str | None
    audio_url: str

    @classmethod
    def of(cls, item: music.Item) -> Self:
        address = f"/api/v1/library/{item.provider}/{item.id}/audio"
        return cls.model_validate({**vars(item), "audio_url": address})


class Source(BaseModel):
    """A source of music and how it is doing; `done` of `total` files while it scans."""

    id: str
    name: str
    state: ProviderState
    items: int
    message: str
    done: int
    total: int

    @classmethod
    def of(cls, source: music.Provider, *, in_full: bool) -> Self:
        status = dict(vars(source.status()))
        detail = status.pop("detail")
        if in_full and detail:
            status["message"] += f" {detail}"
        return cls(id=source.id, name=source.name, **status)


class Library(BaseModel):
    """The sources of music in the order they are offered, and the person's own folder."""

    providers: list[Source]
    folder: str | None
    folder_editable: bool


class FolderAsked(RequestModel):
    """The folder of the person's own music, as an absolute path on the server's machine."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"path": "/home/me/Music"}]})

    path: str = Field(min_length=1, max_length=4096)


@router.get("", responses=error_responses())
async def show(request: Request, services: ServicesOf) -> Library:
    """All sources of music and how they are doing."""
    return _library(request, services)


@router.get("/{provider}/{item_id}", responses=error_responses(ProviderNotFound, ItemNotFound))
async def item(provider: str, item_id: str, services: ServicesOf) -> Item:
    """One item."""
    return Item.of(await services.providers.get(provider).item(item_id))


@router.head("/{provider}/{item_id}/audio", include_in_schema=False)
@router.get(
    "/{provider}/{item_id}/audio",
    response_class=FileResponse,
    responses=SOUND
    | error_responses(ProviderNotFound, ItemNotFound, ProviderUnavailable, RangeNotSatisfiable),
)
async def audio(request: Request, provider: str, item_id: str, services: ServicesOf) -> Response:
    """The sound, whole or in the range that is asked for (RFC 9110, section 14)."""
    playback = await services.providers.get(provider).playback(item_id)
    if isinstance(playback, Url):
        return RedirectResponse(playback.url, status_code=307)
    return await file_response(request, playback)


@router.put(
    "/folder", responses=error_responses(LibraryFolderInvalid, LibraryNotAllowed, StoreUnavailable)
)
async def choose_folder(
    request: Request, asked: FolderAsked, services: ServicesOf, now: Now
) -> Library:
    """Choose the folder of one's own music; it is looked through in the background."""
    source = _editable_folder(request, services)
    path = Path(asked.path)
    await anyio.to_thread.run_sync(checked_folder, path)
    async with services.choosing:
        async with services.database.write() as db:
            await app_settings.put(db, app_settings.MUSIC_FOLDER, asked.path, now=now)
        await source.set_folder(path)
    return _library(request, services)


@router.delete("/folder", responses=error_responses(LibraryNotAllowed, StoreUnavailable))
async def forget_folder(request: Request, services: ServicesOf) -> Library:
    """Forget the folder and what was worked out of its files; nothing in it is touched."""
    source = _editable_folder(request, services)
    async with services.choosing:
        async with services.database.write() as db:
            await app_settings.remove(db, app_settings.MUSIC_FOLDER)
        await source.set_folder(None)
    return _library(request, services)


@router.post("/scan", status_code=202, responses=error_responses())
async def scan(request: Request, services: ServicesOf) -> Library:
    """Look for changes in the folder now."""
    if services.local_folder is not None:
        await services.local_folder.rescan()
    return _library(request, services)


def _library(request: Request, services: Services) -> Library:
    """The path of the folder is nobody's business who sits at another machine."""
    source, is_here = services.local_folder, services.is_here(request)
    return Library(
        providers=[
            Source.of(provider, in_full=is_here) for provider in services.providers.providers
        ],
        folder=shown_path(source.folder) if source and source.folder and is_here else None,
        folder_editable=source is not None and is_here and services.settings.library is None,
    )


def _editable_folder(request: Request, services: Services) -> LocalFolder:
    """Raises LibraryNotAllowed, saying who may choose the folder and how."""
    if services.settings.library is not None:
        raise LibraryNotAllowed(
            "The music folder is set by EMOTION_STREAM_LIBRARY or --library. Change it there."
        )
    source = services.local_folder
    if source is None:
        raise LibraryNotAllowed("This server plays no folder of its own.")
    if services.settings.secure_cookies:
        raise LibraryNotAllowed(
            "Behind TLS the music folder is set by EMOTION_STREAM_LIBRARY or --library."
        )
    if not services.is_here(request):
        raise LibraryNotAllowed(
            "The music folder can only be chosen on the machine that runs the server: "
            "open its page there, at http://127.0.0.1 and its port."
        )
    return source
