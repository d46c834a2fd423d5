"""What is asked of Spotify, call by call: search, who is it, play, keep.

Tokens are arguments and belong to whoever calls. Every call raises SpotifyError, with the scopes
that are missing where that is why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from emotion_stream.errors import SpotifyError, SpotifyNotFound, SpotifyRefused, SpotifyScopeMissing
from emotion_stream.music.spotify import parsing
from emotion_stream.music.spotify.budget import SEARCH
from emotion_stream.music.spotify.objects import Person, SearchPage, SpotifyKind
from emotion_stream.music.spotify.transport import Transport

SEARCH_FRESH_FOR_S = 600.0
TOP_ARTISTS = 50
MAX_SAVED = 40
"""Addresses in one question about the library."""
MAX_TRACKS = 100
"""Tracks and episodes that one call adds to a playlist."""

CONTROL = ("user-modify-playback-state",)
SCOPES: Mapping[str, tuple[str, ...]] = {
    "top_artists": ("user-top-read",),
    "transfer": CONTROL,
    "play": CONTROL,
    "queue": CONTROL,
    "next": CONTROL,
    "library": ("user-library-modify",),
    "follow": ("user-library-modify", "playlist-modify-public"),
    "library_contains": ("user-library-read",),
    "playlists": ("playlist-modify-private",),
    "playlist_items": ("playlist-modify-private",),
}
"""What each endpoint needs (https://developer.spotify.com/documentation/web-api/concepts/scopes)."""

_URI = re.compile(r"spotify:(playlist|track|show|episode|album|artist):([0-9A-Za-z]{1,64})")


class SpotifyClient:
    """`person` names who asks, as `Transport.call` takes it: their answers go with `forget`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def search(
        self,
        token: str,
        query: str,
        *,
        offset: int = 0,
        market: str | None = None,
        person: str | None = None,
    ) -> SearchPage:
        """Ten results of each of the four kinds in one call, from `offset` (0 to 1000) on.

        The same search of the same person within ten minutes makes no call.
        """
        params: dict[str, str | int] = {
            "q": query,
            "type": "playlist,track,show,episode",
            "limit": parsing.PAGE,
            "offset": offset,
        }
        if market is not None:
            params["market"] = market
        body = await self._transport.call(
            "GET",
            "/search",
            endpoint=SEARCH,
            token=token,
            params=params,
            fresh_for_s=SEARCH_FRESH_FOR_S,
            person=person,
        )
        return parsing.search_page(body)

    async def me(self, token: str) -> Person:
        """Who the token belongs to; it does not tell whether they have Premium."""
        body = await self._transport.call("GET", "/me", endpoint="me", token=token)
        return parsing.person(body)

    async def top_artists(self, token: str) -> tuple[str, ...]:
        """Ids of the person's own artists of the last months, best first; never kept."""
        params: dict[str, str | int] = {"time_range": "medium_term", "limit": TOP_ARTISTS}
        body = await self._call("GET", "/me/top/artists", "top_artists", token, params=params)
        return parsing.ids_of_artists(body)

    async def play(self, token: str, *, device_id: str, uri: str) -> None:
        """Move playback to a device and start `uri` there, from its beginning."""
        kind, _ = _parts(uri)
        move = {"device_ids": [device_id], "play": False}
        await self._call("PUT", "/me/player", "transfer", token, json=move)
        try:
            await self._start(token, device_id, kind, uri)
        except (SpotifyRefused, SpotifyNotFound):
            if kind != SpotifyKind.EPISODE:
                raise
            # `uris` is documented for tracks only; the queue takes episodes too.
            queued, device = {"uri": uri, "device_id": device_id}, {"device_id": device_id}
            await self._call("POST", "/me/player/queue", "queue", token, params=queued)
            await self._call("POST", "/me/player/next", "next", token, params=device)

    async def save(self, token: str, uri: str) -> None:
        """Put into the person's library; a playlist is followed."""
        kind, _ = _parts(uri)
        await self._call("PUT", "/me/library", _keeping(kind), token, params={"uris": uri})

    async def unsave(self, token: str, uri: str) -> None:
        kind, _ = _parts(uri)
        await self._call("DELETE", "/me/library", _keeping(kind), token, params={"uris": uri})

    async def saved(self, token: str, uris: Sequence[str]) -> dict[str, bool]:
        """Which of at most MAX_SAVED addresses are in the person's library."""
        asked = list(dict.fromkeys(uris))
        for uri in asked:
            _parts(uri)
        if not asked:
            return {}
        params = {"uris": ",".join(asked)}
        body = await self._call(
            "GET", "/me/library/contains", "library_contains", token, params=params
        )
        return dict(zip(asked, parsing.flags(body, len(asked)), strict=True))

    async def create_playlist(self, token: str, name: str, uris: Sequence[str]) -> tuple[str, str]:
        """Make a private playlist of at most MAX_TRACKS; its URI and its page.

        Neither step is tried twice: Spotify would take everything twice.
        """
        for uri in uris:
            _parts(uri)
        body = {"name": name, "public": False}
        made = await self._call("POST", "/me/playlists", "playlists", token, json=body)
        made_id = parsing.made_playlist(made)
        if uris:
            path = f"/playlists/{made_id}/items"
            try:
                added = {"uris": list(uris)}
                await self._call("POST", path, "playlist_items", token, json=added)
            except SpotifyError as error:
                error.args = (f"{error} The playlist {name!r} was made, and is empty.",)
                raise
        return f"spotify:playlist:{made_id}", parsing.link_of("playlist", made_id)

    def forget(self, person: str) -> None:
        """Drop every answer that is kept for a person."""
        self._transport.forget(person)

    async def _start(self, token: str, device_id: str, kind: str, uri: str) -> None:
        is_sound = kind in (SpotifyKind.TRACK, SpotifyKind.EPISODE)
        body: dict[str, object] = {"uris": [uri]} if is_sound else {"context_uri": uri}
        device = {"device_id": device_id}
        await self._call("PUT", "/me/player/play", "play", token, params=device, json=body)

    async def _call(
        self,
        method: str,
        path: str,
        endpoint: str,
        token: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: object = None,
    ) -> object:
        try:
            return await self._transport.call(
                method, path, endpoint=endpoint, token=token, params=params, json=json
            )
        except SpotifyScopeMissing as error:
            raise SpotifyScopeMissing(str(error), scopes=SCOPES.get(endpoint, ())) from None


def _parts(uri: str) -> tuple[str, str]:
    """Kind and id. Raises SpotifyNotFound where it is no address of Spotify's."""
    match = _URI.fullmatch(uri)
    if match is None:
        raise SpotifyNotFound(
            f"{uri[:80]!r} is no Spotify address of a playlist, track, show or episode."
        )
    return match[1], match[2]


def _keeping(kind: str) -> str:
    return "follow" if kind == SpotifyKind.PLAYLIST else "library"
