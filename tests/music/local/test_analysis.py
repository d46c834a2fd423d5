import json
from pathlib import Path

import pytest

from emotion_stream.music.local.analysis import Analysis, analyse
from emotion_stream.music.local.playable import Skipped

from .sounds import drums, write


def test_a_file_is_worked_out_whole(tmp_path: Path) -> None:
    result = analyse(write(tmp_path / "a.mp3", drums(5, bpm=120)))
    assert isinstance(result, Analysis)
    assert result.media_type == "audio/mpeg"
    assert result.duration_s == pytest.approx(5, abs=0.15)
    assert result.features.onsets_per_s == pytest.approx(4, abs=0.5)


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    song = write(tmp_path / "a.flac", drums(2)).rename(tmp_path / "a.mp3")
    result = analyse(song)
    assert isinstance(result, Analysis)
    assert result.media_type == "audio/flac"


def test_reasons_to_leave_a_file_out(tmp_path: Path) -> None:
    text, empty = tmp_path / "text.mp3", tmp_path / "empty.mp3"
    text.write_text("not music")
    empty.touch()
    aiff = write(tmp_path / "a.aiff", drums(1)).rename(tmp_path / "a.wav")
    assert analyse(text) is Skipped.NOT_SOUND
    assert analyse(empty) is Skipped.EMPTY
    assert analyse(aiff) is Skipped.NOT_PLAYABLE


def test_an_analysis_survives_json(tmp_path: Path) -> None:
    result = analyse(write(tmp_path / "a.wav", drums(2)))
    assert isinstance(result, Analysis)
    assert Analysis.from_dict(json.loads(json.dumps(result.as_dict()))) == result


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_s", "long"),
        ("duration_s", float("nan")),
        ("duration_s", True),
        ("features", [1]),
        ("features", {"mode": 0.1}),
    ],
)
def test_what_is_no_analysis_is_refused(tmp_path: Path, name: str, value: object) -> None:
    result = analyse(write(tmp_path / "a.wav", drums(1)))
    assert isinstance(result, Analysis)
    stored = json.loads(json.dumps(result.as_dict()))
    with pytest.raises((KeyError, TypeError, ValueError)):
        Analysis.from_dict({**stored, name: value})
