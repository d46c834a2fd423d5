"""The dozen calls of Spotify's Web API that a new app may make and we need.

And oEmbed, which tells whether an item is there without an account and without any quota.
"""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from emotion_stream.errors import SpotifyError, SpotifyNotFound, SpotifyRefused, SpotifyUnavailable
from emotion_stream.music.spotify import models
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.models import Person, SearchPage, SpotifyItem, SpotifyKind
from emotion_stream.music.spotify.transport import SEARCH, Call, Transport

# Reference: https://developer.spotify.com/documentation/web-api, as changed in February 2026.

SEARCH_FRESH_S = 600.0
MOST_RESULTS = 10
"""Per kind; 11 is answered 400 "Invalid limit" since February 2026."""
MOST_URIS = 40
MOST_ADDED = 100
# One call for all four kinds: searches are the scarcest part of the quota.
_TYPES = ",".join(SpotifyKind)


class SpotifyClient:
    """Every method takes the access token of the person and raises SpotifyError.

    `person` names whose answers are cached together; it is no token and no account id.
    """

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    async def search(
        self,
        token: str,
        query: str,
        *,
        person: str | None = None,
        offset: int = 0,
        market: str | None = None,
    ) -> SearchPage:
        """One search for all four kinds, ten of each at most; answered from memory for ten
        minutes. `offset` 0 to 1000."""
        params: dict[str, str | int] = {
            "q": query,
            "type": _TYPES,
            "limit": MOST_RESULTS,
            "offset": offset,
        }
        if market:
            params["market"] = market
        call = Call(
            "GET", "/search", SEARCH, token, params, fresh_for_s=SEARCH_FRESH_S, person=person
        )
        return models.search_page(await self.transport.send(call))

    async def me(self, token: str) -> Person:
        return models.person(await self.transport.send(Call("GET", "/me", "me", token)))

    async def top_artists(self, token: str) -> tuple[str, ...]:
        """Ids of the person's own artists, best first: for one request, kept nowhere."""
        call = Call("GET", "/me/top/artists", "top_artists", token, {"limit": 50})
        return models.ids_of_artists(await self.transport.send(call))

    async def play(self, token: str, *, device_id: str, uri: str) -> None:
        """Move playback to the player in the page, then start `uri` on it.

        Tracks and episodes are played as they are, the rest as a context. Episodes in `uris` are
        not documented: where they are refused, the queue takes them, which is.
        """
        here = {"device_ids": [device_id], "play": False}
        # Awaited one by one: in which order Spotify carries out two commands at once is not told.
        await self._write("PUT", "/me/player", "transfer", token, here)
        kind = uri.split(":")[1]
        single = kind in (SpotifyKind.TRACK, SpotifyKind.EPISODE)
        body: dict[str, object] = {"uris": [uri]} if single else {"context_uri": uri}
        device = {"device_id": device_id}
        try:
            await self._write("PUT", "/me/player/play", "play", token, body, device)
        except (SpotifyRefused, SpotifyNotFound):
            if kind != SpotifyKind.EPISODE:
                raise
            queued = {"uri": uri, **device}
            await self._write("POST", "/me/player/queue", "queue", token, None, queued)
            await self._write("POST", "/me/player/next", "next", token, None, device)

    async def save(self, token: str, uri: str) -> None:
        """The heart; for a playlist, following it."""
        await self._write("PUT", "/me/library", "library", token, None, {"uris": uri})

    async def unsave(self, token: str, uri: str) -> None:
        await self._write("DELETE", "/me/library", "library", token, None, {"uris": uri})

    async def saved(self, token: str, uris: Sequence[str]) -> dict[str, bool]:
        """Which of at most 40 URIs are in the person's library."""
        asked = tuple(uris)[:MOST_URIS]
        if not asked:
            return {}
        params = {"uris": ",".join(asked)}
        call = Call("GET", "/me/library/contains", "library_contains", token, params)
        return models.saved_flags(await self.transport.send(call), asked)

    async def create_playlist(
        self, token: str, name: str, uris: Sequence[str], *, description: str = ""
    ) -> tuple[str, str]:
        """URI and link of a new private playlist with at most 100 tracks and episodes.

        Where filling it fails, the playlist is there and empty: the error says so.
        """
        about = {"name": name, "description": description, "public": False}  # true by default
        answer = await self._write("POST", "/me/playlists", "create_playlist", token, about)
        identity, uri, link = models.made_playlist(answer)
        try:
            await self._write(
                "POST",
                f"/playlists/{identity}/items",
                "add_items",
                token,
                {"uris": list(uris)[:MOST_ADDED], "position": 0},
            )
        except SpotifyError as error:
            error.args = (f"The playlist “{name}” was made but is empty. {error}",)
            raise
        return uri, link

    async def _write(
        self,
        method: str,
        path: str,
        endpoint: str,
        token: str,
        body: object = None,
        params: dict[str, str] | None = None,
    ) -> object:
        return await self.transport.send(Call(method, path, endpoint, token, params or {}, body))

    def forget(self, person: str | None = None) -> None:
        """Drop what is in memory for a person, or for everybody."""
        self.transport.forget(person)


# Whether an item is there, asked without an account and without any quota of the Web API.
#
# https://developer.spotify.com/documentation/embeds/reference/oembed; that it answers for
# playlists is what others report.

TIMEOUT_S = 10.0
_NOT_THERE = (400, 403, 404, 410)


async def title_of(http: httpx.AsyncClient, addresses: SpotifyEndpoints, item: SpotifyItem) -> str:
    """The title Spotify shows for an item. Raises SpotifyNotFound and SpotifyUnavailable."""
    try:
        answer = await http.get(addresses.oembed, params={"url": item.link}, timeout=TIMEOUT_S)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SpotifyUnavailable("Spotify does not answer.") from error
    if answer.status_code in _NOT_THERE:
        raise SpotifyNotFound("Spotify does not have it, or does not show it.")
    if not answer.is_success:
        raise _unreadable(answer.status_code)
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        raise _unreadable(answer.status_code) from None
    title = body.get("title") if isinstance(body, dict) else None
    return title if isinstance(title, str) else ""


def _unreadable(status: int) -> SpotifyError:
    return SpotifyUnavailable(f"Spotify answers with something that cannot be read ({status}).")
