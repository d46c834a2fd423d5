"""The sources of music in the order they are offered."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from emotion_stream.errors import ProviderNotFound, ProviderUnavailable
from emotion_stream.music.provider import Provider, ProviderState, ProviderStatus

log = logging.getLogger(__name__)

ENOUGH = 5
"""From how many items on a source is the one a list comes from by itself."""
ENOUGH_OF_MANY = 20
"""The same while it is still being looked through, where half of it is more than that."""


class ProviderRegistry:
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

    def get(self, provider_id: str) -> Provider:
        """Raises ProviderNotFound."""
        for provider in self.providers:
            if provider.id == provider_id:
                return provider
        known = ", ".join(provider.id for provider in self.providers) or "none"
        raise ProviderNotFound(f"There is no music source {provider_id[:40]!r}; known: {known}.")

    def first_ready(self) -> Provider:
        """The first source with enough for a list, or else the first with anything to play.

        Raises ProviderUnavailable.
        """
        stocked = [
            (provider, status)
            for provider in self.providers
            if (status := provider.status()).items
            and status.state in (ProviderState.READY, ProviderState.SCANNING)
        ]
        for provider, status in stocked:
            if status.items >= _enough(status):
                return provider
        if stocked:
            return stocked[0][0]
        raise ProviderUnavailable(
            "No source of music has anything to play yet. Choose a music folder in the settings."
        )


def _enough(status: ProviderStatus) -> int:
    """The first three tracks of a folder of thousands are no list; of a small one half will do, so
    that one new file does not send its owner elsewhere."""
    if status.state is ProviderState.READY:
        return ENOUGH
    return max(ENOUGH, min(ENOUGH_OF_MANY, status.total // 2))
