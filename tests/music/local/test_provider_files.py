# ruff: noqa: ASYNC240 - what is awaited has no event to tell of it; files are tiny
import logging
import os
import threading
import time
from pathlib import Path

import pytest

from emotion_stream.music.local.analysis import analyse
from emotion_stream.music.local.cache import Outcome
from emotion_stream.music.provider import ProviderState
from tests.music.local.fake_music import chords, write

from .scans import WISH, Counting, local, run, scanned, titles, until


def test_new_changed_moved_and_missing_files_are_noticed(music: Path, cache: Path) -> None:
    async def work() -> None:
        counting = Counting()
        provider = local(music, cache, counting)
        await provider.start()
        await scanned(provider)
        counting.paths.clear()

        write(music / "New.wav", chords(12))
        (music / "Drums.flac").rename(music / "Moved.flac")
        await provider.rescan()
        assert provider.status().state is ProviderState.SCANNING
        await scanned(provider)
        assert await titles(provider) == ["Chords", "Moved", "New"]
        assert [path.name for path in counting.paths] == ["New.wav"]

        (music / "New.wav").unlink()
        before = {item.title: item for item in await provider.candidates(WISH)}
        write(music / "Moved.flac", chords(12))
        await provider.rescan()
        await scanned(provider)
        after = {item.title: item for item in await provider.candidates(WISH)}
        assert sorted(after) == ["Chords", "Moved"]
        assert after["Moved"].id == before["Moved"].id
        assert after["Moved"].affect.arousal < before["Moved"].affect.arousal
        await provider.close()

    run(work())


def test_a_scan_asked_for_during_a_scan_follows_it(music: Path, cache: Path) -> None:
    looking, release = threading.Event(), threading.Event()

    def waiting(path: Path) -> Outcome:
        looking.set()
        assert release.wait(20)
        return analyse(path)

    async def work() -> None:
        provider = local(music, cache, waiting)
        await provider.start()
        await until(provider, lambda _: looking.is_set())
        write(music / "New.wav", chords(12))
        await provider.rescan()
        assert provider.status().message == "Listening to your music: 0 of 3 files."
        release.set()
        await until(provider, lambda status: status.items == 3)
        assert (await scanned(provider)).state is ProviderState.READY
        await provider.close()

    run(work())


def test_changes_are_picked_up_without_being_asked(music: Path, cache: Path) -> None:
    async def work() -> None:
        provider = local(music, cache, walk_every_s=0.05)
        await provider.start()
        await scanned(provider)
        write(music / "New.wav", chords(12))
        await until(provider, lambda status: status.items == 3)
        await provider.close()

    run(work())


def test_a_file_that_is_still_being_copied_waits_for_the_next_walk(
    music: Path, cache: Path
) -> None:
    async def work() -> None:
        provider = local(music, cache, settle_s=0.6)
        old_s = time.time() - 60
        for path in music.rglob("*.*"):
            os.utime(path, (old_s, old_s))
        write(music / "New.wav", chords(12))
        await provider.start()
        status = await scanned(provider)
        assert (status.items, "1 still being copied" in status.message) == (2, True)
        await until(provider, lambda status: status.items == 3)
        await provider.close()

    run(work())


def test_a_file_that_changes_or_vanishes_under_our_hands_stops_nothing(
    music: Path, cache: Path
) -> None:
    def meddling(path: Path) -> Outcome:
        if path.name == "Drums.flac":
            path.unlink()
        if path.name == "Chords.mp3":
            result = analyse(path)
            path.write_bytes(path.read_bytes() + b"more")
            return result
        return analyse(path)

    async def work() -> None:
        write(music / "Other.wav", chords(12))
        provider = local(music, cache, meddling)
        await provider.start()
        status = await scanned(provider)
        assert await titles(provider) == ["Other"]
        assert "1 not sound, 1 still being copied" in status.message
        await provider.close()

    run(work())


def test_an_analysis_that_breaks_is_one_file_left_out(
    music: Path, cache: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def breaking(path: Path) -> Outcome:
        if path.name == "Drums.flac":
            raise ZeroDivisionError("odd file")
        return analyse(path)

    async def work() -> None:
        provider = local(music, cache, breaking)
        await provider.start()
        status = await scanned(provider)
        assert "1 damaged" in status.message
        assert await titles(provider) == ["Chords"]
        await provider.close()

    with caplog.at_level(logging.ERROR):
        run(work())
    assert "Drums.flac" in caplog.text


def test_a_file_that_may_not_be_read_is_left_out_and_tried_again(music: Path, cache: Path) -> None:
    locked = True

    def guarded(path: Path) -> Outcome:
        if locked and path.name == "Drums.flac":
            raise PermissionError(13, "Permission denied", str(path))
        return analyse(path)

    async def work() -> None:
        nonlocal locked
        provider = local(music, cache, guarded)
        await provider.start()
        assert "1 not readable" in (await scanned(provider)).message
        locked = False
        await provider.rescan()
        assert (await scanned(provider)).items == 2
        await provider.close()

    run(work())


def test_the_event_loop_stays_free_while_files_are_analysed(music: Path, cache: Path) -> None:
    release = threading.Event()

    def waiting(path: Path) -> Outcome:
        assert release.wait(20)
        return analyse(path)

    async def work() -> None:
        provider = local(music, cache, waiting)
        await provider.start()
        status = await until(provider, lambda status: status.total == 3)
        assert status.message == "Listening to your music: 0 of 3 files."
        release.set()
        await scanned(provider)
        await provider.close()

    run(work())
