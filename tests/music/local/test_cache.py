import logging
import os
import resource
from pathlib import Path

import pytest

from emotion_stream.music.local.analysis import Analysis, Skipped
from emotion_stream.music.local.cache import AnalysisCache, CachedFile, content_key
from emotion_stream.music.local.features import Features
from emotion_stream.music.local.tags import Tags
from emotion_stream.music.local.walk import FoundFile, Walk

MUSIC = Path("/music")
SONG = FoundFile("caf\udce9/song.mp3", 100, 1_700_000_000_123_456_789)
TAGS = Tags("Title", ("One",), None, "Jazz", None, 90.0)
FEATURES = Features(75.0, -17, 2.5, 1.3, 10.5, -14, 0.3, None, 0.4, 0.6, 0.1)
ANALYSIS = Analysis(12.5, "audio/mpeg", FEATURES)


def place(found: FoundFile, key: str, tags: Tags = TAGS) -> CachedFile:
    return CachedFile(found.size_bytes, found.mtime_ns, key, tags)


def filled(file: Path) -> AnalysisCache:
    cache = AnalysisCache.load(file)
    cache.put(MUSIC, SONG.relative, place(SONG, "key"), ANALYSIS)
    cache.put(MUSIC, "b.mp3", CachedFile(5, 6, "other"), Skipped.DAMAGED)
    assert cache.save() is None
    return cache


def test_outcomes_survive_a_restart(tmp_path: Path) -> None:
    filled(tmp_path / "new folder" / "cache.json")
    cache = AnalysisCache.load(tmp_path / "new folder" / "cache.json")
    assert cache.get(MUSIC, SONG) == (ANALYSIS, TAGS)
    assert cache.get(MUSIC, FoundFile("b.mp3", 5, 6)) == (Skipped.DAMAGED, Tags())
    assert [file.name for file in (tmp_path / "new folder").iterdir()] == ["cache.json"]


def test_a_folder_made_for_the_cache_is_for_its_owner_only(tmp_path: Path) -> None:
    filled(tmp_path / "new folder" / "cache.json")
    assert (tmp_path / "new folder").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "changed",
    [
        FoundFile(SONG.relative, 101, SONG.mtime_ns),
        FoundFile(SONG.relative, 100, SONG.mtime_ns + 1),
        FoundFile("elsewhere.mp3", 100, SONG.mtime_ns),
    ],
)
def test_a_changed_file_is_not_known(tmp_path: Path, changed: FoundFile) -> None:
    assert filled(tmp_path / "c.json").get(MUSIC, changed) is None


def test_content_is_known_wherever_it_lies(tmp_path: Path) -> None:
    cache = filled(tmp_path / "c.json")
    assert cache.by_content("key") == ANALYSIS
    assert cache.by_content("unheard of") is None


def test_the_same_content_may_have_other_tags_elsewhere(tmp_path: Path) -> None:
    cache, copy = filled(tmp_path / "c.json"), FoundFile("copy.mp3", 100, 1)
    cache.put(MUSIC, copy.relative, place(copy, "key", Tags("Other title")), ANALYSIS)
    cache.save()
    again = AnalysisCache.load(tmp_path / "c.json")
    assert again.get(MUSIC, SONG) == (ANALYSIS, TAGS)
    assert again.get(MUSIC, copy) == (ANALYSIS, Tags("Other title"))


def test_files_that_have_gone_are_forgotten_but_not_a_disk_that_is_away(tmp_path: Path) -> None:
    cache, other = filled(tmp_path / "c.json"), FoundFile("b.mp3", 5, 6)
    cache.forget_missing(MUSIC, Walk([]))
    cache.forget_missing(MUSIC, Walk([other], unread=[os.path.dirname(SONG.relative)]))
    cache.forget_missing(MUSIC, Walk([other], unread=[SONG.relative]))
    assert cache.get(MUSIC, SONG) == (ANALYSIS, TAGS)
    cache.forget_missing(MUSIC, Walk([other], unread=["caf"]))
    assert cache.get(MUSIC, SONG) is None


def test_what_was_heard_in_files_that_are_away_is_kept_but_not_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache, other = filled(tmp_path / "c.json"), FoundFile("b.mp3", 5, 6)
    cache.put(MUSIC, "later.mp3", CachedFile(1, 1, "later"), ANALYSIS)
    cache.forget_missing(MUSIC, Walk([other]))
    cache.save()
    assert AnalysisCache.load(tmp_path / "c.json").by_content("key") == ANALYSIS

    monkeypatch.setattr("emotion_stream.music.local.cache._UNPLACED_KEPT", 1)
    cache.put(MUSIC, "b.mp3", CachedFile(5, 6, "other"), Skipped.DAMAGED)
    cache.save()
    assert cache.by_content("key") is None
    assert (cache.by_content("later"), cache.by_content("other")) == (ANALYSIS, Skipped.DAMAGED)


def test_the_last_few_folders_are_kept_apart(tmp_path: Path) -> None:
    cache = filled(tmp_path / "c.json")
    for number in range(4):
        cache.put(
            Path(f"/other{number}"), SONG.relative, place(SONG, f"key{number}"), Skipped.EMPTY
        )
    cache.save()
    again = AnalysisCache.load(tmp_path / "c.json")
    assert again.get(MUSIC, SONG) is None
    assert again.get(Path("/other3"), SONG) == (Skipped.EMPTY, TAGS)


CURRENT = b'{"format": 2, "estimator": "2", %s}'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b'{"format": 2}',
        b'{"format": 99, "estimator": "2", "folders": {}, "outcomes": {}}',
        b'{"format": 2, "estimator": "0", "folders": {}, "outcomes": {}}',
        CURRENT % b'"folders": [], "outcomes": {}',
        CURRENT % b'"folders": {"/m": {"a": [1]}}, "outcomes": {}',
        CURRENT % b'"folders": {"/m": {"a": [1e999, 1, "k", {}]}}, "outcomes": {}',
        CURRENT % b'"folders": {"/m": {"a": [1, 1, "k", []]}}, "outcomes": {}',
        CURRENT % b'"folders": {"/m": {"a": [1, 1, "k", {"artists": 1}]}}, "outcomes": {}',
        CURRENT % b'"folders": {}, "outcomes": {"k": "no reason"}',
        CURRENT % b'"folders": {}, "outcomes": {"k": {}}',
        CURRENT % (b'"folders": {}, "outcomes": {"k": {"duration_s": 1' + b"0" * 400 + b"}}"),
        b"[" * 100_000,
    ],
)
def test_a_damaged_or_foreign_cache_is_rebuilt(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "c.json"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        cache = AnalysisCache.load(file)
    assert "will be rebuilt" in caplog.text
    assert cache.get(MUSIC, SONG) is None
    cache.put(MUSIC, SONG.relative, place(SONG, "key"), ANALYSIS)
    assert cache.save() is None
    assert AnalysisCache.load(file).get(MUSIC, SONG) == (ANALYSIS, TAGS)


def test_what_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = AnalysisCache.load(tmp_path / "file" / "c.json")
    cache.put(MUSIC, SONG.relative, place(SONG, "key"), ANALYSIS)
    assert cache.save()
    assert cache.get(MUSIC, SONG) == (ANALYSIS, TAGS)


def test_a_disk_that_fills_up_leaves_the_old_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    filled(file)
    before = file.read_bytes()
    cache = AnalysisCache.load(file)
    cache.put(MUSIC, "new.mp3", CachedFile(1, 1, "new"), ANALYSIS)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        assert cache.save()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["c.json"]
    assert cache.save() is None
    assert AnalysisCache.load(file).get(MUSIC, FoundFile("new.mp3", 1, 1)) == (ANALYSIS, Tags())


def test_content_is_told_apart_by_head_middle_and_end(tmp_path: Path) -> None:
    base = bytes(300_000)
    keys = set()
    for number, place in enumerate((0, 150_000, 299_999)):
        changed = bytearray(base)
        changed[place] = 1
        file = tmp_path / f"{number}"
        file.write_bytes(changed)
        keys.add(content_key(file, 300_000))
    same = tmp_path / "same"
    same.write_bytes(base)
    keys.add(content_key(same, 300_000))
    assert len(keys) == 4
    small = tmp_path / "small"
    small.write_bytes(b"abc")
    assert content_key(small, 3) == content_key(small, 3)
