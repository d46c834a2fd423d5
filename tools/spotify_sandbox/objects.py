"""The shapes a new app gets since February 2026: without the fields that were taken away.

https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from tools.spotify_sandbox import catalogue
from tools.spotify_sandbox.catalogue import Thing
from tools.spotify_sandbox.tokens import Person

COVER_PX = 640
Json = dict[str, object]


def address(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}"


def paging(place: str, items: Sequence[object], *, limit: int, offset: int, total: int) -> Json:
    """A page of a list; `place` is where the list is asked for, without `offset` and `limit`."""

    def page(start: int) -> str:
        mark = "&" if "?" in place else "?"
        return f"{place}{mark}{urlencode({'offset': start, 'limit': limit})}"

    return {
        "href": page(offset),
        "limit": limit,
        "offset": offset,
        "total": total,
        "next": page(offset + limit) if offset + limit < total else None,
        "previous": page(max(0, offset - limit)) if offset else None,
        "items": list(items),
    }


def thing(origin: str, item: Thing) -> Json:
    """One item as a search or its own address answers it."""
    return {
        "track": track,
        "playlist": playlist,
        "show": show,
        "episode": episode,
        "artist": artist,
        "album": album,
    }[item.kind](origin, item)


def track(origin: str, item: Thing) -> Json:
    return {
        **_head(origin, item),
        "duration_ms": item.duration_s * 1000,
        "explicit": item.explicit,
        "is_local": False,
        "is_playable": True,
        "disc_number": 1,
        "track_number": item.number % 5 + 1,
        "artists": [_artist_ref(origin, item)],
        "album": album(origin, catalogue.things("album")[item.number]),
        "external_ids": {"isrc": f"XX-STA-26-{item.number:05d}"},
    }


def playlist(origin: str, item: Thing) -> Json:
    return {
        **_head(origin, item),
        "description": item.description,
        "images": _covers(origin, item),
        "collaborative": False,
        "public": True,
        "snapshot_id": f"snapshot{item.number}",
        "owner": owner(origin, f"standIn{item.number % 4}", item.by[0]),
        "items": {"href": f"{origin}/v1/playlists/{item.id}/items", "total": len(item.tracks)},
    }


def show(origin: str, item: Thing) -> Json:
    return {
        **_head(origin, item),
        "description": item.description,
        "html_description": item.description,
        "images": _covers(origin, item),
        "copyrights": [],
        "explicit": item.explicit,
        "is_externally_hosted": False,
        "languages": [item.language],
        "media_type": "audio",
        "total_episodes": len(item.tracks),
    }


def episode(origin: str, item: Thing) -> Json:
    return {
        **_head(origin, item),
        "description": item.description,
        "html_description": item.description,
        "duration_ms": item.duration_s * 1000,
        "images": _covers(origin, item),
        "explicit": item.explicit,
        "is_externally_hosted": False,
        "is_playable": True,
        "languages": [item.language],
        "release_date": f"2026-01-{item.number % 28 + 1:02d}",
        "release_date_precision": "day",
    }


def whole_episode(origin: str, item: Thing) -> Json:
    """An episode with its show, as its own address and a player answer it."""
    return {**episode(origin, item), "show": show(origin, catalogue.things("show")[item.number])}


def artist(origin: str, item: Thing) -> Json:
    return {**_head(origin, item), "images": _covers(origin, item)}


def album(origin: str, item: Thing) -> Json:
    return {
        **_head(origin, item),
        "album_type": "album",
        "total_tracks": len(item.tracks),
        "images": _covers(origin, item),
        "release_date": str(1990 + item.number % 30),
        "release_date_precision": "year",
        "artists": [_artist_ref(origin, item)],
    }


def owner(origin: str, user_id: str, name: str) -> Json:
    return {
        "id": user_id,
        "display_name": name,
        "type": "user",
        "uri": f"spotify:user:{user_id}",
        "href": f"{origin}/v1/users/{user_id}",
        "external_urls": {"spotify": f"{origin}/user/{user_id}"},
    }


def me(origin: str, person: Person) -> Json:
    """Who signed in: neither product nor country nor address since February 2026."""
    return {
        **owner(origin, person.id, person.display_name),
        "account_id": person.account_id,
        "images": [],
    }


def added_by(origin: str, person: Person) -> Json:
    whole = owner(origin, person.id, person.display_name)
    return {name: value for name, value in whole.items() if name != "display_name"}


def heard(origin: str, item: Thing) -> Json:
    """What a player names as playing, a track or an episode with its show."""
    return (whole_episode if item.kind == "episode" else track)(origin, item)


def sdk_track(origin: str, item: Thing) -> Json:
    """WebPlaybackTrack (developer.spotify.com/documentation/web-playback-sdk/reference)."""
    parent = catalogue.things("album" if item.kind == "track" else "show")[item.number]
    return {
        "uri": item.uri,
        "id": item.id,
        "name": item.name,
        "type": item.kind,
        "media_type": "audio",
        "is_playable": True,
        "duration_ms": item.duration_s * 1000,
        "album": {
            "uri": parent.uri,
            "name": parent.name,
            "images": _covers(origin, parent),
        },
        "artists": [{"name": name, "uri": parent.uri} for name in item.by],
    }


def _head(origin: str, item: Thing) -> Json:
    return {
        "id": item.id,
        "uri": item.uri,
        "name": item.name,
        "type": item.kind,
        "href": f"{origin}/v1/{item.kind}s/{item.id}",
        "external_urls": {"spotify": f"{origin}/{item.kind}/{item.id}"},
    }


def _artist_ref(origin: str, item: Thing) -> Json:
    bands = catalogue.things("artist")
    return _head(origin, bands[item.number % len(catalogue.BANDS)])


def _covers(origin: str, item: Thing) -> list[Json]:
    if not item.has_cover:
        return []
    url = f"{origin}/image/{item.kind}/{item.id}"
    return [{"url": url, "width": COVER_PX, "height": COVER_PX}]
