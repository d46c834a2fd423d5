"""The composition root: settings in, a running application out."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import anyio.to_thread
import httpx
from fastapi import FastAPI
from starlette.routing import Route

from emotion_stream import __version__
from emotion_stream.errors import ModelError, ProviderUnavailable, StoreUnavailable
from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.music.provider import Provider
from emotion_stream.music.registry import ProviderRegistry
from emotion_stream.music.starter import StarterLibrary
from emotion_stream.recognition.recognizer import Recognizer as ShippedRecognizer
from emotion_stream.settings import Settings
from emotion_stream.store import Database, app_settings
from emotion_stream.web import api, pages
from emotion_stream.web.access_log import quiet_requests
from emotion_stream.web.analysis_pool import AnalysisPool
from emotion_stream.web.error_handlers import ErrorBoundary, add_error_handlers
from emotion_stream.web.limits import BodyLimit, RateLimit
from emotion_stream.web.security import HostCheck, OriginCheck, SecurityHeaders
from emotion_stream.web.services import Recognizer, Services, spotify_in_page
from emotion_stream.web.spotify import sign_in
from emotion_stream.web.spotify.factory import open_spotify
from emotion_stream.web.static_files import StaticFiles, read_static_files

MUSIC_CACHE = "music-folder.json"

log = logging.getLogger(__name__)


def create_app(
    settings: Settings,
    *,
    recognizer: Recognizer | ModelError | None = None,
    providers: Sequence[Provider] | None = None,
    spotify_http: httpx.AsyncClient | None = None,
) -> FastAPI:
    """The page and the API. The database must have been migrated (`emotion_stream.store.migrate`).

    Without a recogniser the one in the package is loaded when the server starts; where its model
    is missing, or a ModelError is given, the server runs all the same and says so. Without
    providers the person's folder and the starter library are offered. `spotify_http` asks Spotify
    instead of a client of the server's own, and stays open when it stops.
    """
    app = FastAPI(
        title="Emotion Stream",
        version=__version__,
        summary="How a voice sounds, and music that fits.",
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_url=f"{api.PREFIX}/openapi.json",
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, recognizer, providers, spotify_http),
    )
    assets = read_static_files()
    app.state.pages = pages.page_environment(assets)
    quiet_requests()
    _add_edges(app, settings)
    _add_routes(app, assets)
    return app


def _lifespan(
    settings: Settings,
    recognizer: Recognizer | ModelError | None,
    providers: Sequence[Provider] | None,
    spotify_http: httpx.AsyncClient | None,
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(settings.resolved_database_url)
        registry = ProviderRegistry(
            await _own_providers(settings, database) if providers is None else providers
        )
        loaded = recognizer
        if loaded is None:
            loaded = await anyio.to_thread.run_sync(_load_recognizer, settings)
        app.state.services = Services(
            settings=settings,
            database=database,
            recognizer=loaded,
            providers=registry,
            local_folder=_local_folder(registry.providers),
            analysis_pool=AnalysisPool(
                settings.max_concurrent_analyses, settings.max_queued_analyses
            ),
            rate_limit=RateLimit(settings.analyses_per_minute),
            spotify=await open_spotify(settings, database, http=spotify_http),
        )
        await registry.start()
        try:
            yield
        finally:
            await registry.close()
            await app.state.services.spotify.close()
            await database.close()

    return lifespan


def _load_recognizer(settings: Settings) -> Recognizer | ModelError:
    """The recogniser, or why there is none: the page works without it, by choosing a mood."""
    try:
        return ShippedRecognizer(settings.model_path)
    except ModelError as error:
        log.error("no analyses: %s", error)
        return error


async def _own_providers(settings: Settings, database: Database) -> list[Provider]:
    """The sources of music that need no account, as far as they are there."""
    folder = settings.library or await _chosen_folder(database)
    providers: list[Provider] = [LocalFolder(folder, settings.data_dir / MUSIC_CACHE)]
    try:
        providers.append(StarterLibrary())
    except ProviderUnavailable as error:
        log.error("no starter library: %s", error)
    return providers


def _local_folder(providers: Sequence[Provider]) -> LocalFolder | None:
    found = (provider for provider in providers if isinstance(provider, LocalFolder))
    return next(found, None)


async def _chosen_folder(database: Database) -> Path | None:
    """The music folder that was chosen in the page."""
    try:
        async with database.read() as db:
            chosen = await app_settings.get(db, app_settings.MUSIC_FOLDER)
    except StoreUnavailable as error:
        log.error("no music folder: %s", error.in_full)
        return None
    return None if chosen is None else Path(chosen)


def _add_edges(app: FastAPI, settings: Settings) -> None:
    """The middleware, inside out: the last one added sees a request first."""
    app.add_middleware(BodyLimit, upload_bytes=settings.max_upload_mb * 1_000_000)
    app.add_middleware(OriginCheck)
    app.add_middleware(HostCheck, own_host=settings.host, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(ErrorBoundary)
    app.add_middleware(SecurityHeaders, spotify=lambda: spotify_in_page(app))
    add_error_handlers(app)


def _add_routes(app: FastAPI, assets: StaticFiles) -> None:
    # Not `include_router`: it would build each route once more, which delays the first request by
    # 0.1 s and changes nothing, since no prefix and no dependency is given.
    for part in (api, pages, sign_in):
        app.router.routes.extend(part.router.routes)
    app.router.routes.append(Route("/static/{version}/{path:path}", assets.serve))
