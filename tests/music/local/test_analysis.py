import json
from pathlib import Path

import av
import numpy as np
import pytest

from emotion_stream.music.local.analysis import Analysis, Skipped, analyse
from tests.music.local.fake_music import RATE_HZ, drums, silence, write


def with_picture(sound: Path, path: Path, codec: str, pixels: str) -> Path:
    """The same sound with one picture to it."""
    with av.open(str(sound)) as source, av.open(str(path), "w") as file:
        audio = file.add_stream_from_template(source.streams.audio[0])
        video = file.add_stream(codec, rate=1)
        video.width, video.height, video.pix_fmt = 16, 16, pixels
        file.mux(video.encode(av.VideoFrame(16, 16, pixels)))
        file.mux(video.encode(None))
        for packet in source.demux(source.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = audio
                file.mux(packet)
    return path


def test_a_file_is_worked_out_whole(tmp_path: Path) -> None:
    result = analyse(write(tmp_path / "a.mp3", drums(12, bpm=120)))
    assert isinstance(result, Analysis)
    assert result.media_type == "audio/mpeg"
    assert result.duration_s == pytest.approx(12, abs=0.15)
    assert result.features.onsets_per_s == pytest.approx(4, abs=0.5)


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    song = write(tmp_path / "a.flac", drums(12)).rename(tmp_path / "a.mp3")
    result = analyse(song)
    assert isinstance(result, Analysis)
    assert result.media_type == "audio/flac"


def test_reasons_to_leave_a_file_out(tmp_path: Path) -> None:
    text, empty = tmp_path / "text.mp3", tmp_path / "empty.mp3"
    text.write_text("not music")
    empty.touch()
    aiff = write(tmp_path / "a.aiff", drums(12)).rename(tmp_path / "a.wav")
    assert analyse(text) is Skipped.NOT_SOUND
    assert analyse(empty) is Skipped.EMPTY
    assert analyse(aiff) is Skipped.NOT_PLAYABLE


def test_sound_that_only_the_name_makes_playable_is_left_out(tmp_path: Path) -> None:
    radio = write(tmp_path / "radio.mp2", drums(12), codec="mp2").rename(tmp_path / "radio.mp3")
    assert analyse(radio) is Skipped.NOT_PLAYABLE
    locked = write(tmp_path / "locked.m4a", drums(12))
    locked.write_bytes(locked.read_bytes().replace(b"mp4a", b"drms"))
    assert analyse(locked) is Skipped.NOT_PLAYABLE
    slow = write(tmp_path / "slow.wav", drums(1))
    data = bytearray(slow.read_bytes())
    data[24:28] = (1000).to_bytes(4, "little")  # its rate
    slow.write_bytes(data)
    assert analyse(slow) is Skipped.NOT_PLAYABLE


def test_an_audio_book_is_sound_and_a_film_is_a_film(tmp_path: Path) -> None:
    book = write(tmp_path / "book.m4a", drums(12)).rename(tmp_path / "book.m4b")
    result = analyse(book)
    assert isinstance(result, Analysis)
    assert result.media_type == "audio/mp4"
    assert analyse(with_picture(book, tmp_path / "film.mp4", "mpeg4", "yuv420p")) is Skipped.FILM
    covered = analyse(with_picture(book, tmp_path / "cover.mp4", "mjpeg", "yuvj420p"))
    assert isinstance(covered, Analysis)


def test_nothing_is_said_of_silence(tmp_path: Path) -> None:
    offset = np.full(20 * RATE_HZ, 0.5, np.float32)
    nearly = np.concatenate([drums(2), silence(30)])
    for name, samples in (("silence", silence(30)), ("offset", offset), ("nearly", nearly)):
        assert analyse(write(tmp_path / f"{name}.wav", samples)) is Skipped.SILENT


def test_samples_that_are_no_numbers_are_silence(tmp_path: Path) -> None:
    path = write(tmp_path / "nan.wav", silence(12), codec="pcm_f32le")
    data = path.read_bytes()
    start = data.index(b"data") + 8
    path.write_bytes(data[:start] + np.full(12 * RATE_HZ, np.nan, "<f4").tobytes())
    assert analyse(path) is Skipped.SILENT


def test_a_jingle_is_too_short_to_judge(tmp_path: Path) -> None:
    assert analyse(write(tmp_path / "jingle.wav", drums(9))) is Skipped.SHORT
    assert isinstance(analyse(write(tmp_path / "song.wav", drums(11))), Analysis)


def test_an_analysis_survives_json(tmp_path: Path) -> None:
    result = analyse(write(tmp_path / "a.wav", drums(12)))
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
    result = analyse(write(tmp_path / "a.wav", drums(12)))
    assert isinstance(result, Analysis)
    stored = json.loads(json.dumps(result.as_dict()))
    with pytest.raises((KeyError, TypeError, ValueError)):
        Analysis.from_dict({**stored, name: value})
