"""`emotion-stream migrate` says what it did."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from emotion_stream.cli import main
from tests.migrated import NEWEST


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["emotion-stream", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_it_migrates_once_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("EMOTION_STREAM_DATA_DIR", str(tmp_path / "data"))
    assert run(monkeypatch, "migrate") == 0
    assert f"schema none -> {NEWEST}" in capsys.readouterr().out
    assert run(monkeypatch, "migrate") == 0
    assert f"up to date (schema {NEWEST})" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EMOTION_STREAM_DATA_DIR", str(tmp_path / "file"))
    assert run(monkeypatch, "migrate") == 1
    assert "EMOTION_STREAM_DATA_DIR" in capsys.readouterr().err
