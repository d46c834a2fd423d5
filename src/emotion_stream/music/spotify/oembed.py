"""Whether an item is there, asked without an account and without any quota of the Web API.

https://developer.spotify.com/documentation/embeds/reference/oembed; that it answers for playlists
is what others report.
"""

from __future__ import annotations

import httpx

from emotion_stream.errors import SpotifyError, SpotifyNotFound, SpotifyUnavailable
from emotion_stream.music.spotify.addresses import SpotifyAddresses
from emotion_stream.music.spotify.objects import SpotifyItem

TIMEOUT_S = 10.0
_NOT_THERE = (400, 403, 404, 410)


async def title_of(http: httpx.AsyncClient, addresses: SpotifyAddresses, item: SpotifyItem) -> str:
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
