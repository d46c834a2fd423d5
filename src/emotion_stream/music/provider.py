"""The protocol every source of music satisfies, and the words it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from emotion_stream.emotions import Affect


class Kind(StrEnum):
    TRACK = "track"
    PLAYLIST = "playlist"
    PODCAST = "podcast"


class Goal(StrEnum):
    """What the person wants from the music."""

    STAY = "stay"
    LIFT = "lift"
    CALM = "calm"
    ENERGISE = "energise"


class ProviderState(StrEnum):
    READY = "ready"
    SCANNING = "scanning"
    EMPTY = "empty"
    NOT_CONFIGURED = "not_configured"
    ERROR = "error"


@dataclass(frozen=True)
class Item:
    """Something that can be played.

    `affect` is how the item sounds, with `affect_sigma` its uncertainty (standard deviation, same
    units) and `affect_source` where the value comes from ("by construction", "audio estimate").
    `tempo_is_estimate` says that the tempo was heard, not told by a tag or a score.
    `id` is unique within the provider, URL-safe and stable between restarts.
    """

    provider: str
    id: str
    kind: Kind
    title: str
    creators: tuple[str, ...]
    duration_s: float
    affect: Affect
    affect_sigma: float
    affect_source: str
    album: str | None = None
    genre: str | None = None
    tempo_bpm: float | None = None
    tempo_is_estimate: bool = False
    licence: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Wish:
    """What is looked for: an affect per place of the list (its first is the person's state)."""

    path: tuple[Affect, ...]
    kinds: tuple[Kind, ...]
    goal: Goal
    limit: int


@dataclass(frozen=True)
class File:
    """An item that plays from a file of this machine, streamed with HTTP Range."""

    path: Path
    media_type: str


@dataclass(frozen=True)
class Url:
    """An item that plays from an address elsewhere, to which the page is sent."""

    url: str
    media_type: str


Playback = File | Url
"""How an item plays in the page."""


@dataclass(frozen=True)
class ProviderStatus:
    """`done` of `total` files looked at while scanning; `message` is a sentence for the person.

    `detail` may name paths: it is for who sits at the machine that runs the server.
    """

    state: ProviderState
    items: int
    message: str
    done: int = 0
    total: int = 0
    detail: str = ""


class Provider(Protocol):
    """A source of music. Safe to call concurrently on the event loop; never blocks it."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    async def start(self) -> None:
        """Begin background work; returns at once."""

    async def close(self) -> None:
        """End background work; nothing half-written is left."""

    def status(self) -> ProviderStatus: ...

    async def candidates(self, wish: Wish) -> Sequence[Item]:
        """Items worth ranking for the wish, best source order first. MusicError on failure."""

    async def item(self, item_id: str) -> Item:
        """Raises ItemNotFound."""

    async def playback(self, item_id: str) -> Playback:
        """Raises ItemNotFound, also when the file has gone."""
