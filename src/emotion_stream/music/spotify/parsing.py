"""Spotify's JSON as our objects; whatever comes, only SpotifyUnavailable is raised.

A new app gets fewer fields than documented, renamed ones and `null` items: each field is optional,
and an item without an id or a name is dropped (docs/spotify.md).
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import NoReturn, TypeGuard
from urllib.parse import urlsplit

from emotion_stream.errors import SpotifyUnavailable
from emotion_stream.music.spotify.objects import Cover, Person, SearchPage, SpotifyItem, SpotifyKind

PAGE = 10
"""How many results of a kind Spotify gives a new app at most."""
MAX_NAMES = 10
LONGEST_MS = 7 * 24 * 3_600_000
WANTED_COVER_PX = 300
"""The smallest cover that is still sharp on a card at twice the pixels."""

_ID = re.compile(r"[0-9A-Za-z]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[0-9A-Za-z]{2,8})*")


def json_of(body: bytes) -> object:
    """Raises SpotifyUnavailable where `body` is no JSON, however broken or deep it is."""
    try:
        parsed: object = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable("not JSON") from None
    return parsed


def unreadable(what: str) -> SpotifyUnavailable:
    return SpotifyUnavailable(
        "Spotify's answer cannot be read. Try again in a few minutes, or choose another source "
        "of music.",
        detail=f"Spotify answered with something else than expected: {what}.",
    )


def search_page(body: object) -> SearchPage:
    """The usable items of a four-type search. Raises SpotifyUnavailable."""
    groups = [_fields(_fields(body).get(f"{kind}s")) for kind in SpotifyKind]
    if not any(groups):
        raise unreadable("a search without any of the four lists")
    found = [
        _items(group.get("items"), kind) for group, kind in zip(groups, SpotifyKind, strict=True)
    ]
    return SearchPage(*found)


def item(body: object, kind: SpotifyKind, place: int = 0) -> SpotifyItem | None:
    """One object of a search, or None where it is null, local, not playable or has no name."""
    fields = _fields(body)
    found_id, name = fields.get("id"), text_of(fields.get("name"), 300)
    if not is_id(found_id) or not name or fields.get("type", kind) != kind:
        return None
    if fields.get("is_playable") is False or fields.get("is_local") is True:
        return None
    album = _fields(fields.get("album"))
    artists = _list(fields.get("artists"))[:MAX_NAMES]
    return SpotifyItem(
        kind=kind,
        id=found_id,
        uri=f"spotify:{kind}:{found_id}",
        name=name,
        link=link_of(kind, found_id),
        by=_by(fields, kind),
        parent=text_of(album.get("name"), 300) or None,
        description=_description(fields.get("description")),
        duration_s=_duration_s(fields.get("duration_ms")),
        size=_size(fields, kind),
        explicit=fields.get("explicit") is True,
        languages=_languages(fields),
        cover=_cover(fields.get("images"), album.get("images"), _show_of(fields).get("images")),
        artist_ids=tuple(_ids(artists)),
        place=place,
    )


def person(body: object) -> Person:
    """Who `GET /me` describes; older apps get no `account_id`. Raises SpotifyUnavailable."""
    fields = _fields(body)
    for name in ("account_id", "id"):
        found = fields.get(name)
        if isinstance(found, str) and found.isprintable() and 0 < len(found) <= 255:
            return Person(found)
    raise unreadable("a person without an id")


def ids_of_artists(body: object) -> tuple[str, ...]:
    """The ids of a page of artists, in its order. Raises SpotifyUnavailable."""
    items = _fields(body).get("items")
    if not isinstance(items, list):
        raise unreadable("top artists without a list")
    return tuple(dict.fromkeys(_ids(items)))


def flags(body: object, count: int) -> tuple[bool, ...]:
    """Exactly `count` yes or no. Raises SpotifyUnavailable."""
    if isinstance(body, list) and len(body) == count and all(isinstance(f, bool) for f in body):
        return tuple(body)
    raise unreadable("no list of yes and no")


def made_playlist(body: object) -> str:
    """The id of a playlist that was made. Raises SpotifyUnavailable."""
    found = _fields(body).get("id")
    if not is_id(found):
        raise unreadable("a new playlist without an id")
    return found


def is_id(value: object) -> TypeGuard[str]:
    """Spotify's ids are letters and digits: nothing else comes into an address of ours."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def link_of(kind: str, item_id: str) -> str:
    """The page of an item; never a link from an answer, which could lead anywhere."""
    return f"https://open.spotify.com/{kind}/{item_id}"


def text_of(value: object, max_chars: int) -> str:
    """One line of `value`, without what cannot be shown or sent; empty where it is no text."""
    if not isinstance(value, str):
        return ""
    shown = "".join(char if char.isprintable() else " " for char in value[: 4 * max_chars])
    line = " ".join(shown.split())
    return line if len(line) <= max_chars else line[: max_chars - 1] + "…"


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _fields(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _items(value: object, kind: SpotifyKind) -> tuple[SpotifyItem, ...]:
    found: dict[str, SpotifyItem] = {}
    for place, one in enumerate(_list(value)[: 5 * PAGE]):
        if (parsed := item(one, kind, place)) is not None:
            found.setdefault(parsed.id, parsed)
    return tuple(found.values())[:PAGE]


def _ids(values: Iterable[object]) -> Iterable[str]:
    for value in values:
        if is_id(found := _fields(value).get("id")):
            yield found


def _show_of(fields: Mapping[str, object]) -> Mapping[str, object]:
    return _fields(fields.get("show"))


def _by(fields: Mapping[str, object], kind: SpotifyKind) -> tuple[str, ...]:
    if kind is SpotifyKind.TRACK:
        names = [_fields(artist).get("name") for artist in _list(fields.get("artists"))[:MAX_NAMES]]
    elif kind is SpotifyKind.PLAYLIST:
        names = [_fields(fields.get("owner")).get("display_name")]
    elif kind is SpotifyKind.SHOW:
        names = [fields.get("publisher")]
    else:
        names = [_show_of(fields).get("name")]
    return tuple(text for name in names if (text := text_of(name, 200)))


def _description(value: object) -> str:
    """Descriptions of playlists come as a little HTML, with links and `&amp;`."""
    if not isinstance(value, str):
        return ""
    return text_of(html.unescape(re.sub(r"<[^<>]{0,500}>", " ", value[:10_000])), 1_000)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Comparing comes first: an integer of a thousand digits is no float.
    return float(value) if 0 <= value <= LONGEST_MS and math.isfinite(value) else None


def _duration_s(value: object) -> float | None:
    duration_ms = _number(value)
    return duration_ms / 1000 if duration_ms else None


def _size(fields: Mapping[str, object], kind: SpotifyKind) -> int | None:
    if kind is SpotifyKind.SHOW:
        size = _number(fields.get("total_episodes"))
    else:
        # Renamed in February 2026; either may be there.
        listed = _fields(fields.get("items")) or _fields(fields.get("tracks"))
        size = _number(listed.get("total"))
    return None if size is None else int(size)


def _languages(fields: Mapping[str, object]) -> tuple[str, ...]:
    told = [*_list(fields.get("languages"))[:MAX_NAMES], fields.get("language")]
    valid = [text for text in told if isinstance(text, str) and _LANGUAGE.fullmatch(text)]
    return tuple(dict.fromkeys(valid))


def _cover(*lists: object) -> Cover | None:
    """The smallest cover that is large enough, or else the largest; the first list with any."""
    for images in lists:
        covers = [cover for image in _list(images)[:PAGE] if (cover := _image(_fields(image)))]
        if covers:
            enough = [c for c in covers if (c.width_px or 0) >= WANTED_COVER_PX]
            if enough:
                return min(enough, key=lambda c: c.width_px or 0)
            return max(covers, key=lambda c: c.width_px or 0)
    return None


def _image(fields: Mapping[str, object]) -> Cover | None:
    url = fields.get("url")
    if not isinstance(url, str) or not _is_image_address(url):
        return None
    width_px, height_px = _number(fields.get("width")), _number(fields.get("height"))
    return Cover(url, int(width_px) if width_px else None, int(height_px) if height_px else None)


def _is_image_address(url: str) -> bool:
    """https, or the stand-in on this machine."""
    if len(url) > 2_000 or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1")
    return bool(parts.hostname) and (parts.scheme == "https" or is_here)
