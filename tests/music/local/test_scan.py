"""What is looked at again, and what is not, when files change."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from mutagen.flac import FLAC

from emotion_stream.music.local.analysis import Skipped
from emotion_stream.music.local.cache import AnalysisCache
from emotion_stream.music.local.scan import Scanner
from emotion_stream.music.local.track import Track
from tests.music.local.fake_music import drums, write
from tests.music.local.scans import Counting

HOUR_NS = 3_600_000_000_000


def scanner(folder: Path, cache: Path, counting: Counting) -> Scanner:
    return Scanner(folder, AnalysisCache.load(cache), counting, 0, threading.Event())


def looked(scanner: Scanner) -> list[Track]:
    """All tracks of one scan and of a look at what it left waiting."""
    scan = scanner.scan()
    seen = [scanner.look(found) for found in scan.waiting]
    return [*scan.tracks, *(track for track in seen if isinstance(track, Track))]


def test_corrected_tags_are_read_though_size_and_samples_are_the_same(
    tmp_path: Path, cache: Path
) -> None:
    """A large picture puts the title where the samples of the content do not look."""
    song, counting = write(tmp_path / "song.flac", drums(12)), Counting()
    file = FLAC(song)
    file["picture"], file["title"], file["genre"] = "x" * 200_000, "Old title", "Doom"
    file.save()
    watching = scanner(tmp_path, cache, counting)
    (old,) = looked(watching)
    before = song.stat()
    file["title"], file["genre"] = "New title", "Soul"
    file.save()
    os.utime(song, ns=(before.st_atime_ns, before.st_mtime_ns + HOUR_NS))
    assert song.stat().st_size == before.st_size

    (new,) = looked(watching)
    assert (old.item.title, new.item.title) == ("Old title", "New title")
    assert new.item.affect.valence > old.item.affect.valence
    assert len(counting.paths) == 1, "its sound is the same"
    watching.cache.save()
    assert [track.item.title for track in looked(scanner(tmp_path, cache, counting))] == [
        "New title"
    ]
    assert len(counting.paths) == 1


def test_a_file_that_may_not_be_opened_is_news_once(ordinary_folder: Path) -> None:
    song, counting = write(ordinary_folder / "song.flac", drums(12)), Counting()
    song.chmod(0)
    watching = scanner(ordinary_folder, ordinary_folder / "data" / "c.json", counting)
    (found,) = watching.scan().waiting
    assert watching.look(found) is Skipped.UNREADABLE
    for _ in range(2):
        again = watching.scan()
        assert (again.waiting, again.skipped) == ([], {Skipped.UNREADABLE: 1})
    song.chmod(0o600)
    assert [track.item.title for track in looked(watching)] == ["song"]
    assert watching.scan().skipped == {}


def test_a_folder_inside_that_was_away_is_not_decoded_again(tmp_path: Path, cache: Path) -> None:
    music, away, counting = tmp_path / "music", tmp_path / "away", Counting()
    (music / "disk").mkdir(parents=True)
    write(music / "disk" / "far.flac", drums(12))
    write(music / "near.flac", drums(12, seed=5))
    watching = scanner(music, cache, counting)
    looked(watching)
    (music / "disk").rename(away)
    assert [track.item.title for track in looked(watching)] == ["near"]
    watching.cache.save()
    away.rename(music / "disk")
    titles = {track.item.title for track in looked(scanner(music, cache, counting))}
    assert (titles, len(counting.paths)) == ({"near", "far"}, 2)
