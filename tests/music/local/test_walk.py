import os
import time
from pathlib import Path

import pytest

from emotion_stream.music.local.analysis import Skipped
from emotion_stream.music.local.walk import Walk, walk


def walked(folder: Path, *, settle_s: float = 0.0) -> Walk:
    return walk(folder, time.time_ns(), settle_s, lambda: False)


def put(path: Path, content: bytes = b"sound") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(result: Walk) -> list[str]:
    return [found.relative for found in result.files]


def test_music_is_found_at_any_depth_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.mp3", "A/B/c.FLAC", "A/a.ogg", "A/b.m4b", "A/c.mp4", "cover.jpg", "notes.txt"):
        put(tmp_path / name)
    result = walked(tmp_path)
    assert names(result) == ["A/B/c.FLAC", "A/a.ogg", "A/b.m4b", "A/c.mp4", "b.mp3"]
    assert result.files[2].size_bytes == 5
    assert result.skipped.total() == 0


def test_hidden_names_are_passed_over_in_silence(tmp_path: Path) -> None:
    for name in (".hidden.mp3", ".trash/song.mp3", "._song.mp3", "song.mp3"):
        put(tmp_path / name)
    result = walked(tmp_path)
    assert names(result) == ["song.mp3"]
    assert result.skipped.total() == 0


def test_formats_no_browser_plays_and_empty_files_are_counted(tmp_path: Path) -> None:
    for name in ("a.wma", "b.ape", "c.aiff", "bought.m4p", "old.mp2"):
        put(tmp_path / name)
    put(tmp_path / "d.mp3", b"")
    result = walked(tmp_path)
    assert names(result) == []
    assert result.skipped == {Skipped.NOT_PLAYABLE: 5, Skipped.EMPTY: 1}


def test_links_that_lead_outside_are_refused_and_counted(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "music"
    secret = put(outside / "secret.mp3")
    put(folder / "song.mp3")
    (folder / "file.mp3").symlink_to(secret)
    (folder / "dir").symlink_to(outside)
    (folder / "nowhere.mp3").symlink_to(tmp_path / "gone.mp3")
    (folder / "neighbour").symlink_to(put(tmp_path / "music2" / "x.mp3"))
    result = walked(folder)
    assert names(result) == ["song.mp3"]
    assert result.skipped == {Skipped.OUTSIDE: 4}


def test_links_in_a_circle_end_the_walk_all_the_same(tmp_path: Path) -> None:
    put(tmp_path / "A" / "song.mp3")
    (tmp_path / "A" / "up").symlink_to(tmp_path)
    (tmp_path / "A" / "self.mp3").symlink_to("self.mp3")
    (tmp_path / "A" / "again.mp3").symlink_to("song.mp3")
    assert names(walked(tmp_path)) == ["A/song.mp3"]


def test_pipes_and_folders_with_a_name_of_music_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    (tmp_path / "folder.mp3").mkdir()
    assert names(walked(tmp_path)) == []


def test_a_file_that_was_touched_just_now_waits(tmp_path: Path) -> None:
    put(tmp_path / "growing.mp3")
    old = put(tmp_path / "old.mp3")
    os.utime(old, (time.time() - 60, time.time() - 60))
    future = put(tmp_path / "future.mp3")
    os.utime(future, (time.time() + 86_400, time.time() + 86_400))
    result = walked(tmp_path, settle_s=5)
    assert names(result) == ["future.mp3", "old.mp3"]
    assert result.skipped == {Skipped.CHANGING: 1}


def test_names_that_are_not_text_are_found(tmp_path: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.mp3")))
    assert names(walked(tmp_path)) == ["caf\udce9.mp3"]


def test_a_folder_that_has_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        walked(tmp_path / "gone")


def test_a_locked_folder_inside_is_counted(ordinary_folder: Path) -> None:
    put(ordinary_folder / "song.mp3")
    (ordinary_folder / "locked").mkdir(mode=0)
    result = walked(ordinary_folder)
    assert names(result) == ["song.mp3"]
    assert result.skipped == {Skipped.UNREADABLE: 1}
    assert result.unread == ["locked"]


def test_a_walk_can_be_stopped(tmp_path: Path) -> None:
    put(tmp_path / "song.mp3")
    assert names(walk(tmp_path, time.time_ns(), 0, lambda: True)) == []


@pytest.mark.slow
def test_ten_thousand_files_are_walked(tmp_path: Path) -> None:
    for folder in range(100):
        (tmp_path / f"{folder:03}").mkdir()
        for number in range(100):
            (tmp_path / f"{folder:03}" / f"{number:03}.mp3").write_bytes(b"x")
    assert len(walked(tmp_path).files) == 10_000
