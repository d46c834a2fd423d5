# ruff: noqa: ASYNC110, ASYNC240 - what is awaited has no event to tell of it; files are tiny
import asyncio
import threading
from pathlib import Path

import pytest

from emotion_stream.errors import ItemNotFound, LibraryFolderInvalid, ProviderUnavailable
from emotion_stream.music.local.analysis import analyse
from emotion_stream.music.local.cache import Outcome
from emotion_stream.music.provider import ProviderState

from .scans import WISH, Counting, local, run, scanned, until


async def analysed_anew(music: Path, cache: Path) -> int:
    """How many files a new start with this cache still has to analyse."""
    counting = Counting()
    again = local(music, cache, counting)
    await again.start()
    await scanned(again)
    await again.close()
    return len(counting.paths)


def test_closing_midway_keeps_what_was_done(music: Path, cache: Path) -> None:
    first_done, release = threading.Event(), threading.Event()
    looked: list[Path] = []

    def slow(path: Path) -> Outcome:
        looked.append(path)
        if len(looked) == 2:
            first_done.set()
            assert release.wait(20)
        return analyse(path)

    async def work() -> None:
        provider = local(music, cache, slow)
        await provider.start()
        while not first_done.is_set():
            await asyncio.sleep(0.01)
        closing = asyncio.create_task(provider.close())
        await asyncio.sleep(0.05)
        release.set()
        await closing
        await provider.close()
        assert len(looked) == 2

        assert await analysed_anew(music, cache) == 1

    run(work())


def test_a_kill_loses_little(music: Path, cache: Path) -> None:
    async def work() -> None:
        started, release = threading.Event(), threading.Event()
        looked: list[Path] = []

        def slow(path: Path) -> Outcome:
            looked.append(path)
            if len(looked) == 3:
                started.set()
                assert release.wait(20)
            return analyse(path)

        provider = local(music, cache, slow, save_every_s=0)
        await provider.start()
        while not started.is_set():
            await asyncio.sleep(0.01)
        saved = cache.read_bytes()  # as a kill would leave it
        release.set()
        await provider.close()

        cache.write_bytes(saved)
        assert await analysed_anew(music, cache) == 1

    run(work())


def test_a_folder_is_chosen_and_forgotten_while_running(music: Path, cache: Path) -> None:
    async def work() -> None:
        provider = local(None, cache)
        await provider.start()
        assert provider.status().state is ProviderState.NOT_CONFIGURED
        assert await provider.candidates(WISH) == []
        await provider.set_folder(music)
        assert provider.folder == music.resolve()
        assert (await scanned(provider)).items == 2
        item = (await provider.candidates(WISH))[0]

        with pytest.raises(LibraryFolderInvalid, match="nowhere"):
            await provider.set_folder(music / "nowhere")
        assert provider.status().items == 2

        await provider.set_folder(None)
        assert provider.folder is None
        assert provider.status().state is ProviderState.NOT_CONFIGURED
        with pytest.raises(ItemNotFound):
            await provider.playback(item.id)
        assert sorted(path.name for path in music.iterdir()) == ["Drums.flac", "Quiet", "text.mp3"]
        await provider.close()

    run(work())


def test_coming_back_to_a_folder_analyses_nothing_again(
    music: Path, cache: Path, tmp_path: Path
) -> None:
    async def work() -> None:
        other = tmp_path / "other"
        other.mkdir()
        counting = Counting()
        provider = local(music, cache, counting)
        await provider.start()
        await scanned(provider)
        await provider.set_folder(other)
        assert (await scanned(provider)).state is ProviderState.EMPTY
        counting.paths.clear()
        await provider.set_folder(music)
        assert (await scanned(provider)).items == 2
        assert counting.paths == []
        await provider.close()

    run(work())


def test_a_disk_that_goes_and_comes_back(music: Path, cache: Path, tmp_path: Path) -> None:
    async def work() -> None:
        away = tmp_path / "away"
        counting = Counting()
        provider = local(music, cache, counting, walk_every_s=0.05)
        await provider.start()
        await scanned(provider)
        music.rename(away)
        status = await until(provider, lambda status: status.state is ProviderState.ERROR)
        assert str(music) in status.detail
        assert str(music) not in status.message
        with pytest.raises(ProviderUnavailable) as caught:
            await provider.candidates(WISH)
        assert "no folder" in caught.value.detail
        assert str(music) not in str(caught.value)
        away.rename(music)
        await until(provider, lambda status: status.state is ProviderState.READY)
        assert len(counting.paths) == 3
        await provider.close()

    run(work())


def test_a_folder_that_is_not_there_at_the_start_is_an_error_in_words(
    tmp_path: Path, cache: Path
) -> None:
    async def work() -> None:
        provider = local(tmp_path / "gone", cache)
        await provider.start()
        status = await scanned(provider)
        assert status.state is ProviderState.ERROR
        assert "gone" in status.detail
        await provider.close()

    run(work())


def test_starting_and_closing_twice_is_harmless(music: Path, cache: Path) -> None:
    async def work() -> None:
        provider = local(music, cache)
        await provider.close()
        await provider.rescan()
        await provider.start()
        await provider.start()
        await asyncio.gather(*(provider.rescan() for _ in range(5)))
        assert (await scanned(provider)).items == 2
        await asyncio.gather(provider.set_folder(music), provider.set_folder(music))
        assert (await scanned(provider)).items == 2
        await provider.close()
        await provider.close()
        assert not [t for t in threading.enumerate() if t.name.startswith("music-folder")]

    run(work())
