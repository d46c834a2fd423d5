import re

import pytest

from emotion_stream.music.local.analysis import Analysis
from emotion_stream.music.local.features import Features
from emotion_stream.music.local.tags import Tags
from emotion_stream.music.local.track import item_id, track_of

FEATURES = Features(75.0, -17, 2, 1.3, 10.5, -14, 0.3, 81.25, 0.4, 0.6, 0.1)
ANALYSIS = Analysis(12.5, "audio/mpeg", FEATURES)


@pytest.mark.parametrize(
    ("relative", "title", "creator"),
    [
        ("song.mp3", "song", "Unknown artist"),
        ("Artist/Album/01 - Song_name.mp3", "Song name", "Artist"),
        ("Folder/07. Someone - A Song.flac", "A Song", "Someone"),
        ("Folder/12 Monkeys.mp3", "12 Monkeys", "Folder"),
        ("Folder/07 Song.mp3", "Song", "Folder"),
        ("Folder/07_Song.mp3", "Song", "Folder"),
        ("1999.mp3", "1999", "Unknown artist"),
        ("99.mp3", "99", "Unknown artist"),
        ("caf\udce9.mp3", "caf�", "Unknown artist"),
        ("a - .mp3", "a -", "Unknown artist"),
        ("___.mp3", "___.mp3", "Unknown artist"),
        ("new\nline\ttab\x1b[2J.mp3", "new line tab [2J", "Unknown artist"),
        ("\x9b31m/\x07/\u202egpj.exe\u2066.mp3", "gpj.exe", "31m"),
        ("\x1b/a.mp3", "a", "Unknown artist"),
    ],
)
def test_names_and_folders_speak_where_tags_are_silent(
    relative: str, title: str, creator: str
) -> None:
    item = track_of(relative, ANALYSIS, Tags()).item
    assert (item.title, item.creators) == (title, (creator,))


def test_tags_come_first() -> None:
    tags = Tags("Title", ("One", "Two"), "Album", "Jazz", None, 93.456)
    item = track_of("Folder/01 - Other - Name.mp3", ANALYSIS, tags).item
    assert (item.title, item.creators, item.album, item.genre) == (
        "Title",
        ("One", "Two"),
        "Album",
        "Jazz",
    )
    assert (item.tempo_bpm, item.tempo_is_estimate) == (93.5, False)
    heard = track_of("a.mp3", ANALYSIS, Tags()).item
    assert (heard.tempo_bpm, heard.tempo_is_estimate) == (81.2, True)
    assert item.provider == "local"


def test_ids_are_fit_for_an_address_and_hang_on_the_path() -> None:
    assert item_id("a/b.mp3") == item_id("a/b.mp3") != item_id("a/c.mp3")
    for relative in ("a b/ü.mp3", "caf\udce9.mp3", "../x"):
        assert re.fullmatch(r"[0-9a-f]{24}", item_id(relative))
