"""`emotion-stream library scan` prints what the server would play."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from mutagen.flac import FLAC

from emotion_stream.cli import main
from tests.music.local.fake_music import chords, drums, write


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["emotion-stream", "library", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def data_dir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EMOTION_STREAM_DATA_DIR", str(tmp_path / "data"))


def test_a_folder_is_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    music = tmp_path / "music"
    music.mkdir()
    file = write(music / "01 - Chords.mp3", chords(12))
    os.utime(file, (time.time() - 3600,) * 2)  # one of this second may still be being copied
    (music / "notes.mp3").write_text("not music")
    assert run(monkeypatch, "scan", str(music)) == 0
    out = capsys.readouterr().out
    assert "Chords" in out
    assert "Valence" in out
    assert "1 track" in out


def test_guesses_are_called_guesses_and_have_a_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "music").mkdir()
    heard = write(tmp_path / "music" / "Heard.flac", drums(20, bpm=45))
    told = write(tmp_path / "music" / "Told.flac", drums(20, bpm=150))
    file = FLAC(told)
    file["bpm"] = "151"
    file.save()
    for path in (heard, told):
        os.utime(path, (time.time() - 3600,) * 2)
    assert run(monkeypatch, "scan", str(tmp_path / "music")) == 0
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert "±" in lines[1]
    rows = {name: next(line for line in lines if name in line) for name in ("Heard", "Told")}
    assert "0.49" in rows["Heard"], "wider than of a whole excerpt"
    assert "~90" in rows["Heard"]
    assert "~" not in rows["Told"]
    assert "151" in rows["Told"]
    assert "guesses from the sound" in captured.out
    assert captured.err == "", "nobody watches"


def test_a_long_scan_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("emotion_stream.cli.progress.PATIENCE_S", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    (tmp_path / "music").mkdir()
    assert run(monkeypatch, "scan", str(tmp_path / "music")) == 0
    assert "Listening" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "scan", str(tmp_path / "nothing")) == 1
    assert "There is no folder" in capsys.readouterr().err
