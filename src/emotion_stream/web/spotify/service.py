"""What the routes ask of Spotify in a person's name: offers, playing, keeping."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

import httpx

from emotion_stream.errors import SpotifyError, SpotifySignInRequired, SpotifyUnavailable
from emotion_stream.music.spotify.curated import Curated
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import SearchPage, SpotifyItem, SpotifyKind
from emotion_stream.music.spotify.ranking import ranked, usable
from emotion_stream.music.spotify.recipes import Recipe, Recipes
from emotion_stream.music.spotify.transport import Transport
from emotion_stream.store import Database, search_cursor, sessions, spotify_accounts
from emotion_stream.web.spotify.accounts import Accounts
from emotion_stream.web.spotify.search_cache import Offer, Question, SearchCache, SessionCache

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

PAGE = 10
"""Places of one search, as many as Spotify gives."""
ENOUGH_PLAYLISTS = 5
"""With fewer usable playlists in a page, the next one is searched too: never more than two."""

NOTHING: frozenset[str] = frozenset()
PLAY = frozenset({"user-modify-playback-state"})
TOP_ARTISTS = frozenset({"user-top-read"})
KEEP = frozenset({"playlist-modify-private"})
SEE_LIBRARY = frozenset({"user-library-read"})
CHANGE_LIBRARY = frozenset({"user-library-modify"})
FOLLOW = CHANGE_LIBRARY | {"playlist-modify-public"}


class Client(Protocol):
    """The requests (`music.spotify.client`); each may raise a SpotifyError."""

    async def search(
        self,
        token: str,
        query: str,
        *,
        offset: int = 0,
        market: str | None = None,
        person: str | None = None,
    ) -> SearchPage: ...
    async def top_artists(self, token: str) -> tuple[str, ...]: ...
    async def play(self, token: str, *, device_id: str, uri: str) -> None: ...
    async def save(self, token: str, uri: str) -> None: ...
    async def unsave(self, token: str, uri: str) -> None: ...
    async def saved(self, token: str, uris: Sequence[str]) -> dict[str, bool]: ...
    async def create_playlist(
        self, token: str, name: str, uris: Sequence[str]
    ) -> tuple[str, str]: ...


class Tokens(Protocol):
    """Who is signed in (`web.spotify.accounts`)."""

    async def token(
        self, session_id: int, needs: frozenset[str], now: datetime, *, force: bool = False
    ) -> str: ...


class SpotifyService:
    """Every method may raise SpotifyError: that the sign-in is missing or has ended, that a scope
    is missing, or what Spotify itself says. Times are UTC."""

    def __init__(
        self,
        client: Client,
        accounts: Tokens,
        recipes: Recipes,
        database: Database,
        search_cache: SearchCache,
    ) -> None:
        self._client, self._accounts, self._recipes = client, accounts, recipes
        self._database, self._search_cache = database, search_cache

    async def offer(
        self, session_id: int, question: Question, now: datetime, *, another: bool = False
    ) -> Offer:
        """What fits. The same question within ten minutes makes no request; `another` takes the
        next recipe. At most two searches. Raises StoreUnavailable, too.
        """
        cached = self._search_cache.of_session(session_id)
        needs = TOP_ARTISTS if question.personal else NOTHING
        async with cached.lock:
            await self._accounts.token(session_id, needs, now)
            # After the token: who has signed out gets nothing of Spotify's from memory either.
            known = None if another else cached.offer(question, now)
            if known is not None:
                return known
            turn = await self._turn(session_id, cached, question, now, another=another)
            recipe, offset = self._recipes.at(
                question.emotion, question.goal, question.languages, turn
            )
            page = await self._searched(session_id, recipe, offset, now)
            own_artists = await self._own_artists(session_id, question, now)
            made = _offer(question, recipe, offset, page, own_artists, now)
            cached.keep(made, turn)
            return made

    async def play(self, session_id: int, device_id: str, uri: str, now: datetime) -> None:
        """Move playback to a device (the player in the page) and start an item on it."""
        await self._signed(
            session_id,
            PLAY,
            now,
            lambda token: self._client.play(token, device_id=device_id, uri=uri),
        )

    async def save(self, session_id: int, uri: str, now: datetime) -> None:
        """Put an item into the person's library; a playlist is followed."""
        await self._signed(
            session_id, _library_needs(uri), now, lambda token: self._client.save(token, uri)
        )

    async def unsave(self, session_id: int, uri: str, now: datetime) -> None:
        """Take an item out of the person's library."""
        await self._signed(
            session_id, _library_needs(uri), now, lambda token: self._client.unsave(token, uri)
        )

    async def saved(self, session_id: int, uris: Sequence[str], now: datetime) -> dict[str, bool]:
        """Which of at most forty items are in the person's library."""
        return await self._signed(
            session_id, SEE_LIBRARY, now, lambda token: self._client.saved(token, uris)
        )

    async def create_playlist(
        self, session_id: int, name: str, uris: Sequence[str], now: datetime
    ) -> tuple[str, str]:
        """Make a private playlist; returns its URI and its address at Spotify."""
        return await self._signed(
            session_id, KEEP, now, lambda token: self._client.create_playlist(token, name, uris)
        )

    async def _signed(
        self,
        session_id: int,
        needs: frozenset[str],
        now: datetime,
        call: Callable[[str], Awaitable[Answer]],
    ) -> Answer:
        """Call with the person's token, and once more with a fresh one where it is refused."""
        token = await self._accounts.token(session_id, needs, now)
        try:
            return await call(token)
        except SpotifySignInRequired:
            token = await self._accounts.token(session_id, needs, now, force=True)
            return await call(token)

    async def _turn(
        self,
        session_id: int,
        cached: SessionCache,
        question: Question,
        now: datetime,
        *,
        another: bool,
    ) -> int:
        """The turn the person is at: another language or taste within ten minutes keeps it."""
        turn = None if another else cached.turn(question, now)
        if turn is not None:
            return turn
        async with self._database.write() as db:
            await sessions.hold(db, session_id)
            if await spotify_accounts.find(db, session_id) is None:
                raise SpotifySignInRequired("You signed out meanwhile. Sign in again.")
            return await search_cursor.take(db, session_id, question.emotion, question.goal)

    async def _searched(
        self, session_id: int, recipe: Recipe, offset: int, now: datetime
    ) -> SearchPage:
        """One page, and a second one where the first has few playlists that can be used."""
        first = await self._page(session_id, recipe, offset, now)
        if sum(usable(item) for item in first.playlists) >= ENOUGH_PLAYLISTS:
            return first
        try:
            second = await self._page(session_id, recipe, offset + PAGE, now)
        except SpotifyError as error:
            log.info("a list is made from one page of a search: %s", error.code)
            return first
        return SearchPage(
            **{f"{kind}s": first.of(kind) + _moved_on(second.of(kind)) for kind in SpotifyKind}
        )

    async def _page(
        self, session_id: int, recipe: Recipe, offset: int, now: datetime
    ) -> SearchPage:
        return await self._signed(
            session_id,
            NOTHING,
            now,
            lambda token: self._client.search(
                token, recipe.query, offset=offset, person=person_of(session_id)
            ),
        )

    async def _own_artists(
        self, session_id: int, question: Question, now: datetime
    ) -> tuple[str, ...] | None:
        """The ids of the person's top artists, None where they were not looked at."""
        if not question.personal:
            return None
        try:
            return await self._signed(session_id, TOP_ARTISTS, now, self._client.top_artists)
        except SpotifyUnavailable as error:
            log.info("a list is made without top artists: %s", error.code)
            return None


def person_of(session_id: int) -> str:
    """What the client calls the person of a session in its memory."""
    return f"session {session_id}"


def _offer(
    question: Question,
    recipe: Recipe,
    offset: int,
    page: SearchPage,
    own_artists: Collection[str] | None,
    now: datetime,
) -> Offer:
    tabs = {
        kind: tuple(ranked(page.of(kind), recipe, question.emotion, own_artists=own_artists or ()))
        for kind in SpotifyKind
    }
    return Offer(question, recipe.query, offset, now, own_artists is not None, tabs)


def _moved_on(items: Sequence[SpotifyItem]) -> tuple[SpotifyItem, ...]:
    return tuple(replace(item, place=item.place + PAGE) for item in items)


def _library_needs(uri: str) -> frozenset[str]:
    return FOLLOW if uri.startswith("spotify:playlist:") else CHANGE_LIBRARY


@dataclass(frozen=True)
class Allowance:
    """What Spotify still gives today: until when it is left alone (UTC) and why, and searches."""

    paused_until: datetime | None = None
    reason: str | None = None
    searches_left: int = 0


@dataclass
class Spotify:
    """What the routes of Spotify work with; `curated` is the owner's own list.

    `gone` is told whose session is deleted: what is in memory for it goes. `own_http` is what was
    made for it and is closed with it.
    """

    accounts: Accounts
    service: SpotifyService
    addresses: SpotifyEndpoints
    allowance: Callable[[datetime], Awaitable[Allowance]]
    curated: tuple[Curated, ...]
    transport: Transport
    gone: Callable[[int], None]
    own_http: httpx.AsyncClient | None = None

    def in_page(self) -> SpotifyEndpoints | None:
        """Where the page loads players from; None while Spotify is of no use here."""
        return self.addresses if self.accounts.client.known or self.curated else None

    async def close(self) -> None:
        await self.transport.close()
        if self.own_http is not None:
            await self.own_http.aclose()
