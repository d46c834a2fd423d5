"""What Spotify answers, as far as we use it: from its JSON to our objects.

Every field that can be missing is optional; what cannot be used is dropped, whatever comes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from emotion_stream.errors import SpotifyUnavailable

# Every field that can be missing is optional.
#
# Since February 2026 a new app gets shorter objects than the documentation shows, `null` where a
# playlist of Spotify's own would be, and renamed fields; what cannot be used is dropped, never
# guessed
# (https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide).


class SpotifyKind(StrEnum):
    """The four kinds that are looked for; the value is Spotify's word for it."""

    PLAYLIST = "playlist"
    TRACK = "track"
    SHOW = "show"
    EPISODE = "episode"


@dataclass(frozen=True)
class Cover:
    """Artwork as Spotify serves it, never cropped; sizes in pixels where they are told."""

    url: str
    width_px: int | None = None
    height_px: int | None = None


@dataclass(frozen=True)
class SpotifyItem:
    """A playlist, track, show or episode.

    `by` names the artists, the owner or the show; `parent` is the album. `size` counts tracks of a
    playlist or episodes of a show. `artist_ids` serve to put a person's own artists first and never
    leave the server. `place` is where the search put it, 0 first.
    """

    kind: SpotifyKind
    id: str
    uri: str
    name: str
    link: str
    by: tuple[str, ...] = ()
    parent: str | None = None
    description: str = ""
    duration_s: float | None = None
    size: int | None = None
    explicit: bool = False
    languages: tuple[str, ...] = ()
    cover: Cover | None = None
    artist_ids: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True)
class SearchPage:
    """One four-type search: at most ten usable items of each kind, nulls dropped."""

    playlists: tuple[SpotifyItem, ...] = ()
    tracks: tuple[SpotifyItem, ...] = ()
    shows: tuple[SpotifyItem, ...] = ()
    episodes: tuple[SpotifyItem, ...] = ()

    def of(self, kind: SpotifyKind) -> tuple[SpotifyItem, ...]:
        return {
            SpotifyKind.PLAYLIST: self.playlists,
            SpotifyKind.TRACK: self.tracks,
            SpotifyKind.SHOW: self.shows,
            SpotifyKind.EPISODE: self.episodes,
        }[kind]


@dataclass(frozen=True)
class Person:
    """Who signed in. `account_id` is stable; older apps get only `id`, which then serves."""

    account_id: str


@dataclass(frozen=True)
class Grant:
    """Tokens of one person; they never appear in `repr`.

    `refresh_token` is None where a refresh brought no new one: the old one stays. Times are UTC.
    """

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: datetime
    scopes: frozenset[str]


# From Spotify's JSON to our objects: what cannot be used is dropped, whatever comes.

_LONGEST_TEXT = 300
_LONGEST_DESCRIPTION = 500
_MOST_NAMES = 8

Object = dict[str, Any]  # Any: JSON as it comes


def search_page(body: object) -> SearchPage:
    """A four-type search. Raises SpotifyUnavailable where the answer is no object."""
    found = _object(body)
    return SearchPage(
        playlists=_items(found.get("playlists"), SpotifyKind.PLAYLIST),
        tracks=_items(found.get("tracks"), SpotifyKind.TRACK),
        shows=_items(found.get("shows"), SpotifyKind.SHOW),
        episodes=_items(found.get("episodes"), SpotifyKind.EPISODE),
    )


def person(body: object) -> Person:
    """Who signed in. Raises SpotifyUnavailable where no id can be read."""
    found = _object(body)
    account = _text(found.get("account_id")) or _text(found.get("id"))
    if not account:
        raise SpotifyUnavailable("Spotify does not say who signed in. Try again later.")
    return Person(account[:255])


def ids_of_artists(body: object) -> tuple[str, ...]:
    """The ids of a page of artists, best first. Raises SpotifyUnavailable."""
    artists = (_text(each.get("id")) for each in _objects(_object(body).get("items")))
    return tuple(artist for artist in artists if artist)


def saved_flags(body: object, uris: tuple[str, ...]) -> dict[str, bool]:
    """Which of `uris` are in the library. Raises SpotifyUnavailable where the list does not fit."""
    if not isinstance(body, list) or len(body) != len(uris):
        raise SpotifyUnavailable("Spotify does not say what is in your library. Try again later.")
    return {uri: flag is True for uri, flag in zip(uris, body, strict=True)}


def made_playlist(body: object) -> tuple[str, str, str]:
    """Id, URI and link of a new playlist. Raises SpotifyUnavailable."""
    found = _object(body)
    made = item(found, SpotifyKind.PLAYLIST)
    if made is None:
        raise SpotifyUnavailable("Spotify did not say which playlist it made. Look in Spotify.")
    return made.id, made.uri, made.link


def item(body: object, kind: SpotifyKind, place: int = 0) -> SpotifyItem | None:
    """One item, None where it lacks what it takes to show and play it."""
    if not isinstance(body, dict):
        return None
    uri, name = _text(body.get("uri")), _text(body.get("name"))
    identity = _text(body.get("id"))
    if not identity or not identity.isalnum() or uri != f"spotify:{kind}:{identity}" or not name:
        return None
    if body.get("is_playable") is False or body.get("is_local") is True:
        return None
    artists = list(_objects(body.get("artists")))
    return SpotifyItem(
        kind=kind,
        id=identity,
        uri=uri,
        name=name,
        link=_link(body, kind, identity),
        by=_by(body, artists),
        parent=_text(_child(body, "album").get("name")) or None,
        description=_text(body.get("description"), _LONGEST_DESCRIPTION),
        duration_s=_seconds(body.get("duration_ms")),
        size=_size(body),
        explicit=body.get("explicit") is True,
        languages=tuple(t for t in map(_text, _list(body.get("languages"))) if t)[:_MOST_NAMES],
        cover=_cover(body) or _cover(_child(body, "album")),
        artist_ids=tuple(filter(None, (_text(artist.get("id")) for artist in artists))),
        place=place,
    )


def _items(page: object, kind: SpotifyKind) -> tuple[SpotifyItem, ...]:
    listed = _list(page.get("items")) if isinstance(page, dict) else []
    made = (item(each, kind, place) for place, each in enumerate(listed))
    unique = {each.uri: each for each in made if each is not None}
    return tuple(unique.values())


def _object(body: object) -> Object:
    if not isinstance(body, dict):
        raise SpotifyUnavailable("Spotify answers with something that cannot be read. Try later.")
    return body


def _child(body: Object, name: str) -> Object:
    child = body.get(name)
    return child if isinstance(child, dict) else {}


def _list(value: object) -> list[Any]:  # Any: JSON as it comes
    return value if isinstance(value, list) else []


def _objects(value: object) -> Iterator[Object]:
    return (each for each in _list(value) if isinstance(each, dict))


def _text(value: object, longest: int = _LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        return ""
    clean = "".join(sign for sign in value if sign.isprintable() or sign == "\n")
    return clean.encode("utf-8", "ignore").decode().strip()[:longest]


def _seconds(value: object) -> float | None:
    number = _number(value)
    return None if number is None or number <= 0 else number / 1000


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _size(body: Object) -> int | None:
    """Tracks of a playlist (`items` since February 2026, `tracks` before), episodes of a show."""
    listed = _child(body, "items") or _child(body, "tracks")
    number = _number(listed.get("total", body.get("total_episodes")))
    return None if number is None or number < 0 or number > 1e9 else int(number)


def _by(body: Object, artists: list[Object]) -> tuple[str, ...]:
    """The artists, or the owner of a playlist, or the show of an episode, or a publisher."""
    names = [_text(artist.get("name")) for artist in artists]
    names = [name for name in names if name] or [
        _text(_child(body, "owner").get("display_name"))
        or _text(_child(body, "show").get("name"))
        or _text(body.get("publisher"))
    ]
    return tuple(name for name in names if name)[:_MOST_NAMES]


def _link(body: Object, kind: SpotifyKind, identity: str) -> str:
    link = _text(_child(body, "external_urls").get("spotify"), 500)
    return link if _is_web(link) else f"https://open.spotify.com/{kind}/{identity}"


def _cover(body: Object) -> Cover | None:
    """The smallest picture of at least 300 pixels, else the first; the page never crops it."""
    covers = [
        Cover(url, _pixels(each.get("width")), _pixels(each.get("height")))
        for each in _objects(body.get("images"))
        if _is_web(url := _text(each.get("url"), 1000))
    ]
    large = [cover for cover in covers if (cover.width_px or 0) >= 300]
    if large:
        return min(large, key=lambda cover: cover.width_px or 0)
    return covers[0] if covers else None


def _pixels(value: object) -> int | None:
    number = _number(value)
    return None if number is None or not 0 < number < 1e5 else int(number)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        return False
