"""Items as a search would bring them, in invented words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from emotion_stream.music.spotify.models import Cover, SpotifyItem, SpotifyKind

COVER = Cover("https://i.scdn.co/image/1", 640, 640)


def item(
    name: str = "Anything",
    *,
    kind: SpotifyKind = SpotifyKind.PLAYLIST,
    item_id: str = "",
    **changed: Any,  # Any: any field of an item
) -> SpotifyItem:
    """An item with a cover; its id follows from its name where none is given."""
    its_id = item_id or "".join(char for char in name if char.isalnum()) or "x"
    plain = SpotifyItem(
        kind=kind,
        id=its_id,
        uri=f"spotify:{kind}:{its_id}",
        name=name,
        link=f"https://open.spotify.com/{kind}/{its_id}",
        cover=COVER,
    )
    return replace(plain, **changed)
