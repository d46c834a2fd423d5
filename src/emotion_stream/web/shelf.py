"""The sources of music in the order they are offered, and the one the person's folder is."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from emotion_stream.errors import ProviderNotFound, ProviderUnavailable
from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.music.provider import Provider, ProviderState

log = logging.getLogger(__name__)


class Shelf:
    """Starts, finds and closes providers; a provider that fails never takes another one down."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self.providers = tuple(providers)

    async def start(self) -> None:
        for provider in self.providers:
            try:
                await provider.start()
            except Exception:  # the server lives on without one source of music
                log.exception("the music source %s could not start", provider.id)

    async def close(self) -> None:
        for provider in reversed(self.providers):
            try:
                await provider.close()
            except Exception:  # the others are still to be closed
                log.exception("the music source %s could not close", provider.id)

    @property
    def folder(self) -> LocalFolder | None:
        """The source that plays the person's own folder, where there is one."""
        found = (provider for provider in self.providers if isinstance(provider, LocalFolder))
        return next(found, None)

    def get(self, provider_id: str) -> Provider:
        """Raises ProviderNotFound."""
        for provider in self.providers:
            if provider.id == provider_id:
                return provider
        known = ", ".join(provider.id for provider in self.providers) or "none"
        raise ProviderNotFound(f"There is no music source {provider_id[:40]!r}; known: {known}.")

    def first_ready(self) -> Provider:
        """The first source with something to play. Raises ProviderUnavailable."""
        for provider in self.providers:
            status = provider.status()
            if status.state is ProviderState.READY or (
                status.state is ProviderState.SCANNING and status.items
            ):
                return provider
        raise ProviderUnavailable(
            "No source of music has anything to play yet. Choose a music folder in the settings."
        )
