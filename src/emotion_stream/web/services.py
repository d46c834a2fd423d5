"""What the routes work with: made when the server starts, closed when it stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, BinaryIO, Protocol, cast

import anyio
from fastapi import Depends, FastAPI, Request

from emotion_stream.emotions import Reading
from emotion_stream.errors import ModelError
from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.music.registry import ProviderRegistry
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.settings import Settings
from emotion_stream.store import Database
from emotion_stream.web.analysis_pool import AnalysisPool
from emotion_stream.web.limits import RateLimit
from emotion_stream.web.security import is_from_this_machine

if TYPE_CHECKING:
    from emotion_stream.web.spotify.service import Spotify


class RecognizerInfo(Protocol):
    """What a model says about itself."""

    @property
    def version(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def sample_rate_hz(self) -> int: ...
    @property
    def corpora(self) -> tuple[str, ...]: ...
    @property
    def corpus_titles(self) -> tuple[str, ...]: ...
    @property
    def licence(self) -> str: ...
    @property
    def unsure_below(self) -> float: ...
    @property
    def sha256(self) -> str: ...


class Recognizer(Protocol):
    """Hears a file; safe to call from several threads at once."""

    @property
    def info(self) -> RecognizerInfo: ...

    def analyze(
        self, source: BinaryIO, *, max_duration_s: float, progress: Callable[[float], None]
    ) -> Reading:
        """Calls `progress` with the seconds heard so far; it may raise to stop the work.

        Raises AudioError.
        """


@dataclass
class Services:
    """`recognizer` is the reason it is missing where no model could be loaded.

    `local_folder` is the provider that plays the person's own folder, where there is one.
    `choosing` is held while a choice is stored and followed, so that both come to the same.
    `clock` tells each request its time.
    """

    settings: Settings
    database: Database
    recognizer: Recognizer | ModelError
    providers: ProviderRegistry
    local_folder: LocalFolder | None
    spotify: Spotify
    analysis_pool: AnalysisPool
    rate_limit: RateLimit
    choosing: anyio.Lock = field(default_factory=anyio.Lock)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def require_recognizer(self) -> Recognizer:
        """The recogniser. Raises the ModelError that keeps it away."""
        if isinstance(self.recognizer, ModelError):
            # A new one each time: a raised exception keeps the frames of its request alive.
            raise type(self.recognizer)(str(self.recognizer))
        return self.recognizer

    def is_here(self, request: Request) -> bool:
        """True where who asks sits at the machine that runs the server."""
        return is_from_this_machine(request, behind_tls=self.settings.secure_cookies)


def services_of(request: Request) -> Services:
    return cast(Services, request.app.state.services)


def spotify_in_page(app: FastAPI) -> SpotifyEndpoints | None:
    """Where Spotify's players come from; None while it is unused or the server has not begun."""
    services: Services | None = getattr(app.state, "services", None)
    return None if services is None else services.spotify.in_page()


ServicesOf = Annotated[Services, Depends(services_of)]


def now(services: ServicesOf) -> datetime:
    return services.clock()


Now = Annotated[datetime, Depends(now)]
