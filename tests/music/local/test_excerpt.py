from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from emotion_stream.errors import DamagedAudio, EmptyAudio, NoAudioTrack, NotAudio
from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ, read_excerpt
from tests.music.local.fake_music import RATE_HZ, chords, drums, noise, silence, write


@pytest.mark.parametrize(
    ("suffix", "container", "codec"),
    [
        ("mp3", "mp3", "mp3"),
        ("m4a", "mov,mp4,m4a,3gp,3g2,mj2", "aac"),
        ("aac", "aac", "aac"),
        ("ogg", "ogg", "opus"),
        ("opus", "ogg", "opus"),
        ("flac", "flac", "flac"),
        ("wav", "wav", "pcm_s16le"),
        ("webm", "matroska,webm", "opus"),
        ("aiff", "aiff", "pcm_s16be"),
    ],
)
def test_every_format_of_music_is_read(
    tmp_path: Path, suffix: str, container: str, codec: str
) -> None:
    excerpt = read_excerpt(write(tmp_path / f"song.{suffix}", drums(5)))
    assert excerpt.duration_s == pytest.approx(5, abs=0.15)
    assert len(excerpt.samples) == pytest.approx(5 * SAMPLE_RATE_HZ, rel=0.03)
    assert excerpt.samples.dtype == np.float32
    assert (excerpt.container, excerpt.codec) == (container, codec)
    assert 0.1 < excerpt.samples.std() < 0.5


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "ogg", "flac", "wav", "webm"])
def test_a_long_file_is_read_from_its_middle(tmp_path: Path, suffix: str) -> None:
    quiet = silence(10)
    path = write(tmp_path / f"long.{suffix}", np.concatenate([quiet, noise(10), quiet]))
    excerpt = read_excerpt(path, length_s=6)
    assert excerpt.duration_s == pytest.approx(30, abs=0.3)
    assert len(excerpt.samples) == 6 * SAMPLE_RATE_HZ
    assert np.abs(excerpt.samples[:: SAMPLE_RATE_HZ // 10]).max() > 0.05
    seconds = excerpt.samples.reshape(6, -1)
    assert seconds.std(axis=1).min() > 0.1


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "opus", "flac"])
def test_another_place_is_heard_where_the_middle_is_silent(tmp_path: Path, suffix: str) -> None:
    """As on albums whose last song is followed by minutes of nothing and a hidden one."""
    album_end = np.concatenate([noise(20), silence(25), noise(5)])
    excerpt = read_excerpt(write(tmp_path / f"last.{suffix}", album_end), length_s=10)
    assert excerpt.duration_s == pytest.approx(50, abs=0.3)
    assert len(excerpt.samples) / SAMPLE_RATE_HZ == pytest.approx(10, abs=0.5)
    assert excerpt.samples.std() > 0.1


def test_the_best_place_is_taken_where_none_is_good(tmp_path: Path) -> None:
    sparse = np.concatenate([noise(2), silence(16), noise(4), silence(38)])
    excerpt = read_excerpt(write(tmp_path / "sparse.flac", sparse), length_s=15)
    assert len(excerpt.samples) / SAMPLE_RATE_HZ == pytest.approx(4, abs=0.3)
    nothing = read_excerpt(write(tmp_path / "nothing.flac", silence(30)), length_s=10)
    assert len(nothing.samples) == 0


def test_stereo_is_heard_as_one(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=RATE_HZ, layout="stereo")
        both = (np.stack([chords(2), chords(2)]) * 32767).astype(np.int16).T.reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(both, format="s16", layout="stereo")
        frame.sample_rate = RATE_HZ
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    assert read_excerpt(path).samples.ndim == 1
    assert read_excerpt(path).duration_s == pytest.approx(2, abs=0.01)


def test_what_is_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    text, empty = tmp_path / "notes.mp3", tmp_path / "empty.mp3"
    text.write_text("These are not the notes of a song.")
    empty.touch()
    with pytest.raises(NotAudio, match=r"notes\.mp3"):
        read_excerpt(text)
    with pytest.raises(EmptyAudio, match=r"empty\.mp3"):
        read_excerpt(empty)
    with pytest.raises(FileNotFoundError):
        read_excerpt(tmp_path / "gone.mp3")


def test_a_playlist_with_a_false_name_opens_no_other_file(tmp_path: Path) -> None:
    song = write(tmp_path / "song.mp3", drums(3))
    playlist, list_file = tmp_path / "playlist.mp3", tmp_path / "list.mp3"
    playlist.write_text(f"#EXTM3U\n#EXTINF:3,\nfile://{song}\n#EXT-X-ENDLIST\n")
    list_file.write_text(f"ffconcat version 1.0\nfile '{song}'\n")
    for trick in (playlist, list_file):
        with pytest.raises(NotAudio):
            read_excerpt(trick)


def test_random_bytes_are_damaged_or_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "random.mp3"
    path.write_bytes(np.random.default_rng(1).bytes(100_000))
    with pytest.raises((DamagedAudio, NotAudio)):
        read_excerpt(path)


@pytest.mark.parametrize("suffix", ["mp3", "flac", "wav", "ogg", "aac"])
def test_half_a_file_gives_what_is_left(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"half.{suffix}", drums(8))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    excerpt = read_excerpt(path)
    assert 2 < len(excerpt.samples) / SAMPLE_RATE_HZ < 6


def test_a_header_that_promises_days_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "huge.wav", drums(2))
    data = bytearray(path.read_bytes())
    place = data.index(b"data") + 4
    data[place : place + 4] = b"\xf0\xff\xff\xff"
    path.write_bytes(data)
    assert read_excerpt(path).duration_s == pytest.approx(2, abs=0.1)


def test_a_picture_is_not_a_song(tmp_path: Path) -> None:
    path = tmp_path / "film.m4a"
    with av.open(str(path), "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 16
        stream.pix_fmt = "yuv420p"
        file.mux(stream.encode(av.VideoFrame(16, 16, "yuv420p")))
        file.mux(stream.encode(None))
    with pytest.raises(NoAudioTrack, match=r"film\.m4a"):
        read_excerpt(path)


def test_a_name_that_is_not_text_is_read(tmp_path: Path) -> None:
    song = write(tmp_path / "song.wav", drums(1))
    odd = Path(str(tmp_path) + "/caf\udce9.wav")
    song.rename(odd)
    assert read_excerpt(odd).duration_s == pytest.approx(1, abs=0.05)


class Pipe:
    """Takes bytes in order only, as a live recording does: the header cannot be completed."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        return len(data)


@pytest.mark.parametrize("length_s", [75, 3])
def test_a_live_recording_without_a_duration_is_measured(tmp_path: Path, length_s: float) -> None:
    pipe, path = Pipe(), tmp_path / "live.webm"
    with av.open(pipe, "w", format="webm") as file:
        stream = file.add_stream("libopus", rate=48_000, layout="mono")
        for start in range(0, 8 * 48_000, 960):
            frame = av.AudioFrame.from_ndarray(noise(1)[None, :960], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, start
            frame.time_base = Fraction(1, 48_000)
            file.mux(stream.encode(av.AudioResampler("flt").resample(frame)[0]))
        file.mux(stream.encode(None))
    path.write_bytes(pipe.written)
    with av.open(str(path)) as file:
        assert file.duration is None
    excerpt = read_excerpt(path, length_s=length_s)
    assert excerpt.duration_s == pytest.approx(8, abs=0.1)
    assert len(excerpt.samples) / SAMPLE_RATE_HZ == pytest.approx(min(8, length_s), abs=0.1)
