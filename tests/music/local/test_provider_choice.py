from pathlib import Path

import pytest

from emotion_stream.errors import LibraryFolderInvalid
from emotion_stream.music.local.provider import checked_folder


def test_a_folder_is_taken_by_its_real_path(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    assert checked_folder(link) == real.resolve()


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Music").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert checked_folder(Path("~/Music")) == (tmp_path / "Music").resolve()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "system"),
        ("/proc", "system"),
        ("/proc/self", "system"),
        ("/dev", "system"),
        ("/etc", "system"),
        ("/../proc/..", "system"),
        ("/nowhere/at/all", "no folder"),
        ("Music", "whole path"),
        ("..", "whole path"),
        ("/nowhere/\0", "no folder|cannot be opened"),
        ("/" + "a" * 5000, "cannot be opened"),
    ],
)
def test_what_cannot_be_a_music_folder_is_refused_by_name(path: str, words: str) -> None:
    with pytest.raises(LibraryFolderInvalid, match=words) as caught:
        checked_folder(Path(path))
    assert path.split("\0")[0].rstrip("/")[:20] in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.touch()
    with pytest.raises(LibraryFolderInvalid, match=r"song\.mp3 is a file"):
        checked_folder(song)


def test_a_link_that_turns_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(LibraryFolderInvalid):
        checked_folder(tmp_path / "a")


def test_a_locked_folder_is_refused(ordinary_folder: Path) -> None:
    locked = ordinary_folder / "locked"
    locked.mkdir(mode=0)
    with pytest.raises(LibraryFolderInvalid, match="may not be read"):
        checked_folder(locked)
