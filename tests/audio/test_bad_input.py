"""Files that are broken, hostile or no sound at all: an error of ours, or what is there of them."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import av
import numpy as np
import pytest

from emotion_stream.audio.condition import Condition
from emotion_stream.audio.decoding import Source, decode
from emotion_stream.errors import (
    AudioError,
    AudioTooLong,
    DamagedAudio,
    EmptyAudio,
    InvalidSamples,
    NotAudio,
)
from tests import sounds

HOUR_S = 3600.0


def decoded(source: Source, *, max_duration_s: float = HOUR_S) -> sounds.Samples:
    return np.concatenate(list(decode(source, max_duration_s=max_duration_s)))


@pytest.mark.parametrize("source", [b"", io.BytesIO(), sounds.wav(sounds.silence(0))])
def test_an_empty_file_is_empty(source: Source) -> None:
    with pytest.raises(EmptyAudio):
        decoded(source)


def test_a_path_that_does_not_exist_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        decoded(tmp_path / "nothing.wav")


PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nfile:///etc/passwd\n"
CONCAT = b"ffconcat version 1.0\nfile '/etc/passwd'\n"
SDP = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"


@pytest.mark.parametrize(
    "data",
    [
        b"Dear diary, today I felt fine.\n" * 200,
        b"R",
        bytes(10_000),
        np.random.default_rng(0).bytes(50_000),
        b"%PDF-1.4\n" + bytes(5_000),
        PLAYLIST,
        CONCAT,
        SDP,
    ],
    ids=["text", "one byte", "zeros", "random", "pdf", "hls", "concat", "sdp"],
)
def test_what_is_not_sound_is_refused_whatever_its_name(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.wav"
    path.write_bytes(data)

    with pytest.raises(NotAudio, match=r"notes\.wav is not a sound file"):
        decoded(path)


def test_a_zip_is_refused_even_with_a_sound_in_it(tmp_path: Path) -> None:
    path = tmp_path / "bundle.wav"
    mp3 = sounds.encoded(sounds.tone(1), container="mp3", codec="libmp3lame", rate_hz=44_100)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("song.mp3", mp3)

    with pytest.raises(NotAudio):
        decoded(path)


def test_a_picture_is_refused() -> None:
    with pytest.raises(NotAudio):
        decoded(_picture())


def test_a_truncated_mp3_gives_what_is_there() -> None:
    data = sounds.encoded(sounds.tone(4), container="mp3", codec="libmp3lame", rate_hz=44_100)

    assert decoded(data[: len(data) // 2]).size == pytest.approx(2 * 16_000, rel=0.1)


def test_a_truncated_m4a_in_fragments_gives_what_is_there() -> None:
    """As Safari records it."""
    data = sounds.encoded(
        sounds.tone(4),
        container="ipod",
        codec="aac",
        rate_hz=44_100,
        options={"movflags": "+empty_moov", "frag_duration": "500000"},
    )

    assert decoded(data[: len(data) * 3 // 5]).size > 1 * 16_000


def test_a_truncated_m4a_without_its_index_is_damaged() -> None:
    data = sounds.encoded(sounds.tone(4), container="ipod", codec="aac", rate_hz=44_100)

    with pytest.raises(DamagedAudio, match="cut off"):
        decoded(data[: len(data) // 2])


def test_damaged_packets_are_left_out_and_counted() -> None:
    noise = sounds.noise(4)
    data = bytearray(sounds.encoded(noise, container="mp3", codec="libmp3lame", rate_hz=44_100))
    middle = len(data) // 2
    data[middle : middle + 5_000] = np.random.default_rng(1).bytes(5_000)
    condition = Condition()

    blocks = list(decode(bytes(data), max_duration_s=HOUR_S, condition=condition))

    assert condition.damaged_packets > 0
    assert 3 * 16_000 < sum(block.size for block in blocks) <= 4.2 * 16_000


def test_a_file_of_damage_alone_says_so() -> None:
    data = bytearray(sounds.encoded(sounds.noise(1), container="flac", codec="flac"))
    data[100:] = np.random.default_rng(1).bytes(len(data) - 100)

    with pytest.raises(DamagedAudio, match="none of its sound"):
        decoded(bytes(data))


@pytest.mark.parametrize("claimed_s", [36_000, 130_000])
def test_an_absurd_length_in_the_header_is_not_believed(claimed_s: int) -> None:
    """RIFF sizes say ten hours (and the most 32 bits can say) where two seconds follow."""
    data = bytearray(sounds.wav(sounds.tone(2)))
    size_bytes = min(claimed_s * 32_000, 2**32 - 1)
    struct.pack_into("<I", data, 4, min(size_bytes + 36, 2**32 - 1))
    struct.pack_into("<I", data, 40, size_bytes)

    assert decoded(bytes(data)).size == 2 * 16_000


def test_a_length_that_header_and_size_agree_on_is_refused_before_decoding() -> None:
    data = sounds.wav(sounds.silence(20))

    with pytest.raises(AudioTooLong, match="longer than 10 s"):
        next(decode(data, max_duration_s=10))


def test_a_file_without_a_length_is_refused_once_it_has_passed_the_limit() -> None:
    data = sounds.encoded(sounds.tone(5), container="adts", codec="aac", rate_hz=44_100)
    blocks: list[sounds.Samples] = []

    with pytest.raises(AudioTooLong):
        blocks.extend(decode(data, max_duration_s=2))
    assert sum(block.size for block in blocks) <= 2 * 16_000


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("codec", ["pcm_f32le", "pcm_f64le"])
def test_floats_that_are_no_numbers_are_named_by_their_place(codec: str, bad: float) -> None:
    samples = sounds.tone(2)
    samples[20_000] = bad

    with pytest.raises(InvalidSamples, match=r"Sample 20000 \(at 1\.250 s\)"):
        decoded(_float_wav(samples, codec))


@pytest.mark.parametrize("codec", ["pcm_f32le", "pcm_f64le"])
def test_floats_far_past_full_scale_are_named_by_their_place(codec: str) -> None:
    samples = sounds.tone(2)
    samples[20_000] = 3e38

    with pytest.raises(InvalidSamples, match=r"Sample 20000 \(at 1\.250 s\) is 3e\+38"):
        decoded(_float_wav(samples, codec))


def test_a_rate_that_is_not_sound_is_refused() -> None:
    data = bytearray(sounds.wav(sounds.tone(1)))
    struct.pack_into("<I", data, 24, 1)  # 1 Hz would become 16,000 samples each

    with pytest.raises(AudioError):
        decoded(bytes(data))


def test_a_file_of_too_many_channels_is_refused() -> None:
    with pytest.raises(DamagedAudio, match="16 channels are too many"):
        decoded(sounds.wav(np.zeros((16, 1_000), np.float32)))
    assert decoded(sounds.wav(np.full((8, 1_000), 0.5, np.float32))).size == 1_000


def test_bytes_changed_anywhere_end_in_sound_or_in_an_error_of_ours() -> None:
    rng = np.random.default_rng(5)
    tone = sounds.tone(0.5)
    files = [
        sounds.encoded(tone, container="wav", codec="pcm_f32le"),
        sounds.encoded(tone, container="mp3", codec="libmp3lame"),
        sounds.encoded(tone, container="ipod", codec="aac"),
        sounds.encoded(tone, container="webm", codec="libopus", rate_hz=48_000),
        sounds.encoded(tone, container="flac", codec="flac"),
    ]
    for _ in range(300):
        data = bytearray(files[rng.integers(len(files))])
        for place in rng.integers(0, min(len(data), 400), size=rng.integers(1, 9)):
            data[place] = rng.integers(256)
        with contextlib.suppress(AudioError):
            assert np.isfinite(decoded(bytes(data))).all()


def _float_wav(samples: sounds.Samples, codec: str) -> bytes:
    """Written by hand: an encoder would not take such samples."""
    kind, width = ("<f4", 4) if codec == "pcm_f32le" else ("<f8", 8)
    sound = samples.astype(kind).tobytes()
    form = struct.pack("<HHIIHH", 3, 1, 16_000, 16_000 * width, width, 8 * width)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form
    chunks += b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def _picture() -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="image2pipe") as output:
        stream = output.add_stream("png", rate=1)
        stream.width = stream.height = 64
        stream.pix_fmt = "rgb24"
        output.mux(stream.encode(av.VideoFrame(64, 64, "rgb24")))
        output.mux(stream.encode(None))
    return file.getvalue()
