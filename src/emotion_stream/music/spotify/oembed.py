"""Whether an item is still there: asked of oEmbed, which takes no app and no sign-in
(https://developer.spotify.com/documentation/embeds/reference/oembed)."""

from __future__ import annotations

import httpx

from emotion_stream.errors import SpotifyNotFound, SpotifyUnavailable

TIMEOUT_S = 10.0


async def title_at(http: httpx.AsyncClient, oembed: str, page: str) -> str:
    """The title of the item behind an address of open.spotify.com; `oembed` is where to ask.

    Raises SpotifyNotFound where it has gone, SpotifyUnavailable where that cannot be told.
    """
    try:
        answer = await http.get(oembed, params={"url": page}, timeout=TIMEOUT_S)
    except httpx.HTTPError as error:
        raise SpotifyUnavailable(f"Spotify does not answer ({type(error).__name__}).") from error
    if answer.status_code in (400, 404):
        raise SpotifyNotFound("Spotify has no such item, or does not show it.")
    try:
        title: object = answer.json()["title"] if answer.is_success else None
    except (ValueError, KeyError, TypeError, RecursionError):
        title = None
    if not isinstance(title, str):
        raise SpotifyUnavailable(f"Spotify answered {answer.status_code} and no title.")
    return title
