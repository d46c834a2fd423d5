from pathlib import Path

import mutagen
import pytest
from mutagen.id3 import TBPM, TCON, TIT2, TMOO, TPE1
from mutagen.wave import WAVE

from emotion_stream.music.local.tags import Tags, read_tags
from tests.music.local.fake_music import chords, write


def tagged(path: Path, **values: list[str]) -> Path:
    write(path, chords(1))
    file = mutagen.File(path, easy=True)
    if file.tags is None:
        file.add_tags()
    for name, value in values.items():
        file[name] = value
    file.save()
    return path


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "flac", "opus"])
def test_the_usual_tags_are_read_from_the_usual_formats(tmp_path: Path, suffix: str) -> None:
    path = tagged(
        tmp_path / f"a.{suffix}",
        title=["Über den Wolken"],
        artist=["First; Second"],
        album=["Album"],
        genre=["Jazz"],
        bpm=["93"],
    )
    assert read_tags(path) == Tags(
        "Über den Wolken", ("First", "Second"), "Album", "Jazz", None, 93.0
    )


@pytest.mark.parametrize("suffix", ["mp3", "flac"])
def test_a_mood_tag_is_read(tmp_path: Path, suffix: str) -> None:
    assert read_tags(tagged(tmp_path / f"a.{suffix}", mood=["Calm", "Warm"])).mood == "Calm, Warm"


def test_numbered_genres_have_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", chords(1))
    file = mutagen.File(path)
    file.tags.add(TCON(encoding=3, text=["(17)"]))
    file.save()
    assert read_tags(path).genre == "Rock"


def test_wav_files_may_carry_frames(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", chords(1))
    file = WAVE(path)
    file.add_tags()
    assert file.tags is not None
    for frame in (TIT2, TPE1, TMOO):
        file.tags.add(frame(encoding=3, text=["Words"]))
    file.tags.add(TBPM(encoding=3, text=["120"]))
    file.save()
    assert read_tags(path) == Tags("Words", ("Words",), None, None, "Words", 120.0)


@pytest.mark.parametrize("bpm", ["fast", "0", "-3", "1e9", "nan", ""])
def test_a_tempo_that_is_none_is_left_out(tmp_path: Path, bpm: str) -> None:
    assert read_tags(tagged(tmp_path / "a.flac", bpm=[bpm])).tempo_bpm is None


def test_control_characters_and_endless_names_are_tamed(tmp_path: Path) -> None:
    tags = read_tags(
        tagged(
            tmp_path / "a.flac", title=["a\x00b\nc\x1b\x9bd\u202ee\u2066"], artist=["x" * 10_000]
        )
    )
    assert tags.title == "a b c d e"
    assert len(tags.artists[0]) == 300


@pytest.mark.parametrize("suffix", ["wav", "webm", "aac", "mp3"])
def test_a_file_without_tags_has_none(tmp_path: Path, suffix: str) -> None:
    assert read_tags(write(tmp_path / f"a.{suffix}", chords(1))) == Tags()


def test_damaged_tags_are_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"\xff" * 500)
    assert read_tags(path) == Tags()
    cut = tagged(tmp_path / "b.flac", title=["T"])
    cut.write_bytes(cut.read_bytes()[:50])
    assert read_tags(cut) == Tags()


def test_a_file_that_has_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tags(tmp_path / "gone.mp3")
