"""Spotify's requests and tokens as the endpoint needs them, in memory; every call is noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from emotion_stream.errors import SpotifyError, SpotifySignInRequired
from emotion_stream.music.spotify.models import SearchPage, SpotifyItem, SpotifyKind
from tests.music.spotify.items import item


@dataclass
class FakeClient:
    """`playlists` is how many a search finds; what is in `trouble` is raised by the next calls.

    It is the client, and it tells the tokens; a token in `dead` is refused.
    """

    playlists: int = 10
    scopes: frozenset[str] = frozenset()
    trouble: list[SpotifyError | None] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)
    calls: list[tuple[str, ...]] = field(default_factory=list)
    needs: list[frozenset[str]] = field(default_factory=list)
    signed_in: bool = True
    renewed: int = 0

    @property
    def searches(self) -> list[tuple[str, int]]:
        return [(call[1], int(call[2])) for call in self.calls if call[0] == "search"]

    async def token(
        self, session_id: int, needs: frozenset[str], now: datetime, *, force: bool = False
    ) -> str:
        if not self.signed_in:
            raise SpotifySignInRequired("Nobody is signed in.")
        self.needs.append(needs)
        self.renewed += force
        return f"token-{session_id}-{self.renewed}"

    async def search(
        self,
        token: str,
        query: str,
        *,
        offset: int = 0,
        market: str | None = None,
        person: str | None = None,
    ) -> SearchPage:
        self._call(token, "search", query, str(offset))
        return SearchPage(
            playlists=self._items(SpotifyKind.PLAYLIST, offset, self.playlists),
            tracks=self._items(SpotifyKind.TRACK, offset, 10),
            shows=self._items(SpotifyKind.SHOW, offset, 3),
            episodes=(),
        )

    async def top_artists(self, token: str) -> tuple[str, ...]:
        self._call(token, "top_artists")
        return ("artist7",)

    async def play(self, token: str, *, device_id: str, uri: str) -> None:
        self._call(token, "play", device_id, uri)

    async def save(self, token: str, uri: str) -> None:
        self._call(token, "save", uri)

    async def unsave(self, token: str, uri: str) -> None:
        self._call(token, "unsave", uri)

    async def saved(self, token: str, uris: Sequence[str]) -> dict[str, bool]:
        self._call(token, "saved", *uris)
        return dict.fromkeys(uris, True)

    async def create_playlist(self, token: str, name: str, uris: Sequence[str]) -> tuple[str, str]:
        self._call(token, "create_playlist", name, *uris)
        return "spotify:playlist:new", "https://open.spotify.com/playlist/new"

    def _call(self, token: str, *call: str) -> None:
        self.calls.append(call)
        if token in self.dead:
            raise SpotifySignInRequired("The access token expired.")
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble is not None:
            raise trouble

    def _items(self, kind: SpotifyKind, offset: int, count: int) -> tuple[SpotifyItem, ...]:
        return tuple(
            item(
                f"{kind} {offset + place}",
                kind=kind,
                place=place,
                artist_ids=(f"artist{place}",),
                by=(f"Maker {place}",),
            )
            for place in range(count)
        )
