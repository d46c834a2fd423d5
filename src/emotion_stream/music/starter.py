"""The starter library: music in the package, which plays without an account and without a network.

The pieces are composed and rendered by `tools.starter_library`; here they are only served.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from emotion_stream.emotions import Affect
from emotion_stream.errors import ItemNotFound, ProviderUnavailable
from emotion_stream.music.provider import (
    File,
    Item,
    Kind,
    ProviderState,
    ProviderStatus,
    Wish,
)

PROVIDER_ID = "starter"
MEDIA_TYPE = "audio/ogg"
CATALOGUE_NAME = "catalogue.json"


def shipped_folder() -> Path:
    """The folder of the library inside the installed package."""
    return Path(str(files("emotion_stream"))) / "assets" / "starter"


class StarterLibrary:
    """A `Provider` over the shipped pieces. Reads the catalogue when it is made.

    Raises ProviderUnavailable where the catalogue is missing or damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or shipped_folder()
        entries = _read_catalogue(self._folder / CATALOGUE_NAME)
        self._items = {entry["id"]: _item(entry) for entry in entries}
        self._files = {entry["id"]: self._folder / str(entry["file"]) for entry in entries}

    @property
    def id(self) -> str:
        return PROVIDER_ID

    @property
    def name(self) -> str:
        return "Starter library"

    async def start(self) -> None:
        """Nothing runs in the background."""

    async def close(self) -> None:
        """Nothing runs in the background."""

    def status(self) -> ProviderStatus:
        count = len(self._items)
        if not count:
            return ProviderStatus(ProviderState.EMPTY, 0, "The starter library is empty.")
        message = f"{count} pieces that come with Emotion Stream."
        return ProviderStatus(ProviderState.READY, count, message, done=count, total=count)

    async def candidates(self, wish: Wish) -> Sequence[Item]:
        """Every piece where tracks are wanted: so few that the ranking can look at them all."""
        return tuple(self._items.values()) if Kind.TRACK in wish.kinds else ()

    async def item(self, item_id: str) -> Item:
        if item_id not in self._items:
            raise ItemNotFound(f"The starter library has no piece {item_id!r}.")
        return self._items[item_id]

    async def playback(self, item_id: str) -> File:
        item = await self.item(item_id)
        path = self._files[item_id]
        if not path.is_file():
            raise ItemNotFound(f"The file of {item.title!r} has gone; install the package again.")
        return File(path, MEDIA_TYPE)


def _read_catalogue(path: Path) -> list[dict[str, Any]]:  # Any: JSON as it comes
    try:
        tracks = json.loads(path.read_text(encoding="utf-8"))["tracks"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProviderUnavailable(
            f"The catalogue of the starter library cannot be read ({path.name}: {error}); "
            "install the package again."
        ) from error
    if not isinstance(tracks, list):
        raise ProviderUnavailable(
            f"The catalogue of the starter library has no list of tracks ({path.name}); "
            "install the package again."
        )
    return tracks


def _item(entry: dict[str, Any]) -> Item:  # Any: JSON as it comes
    try:
        return Item(
            provider=PROVIDER_ID,
            id=entry["id"],
            kind=Kind.TRACK,
            title=entry["title"],
            creators=tuple(entry["creators"]),
            duration_s=float(entry["duration_s"]),
            affect=Affect(float(entry["affect"]["valence"]), float(entry["affect"]["arousal"])),
            affect_sigma=float(entry["affect_sigma"]),
            affect_source=entry["affect_source"],
            album=entry["album"],
            genre=entry["genre"],
            tempo_bpm=float(entry["tempo_bpm"]),
            licence=entry["licence"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ProviderUnavailable(
            f"An entry in the catalogue of the starter library is damaged ({error!r}); "
            "install the package again."
        ) from error
