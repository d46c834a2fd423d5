"""`emotion-stream library scan` prints what the server would play."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from emotion_stream.cli import main
from tests.music.local.sounds import chords, write


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


def test_a_folder_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "scan", str(tmp_path / "nothing")) == 1
    assert "There is no folder" in capsys.readouterr().err
