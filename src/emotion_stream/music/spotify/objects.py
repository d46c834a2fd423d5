"""What Spotify answers, as far as we use it: every field that can be missing is optional.

Since February 2026 a new app gets shorter objects than the documentation shows, `null` where a
playlist of Spotify's own would be, and renamed fields; what cannot be used is dropped, never
guessed (https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


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
