"""A source of music for tests: four pieces, two of them with a file that can be streamed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from emotion_stream.emotions import Affect
from emotion_stream.errors import ItemNotFound
from emotion_stream.music.provider import (
    File,
    Item,
    Kind,
    Playback,
    ProviderState,
    ProviderStatus,
    Wish,
)

SOUND = bytes(range(256)) * 4


def piece(item_id: str, valence: float, arousal: float) -> Item:
    return Item(
        provider="shop",
        id=item_id,
        kind=Kind.TRACK,
        title=item_id.title(),
        creators=("Nobody",),
        duration_s=60.0,
        affect=Affect(valence, arousal),
        affect_sigma=0.1,
        affect_source="by construction",
    )


class FakeProvider:
    id = "shop"
    name = "Record shop"

    def __init__(self, folder: Path) -> None:
        self.items = {
            item.id: item
            for item in (
                piece("dawn", 0.6, 0.3),
                piece("dusk", -0.5, -0.5),
                piece("noon", 0.7, 0.7),
                piece("gone", 0.5, -0.6),
            )
        }
        self.file = folder / "dawn.opus"
        self.file.write_bytes(SOUND)

    async def start(self) -> None:
        pass

    async def close(self) -> None:
        pass

    def status(self) -> ProviderStatus:
        return ProviderStatus(ProviderState.READY, len(self.items), "4 pieces.")

    async def candidates(self, wish: Wish) -> Sequence[Item]:
        return tuple(self.items.values())

    async def item(self, item_id: str) -> Item:
        if item_id not in self.items:
            raise ItemNotFound(f"The shop has no {item_id!r}.")
        return self.items[item_id]

    async def playback(self, item_id: str) -> Playback:
        await self.item(item_id)
        if item_id == "gone":
            raise ItemNotFound("The file of 'gone' has gone.")
        return File(self.file, "audio/ogg")
