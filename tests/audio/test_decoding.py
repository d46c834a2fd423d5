"""Any sound file to 16 kHz mono; anything else to an error that says what is wrong."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from emotion_stream.audio.decoding import Source, decode, stated_duration_s
from emotion_stream.errors import (
    NoAudioTrack,
)
from tests import sounds

HOUR_S = 3600.0


def decoded(source: Source, *, max_duration_s: float = HOUR_S) -> sounds.Samples:
    return np.concatenate(list(decode(source, max_duration_s=max_duration_s)))


@pytest.mark.parametrize(
    ("container", "codec", "rate_hz", "layout"),
    [
        ("wav", "pcm_u8", 8_000, "mono"),
        ("wav", "pcm_s16le", 44_100, "stereo"),
        ("wav", "pcm_s24le", 48_000, "mono"),
        ("wav", "pcm_s32le", 16_000, "mono"),
        ("wav", "pcm_f32le", 22_050, "mono"),
        ("wav", "pcm_f64le", 16_000, "mono"),
        ("wav", "pcm_s16le", 96_000, "5.1"),
        ("wav", "pcm_alaw", 8_000, "mono"),
        ("aiff", "pcm_s16be", 44_100, "stereo"),
        ("caf", "pcm_s16le", 44_100, "mono"),
        ("flac", "flac", 48_000, "stereo"),
        ("mp3", "libmp3lame", 44_100, "stereo"),
        ("ipod", "aac", 44_100, "stereo"),
        ("mp4", "alac", 44_100, "mono"),
        ("adts", "aac", 22_050, "mono"),
        ("ogg", "libopus", 48_000, "mono"),
        ("webm", "libopus", 48_000, "stereo"),
        ("amr", "libopencore_amrnb", 8_000, "mono"),
    ],
)
def test_a_file_of_any_kind_sounds_the_same(
    container: str, codec: str, rate_hz: int, layout: str
) -> None:
    tone = sounds.tone(2, frequency_hz=440, peak=0.4)
    data = sounds.encoded(tone, container=container, codec=codec, rate_hz=rate_hz, layout=layout)

    heard = decoded(data)

    assert heard.dtype == np.float32
    assert heard.size == pytest.approx(tone.size, abs=0.1 * 16_000)
    middle = heard[8_000:24_000]
    spectrum = np.abs(np.fft.rfft(middle))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=1)
    assert np.abs(middle).max() == pytest.approx(0.4, abs=0.1)


def test_a_path_bytes_and_an_open_file_give_the_same(tmp_path: Path) -> None:
    data = sounds.wav(sounds.tone(1))
    path = tmp_path / "tone.mp3"  # the name lies; the bytes count
    path.write_bytes(data)

    expected = decoded(data)

    np.testing.assert_array_equal(decoded(path), expected)
    np.testing.assert_array_equal(decoded(str(path)), expected)
    np.testing.assert_array_equal(decoded(bytearray(data)), expected)
    np.testing.assert_array_equal(decoded(memoryview(data)), expected)
    with path.open("rb") as file:
        np.testing.assert_array_equal(decoded(file), expected)


def test_what_is_no_source_says_what_is() -> None:
    with pytest.raises(TypeError, match="A ndarray is no source of sound: give a path"):
        decoded(np.zeros(5))  # type: ignore[arg-type]
    with Path(__file__).open() as text, pytest.raises(TypeError, match="open it with mode 'rb'"):
        decoded(text)  # type: ignore[arg-type]


def test_a_video_gives_its_sound_and_a_silent_one_says_so() -> None:
    assert decoded(_video(with_sound=True)).size == pytest.approx(16_000, abs=1_600)
    with pytest.raises(NoAudioTrack, match="no sound track"):
        decoded(_video(with_sound=False))


def test_channels_are_mixed_to_one() -> None:
    left_only = np.stack([sounds.tone(1, peak=0.8), sounds.silence(1)])

    both = np.stack([sounds.tone(1, peak=0.8)] * 2)

    assert np.abs(decoded(sounds.wav(left_only))).max() == pytest.approx(0.4, abs=0.02)
    assert np.abs(decoded(sounds.wav(both))).max() == pytest.approx(0.8, abs=0.02)


def test_one_sample_is_one_sample() -> None:
    assert decoded(sounds.wav(np.full(1, 0.5, np.float32))).size == 1


def test_the_stated_length_is_read_and_the_file_left_at_its_start() -> None:
    file = io.BytesIO(sounds.wav(sounds.tone(3)))

    assert stated_duration_s(file) == pytest.approx(3)
    assert decoded(file).size == 3 * 16_000
    assert stated_duration_s(b"no sound at all") is None
    assert stated_duration_s(b"") is None


def _video(*, with_sound: bool) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        pictures = output.add_stream("mpeg4", rate=10)
        pictures.width = pictures.height = 64
        pictures.pix_fmt = "yuv420p"
        sound = output.add_stream("aac", rate=16_000, layout="mono") if with_sound else None
        for _ in range(10):
            output.mux(pictures.encode(_black()))
        output.mux(pictures.encode(None))
        if sound is not None:
            frame = av.AudioFrame.from_ndarray(sounds.tone(1)[np.newaxis], "flt", "mono")
            frame.sample_rate = 16_000
            output.mux(sound.encode(frame))
            output.mux(sound.encode(None))
    return file.getvalue()


def _black() -> av.VideoFrame:
    return av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
