# ruff: noqa: ASYNC240 - what is awaited has no event to tell of it; files are tiny
import os
import shutil
from pathlib import Path

import pytest

from emotion_stream.errors import ItemNotFound
from emotion_stream.music.provider import (
    Goal,
    Item,
    Kind,
    Provider,
    ProviderState,
    Wish,
)
from tests.music.local.fake_music import chords, write

from .scans import WISH, Counting, local, run, scanned


def test_it_is_a_provider(cache: Path) -> None:
    provider: Provider = local(None, cache)
    assert (provider.id, provider.name) == ("local", "My music")


def test_a_folder_is_scanned_in_the_background_and_its_music_plays(
    music: Path, cache: Path
) -> None:
    async def work() -> None:
        provider = local(music, cache)
        await provider.start()
        assert provider.status().state is ProviderState.SCANNING
        status = await scanned(provider)
        assert status.state is ProviderState.READY
        assert (status.items, status.done, status.total) == (2, 3, 3)
        assert status.message == "2 tracks. 1 file left out: 1 not sound."
        by_title = {item.title: item for item in await provider.candidates(WISH)}
        soft, loud = by_title["Chords"], by_title["Drums"]
        assert soft.affect.arousal < loud.affect.arousal
        assert soft.creators == ("Quiet",)
        assert await provider.item(soft.id) == soft
        audio = await provider.playback(soft.id)
        assert audio.path == (music / "Quiet" / "Chords.mp3").resolve()
        assert audio.media_type == "audio/mpeg"
        await provider.close()

    run(work())


def test_ids_are_the_same_after_a_restart_and_nothing_is_analysed_twice(
    music: Path, cache: Path
) -> None:
    async def once(counting: Counting) -> list[Item]:
        provider = local(music, cache, counting)
        await provider.start()
        await scanned(provider)
        items = sorted(await provider.candidates(WISH), key=lambda item: item.id)
        await provider.close()
        return items

    async def work() -> None:
        first, second = Counting(), Counting()
        assert await once(first) == await once(second)
        assert len(first.paths) == 3
        assert second.paths == []

    run(work())


def test_only_tracks_of_the_index_that_still_lie_inside_are_played(
    music: Path, cache: Path, tmp_path: Path
) -> None:
    async def work() -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("secret")
        provider = local(music, cache)
        await provider.start()
        await scanned(provider)
        ids = {item.title: item.id for item in await provider.candidates(WISH)}
        for forged in ("../secret.txt", str(secret), "", "Drums.flac", "0" * 24):
            with pytest.raises(ItemNotFound):
                await provider.playback(forged)
            with pytest.raises(ItemNotFound):
                await provider.item(forged)
        (music / "Drums.flac").unlink()
        with pytest.raises(ItemNotFound, match="Drums"):
            await provider.playback(ids["Drums"])
        (music / "Drums.flac").symlink_to(secret)
        with pytest.raises(ItemNotFound):
            await provider.playback(ids["Drums"])
        shutil.rmtree(music / "Quiet")
        (music / "Quiet").symlink_to(tmp_path)
        write(tmp_path / "Chords.mp3", chords(12))
        with pytest.raises(ItemNotFound):
            await provider.playback(ids["Chords"])
        await provider.close()

    run(work())


def test_names_that_are_not_text_survive_scan_cache_and_playing(
    tmp_path: Path, cache: Path
) -> None:
    async def work() -> None:
        folder = tmp_path / "music"
        folder.mkdir()
        song = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.wav"))
        write(folder / "song.wav", chords(12)).rename(song)
        for counting, analysed in ((Counting(), 1), (Counting(), 0)):
            provider = local(folder, cache, counting)
            await provider.start()
            await scanned(provider)
            item = (await provider.candidates(WISH))[0]
            assert item.title.encode() == "caf�".encode()
            assert (await provider.playback(item.id)).path == song
            assert len(counting.paths) == analysed
            await provider.close()

    run(work())


def test_a_cache_that_cannot_be_written_is_admitted(music: Path, tmp_path: Path) -> None:
    async def work() -> None:
        (tmp_path / "file").touch()
        provider = local(music, tmp_path / "file" / "cache.json")
        await provider.start()
        status = await scanned(provider)
        assert status.state is ProviderState.READY
        assert "cannot be saved" in status.message
        await provider.close()

    run(work())


def test_a_damaged_cache_is_rebuilt(music: Path, cache: Path) -> None:
    async def work() -> None:
        cache.parent.mkdir()
        cache.write_bytes(b'{"format": 1, "estim')
        provider = local(music, cache)
        await provider.start()
        assert (await scanned(provider)).items == 2
        await provider.close()
        assert b"onsets_per_s" in cache.read_bytes()

    run(work())


def test_an_empty_folder_is_empty_and_podcasts_are_not_here(tmp_path: Path, cache: Path) -> None:
    async def work() -> None:
        (tmp_path / "empty").mkdir()
        provider = local(tmp_path / "empty", cache)
        await provider.start()
        assert (await scanned(provider)).state is ProviderState.EMPTY
        podcasts = Wish(WISH.path, (Kind.PODCAST,), Goal.STAY, 1)
        assert list(await provider.candidates(podcasts)) == []
        await provider.close()

    run(work())
