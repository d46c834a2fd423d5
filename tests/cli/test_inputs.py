"""Files, folders and standard input: what is analysed, and what is said of the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emotion_stream.cli.inputs import found
from emotion_stream.errors import UsageError
from tests import sounds
from tests.cli.program import Run


def test_a_folder_is_searched_in_order_for_sound_and_nothing_else(run: Run, tmp_path: Path) -> None:
    data = sounds.wav(sounds.speech())
    for name in ("b/deep/two.WAV", "a.wav", "b/no ending", ".hidden/x.wav", "b/._a.wav"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "readme.txt").write_text("no sound")
    (tmp_path / "cover.webp").write_bytes(b"RIFF\x10\x00\x00\x00WEBPVP8 ")
    (tmp_path / "photo.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00")

    ended = run("--json", tmp_path)

    assert ended.code == 0
    files = [json.loads(line)["file"] for line in ended.out.splitlines()]
    assert files == [str(tmp_path / n) for n in ("a.wav", "b/deep/two.WAV", "b/no ending")]


def test_a_folder_of_one_is_still_a_line(run: Run, talk: Path) -> None:
    assert len(run("--json", talk.parent).out.splitlines()) == 1


def test_an_empty_path_does_not_mean_the_folder_one_is_in(run: Run) -> None:
    ended = run("")

    assert (ended.code, ended.out) == (2, "")
    assert "empty" in ended.err


def test_an_empty_folder_among_others_has_failed(run: Run, talk: Path) -> None:
    empty = talk.with_name("empty")
    empty.mkdir()

    ended = run("--json", empty, talk)

    assert ended.code == 1
    assert ended.err == f"{empty}: not_found: there is no sound file in this folder.\n"
    assert json.loads(ended.out)["file"] == str(talk)


def test_a_linked_folder_is_followed_once(run: Run, tmp_path: Path, talk: Path) -> None:
    album = tmp_path / "album"
    (album / "inner").mkdir(parents=True)
    talk.rename(album / "inner" / "talk.wav")
    (album / "inner" / "back").symlink_to(album)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "link").symlink_to(album)

    ended = run("--json", shelf)

    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["file"] == str(shelf / "link" / "inner" / "talk.wav")


def test_a_folder_that_may_not_be_read_is_named(ordinary_folder: Path) -> None:
    (ordinary_folder / "a.wav").write_bytes(b"")
    closed = ordinary_folder / "closed"
    closed.mkdir(mode=0)

    inputs = found([str(ordinary_folder)])

    assert inputs.names == (str(ordinary_folder / "a.wav"),)
    assert inputs.problems == {str(closed): "unreadable: Permission denied."}
    with pytest.raises(UsageError, match=r"closed: unreadable: Permission denied\."):
        found([str(closed)])


def test_a_link_to_where_one_may_not_look_is_named(ordinary_folder: Path) -> None:
    (ordinary_folder / "a.wav").write_bytes(b"")
    closed = ordinary_folder / ".closed"
    closed.mkdir()
    (closed / "b.wav").write_bytes(b"")
    link = ordinary_folder / "link.wav"
    link.symlink_to(closed / "b.wav")
    closed.chmod(0)

    inputs = found([str(ordinary_folder)])

    assert inputs.names == (str(ordinary_folder / "a.wav"),)
    assert inputs.problems == {str(link): "unreadable: Permission denied."}


def test_an_empty_folder_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    ended = run(tmp_path)

    assert ended.code == 2
    assert f"no sound file under {tmp_path}" in ended.err
