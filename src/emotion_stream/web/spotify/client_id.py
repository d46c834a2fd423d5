"""Which app at Spotify this installation signs people in with: from the settings, or chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from emotion_stream.errors import SpotifyNotSetUp
from emotion_stream.store import Database, app_settings, spotify_accounts

CLIENT_ID = "spotify_client_id"


class ClientId:
    """`configured` wins over what was chosen in the page; `known` is what was last seen, and
    `changed` is told that every sign-in has ended.

    Everything else raises StoreUnavailable where the database does not answer.
    """

    def __init__(
        self,
        database: Database,
        configured: str | None,
        *,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database, self._changed = database, changed
        self.configured = configured
        self.known = configured

    async def find(self) -> str | None:
        """The client id, None where there is none yet."""
        if self.configured is None:
            async with self._database.read() as db:
                self.known = await app_settings.get(db, CLIENT_ID)
        return self.known

    async def get(self) -> str:
        """The client id. Raises SpotifyNotSetUp."""
        found = await self.find()
        if found is None:
            raise SpotifyNotSetUp(
                "Spotify is not set up here yet. The owner of this server can do it on its "
                "Spotify page."
            )
        return found

    async def choose(self, client_id: str, *, now: datetime) -> None:
        """Keep another client id. Sign-ins belong to the one they were made with, and go."""
        async with self._database.write() as db:
            another = await app_settings.get(db, CLIENT_ID) != client_id
            if another:
                await spotify_accounts.disconnect_all(db)
            await app_settings.put(db, CLIENT_ID, client_id, now=now)
        self.known = self.configured or client_id
        if another:
            self._changed()

    async def forget(self) -> None:
        """Forget the chosen client id and every sign-in with it."""
        async with self._database.write() as db:
            await spotify_accounts.disconnect_all(db)
            await app_settings.remove(db, CLIENT_ID)
        self.known = self.configured
        self._changed()
