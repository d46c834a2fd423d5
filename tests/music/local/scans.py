# ruff: noqa: ASYNC110 - what is awaited has no event to tell of it; files are tiny
"""Running the local folder in tests."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

from emotion_stream.emotions import Affect
from emotion_stream.music.local.analysis import analyse
from emotion_stream.music.local.cache import Outcome
from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.music.provider import (
    Goal,
    Kind,
    ProviderState,
    ProviderStatus,
    Wish,
)

WISH = Wish((Affect(0, 0),), (Kind.TRACK,), Goal.STAY, 1)


class Counting:
    """The real analysis, with a note of every file it was asked for."""

    def __init__(self) -> None:
        self.paths: list[Path] = []

    def __call__(self, path: Path) -> Outcome:
        self.paths.append(path)
        return analyse(path)


def run(work: Coroutine[object, object, None]) -> None:
    async def limited() -> None:
        await asyncio.wait_for(work, 30)

    asyncio.run(limited())


def local(
    folder: Path | None, cache: Path, analyse: Callable[[Path], Outcome] = analyse, **more: float
) -> LocalFolder:
    return LocalFolder(
        folder, cache, analyse=analyse, **{"settle_s": 0, "walk_every_s": 60, **more}
    )


async def until(provider: LocalFolder, done: Callable[[ProviderStatus], bool]) -> ProviderStatus:
    while not done(provider.status()):
        await asyncio.sleep(0.01)
    return provider.status()


async def scanned(provider: LocalFolder) -> ProviderStatus:
    return await until(provider, lambda status: status.state is not ProviderState.SCANNING)


async def titles(provider: LocalFolder) -> list[str]:
    return sorted(item.title for item in await provider.candidates(WISH))
