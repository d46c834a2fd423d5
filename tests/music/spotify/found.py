"""Items as a search finds them, for tests; the words are made up."""

from __future__ import annotations

from emotion_stream.music.spotify.objects import Cover, SpotifyItem, SpotifyKind


def found(
    name: str,
    kind: SpotifyKind = SpotifyKind.PLAYLIST,
    *,
    id: str | None = None,
    by: str | None = None,
    place: int = 0,
    size: int | None = 40,
    duration_s: float | None = None,
    explicit: bool = False,
    description: str = "",
    cover: bool = True,
    artist_ids: tuple[str, ...] = (),
) -> SpotifyItem:
    key = id or "".join(letter for letter in name if letter.isalnum())
    return SpotifyItem(
        kind=kind,
        id=key,
        uri=f"spotify:{kind}:{key}",
        name=name,
        link=f"https://open.spotify.com/{kind}/{key}",
        by=(by or f"maker of {name}",),
        description=description,
        duration_s=duration_s,
        size=size,
        explicit=explicit,
        cover=Cover("https://i.scdn.co/image/1") if cover else None,
        artist_ids=artist_ids,
        place=place,
    )
