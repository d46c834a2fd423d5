"""The starter library: complete, honest about its files, and clear when something is broken."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from pathlib import Path

import av
import pytest

from emotion_stream.emotions import Affect
from emotion_stream.errors import ItemNotFound, ProviderUnavailable
from emotion_stream.music.provider import Goal, Item, Kind, Provider, ProviderState, Wish
from emotion_stream.music.starter import StarterLibrary, shipped_folder

CATALOGUE = json.loads((shipped_folder() / "catalogue.json").read_text(encoding="utf-8"))
TRACKS = CATALOGUE["tracks"]


def wish(*kinds: Kind) -> Wish:
    return Wish((Affect(0.0, 0.0),), kinds, Goal.STAY, 10)


def all_items() -> tuple[Item, ...]:
    return tuple(asyncio.run(StarterLibrary().candidates(wish(Kind.TRACK))))


def test_it_is_a_provider_that_is_ready() -> None:
    library: Provider = StarterLibrary()
    assert (library.id, library.name) == ("starter", "Starter library")
    status = library.status()
    assert status.state is ProviderState.READY
    assert status.items == len(TRACKS)
    asyncio.run(library.start())
    asyncio.run(library.close())


def test_candidates_are_all_tracks_and_nothing_else() -> None:
    assert len(all_items()) == len(TRACKS)
    assert not asyncio.run(StarterLibrary().candidates(wish(Kind.PODCAST, Kind.PLAYLIST)))


def test_items_say_what_they_are() -> None:
    for item in all_items():
        assert re.fullmatch(r"[a-z0-9-]+", item.id), "ids go into addresses"
        assert item.provider == "starter"
        assert item.creators == ("Emotion Stream",)
        assert item.licence == "CC0-1.0"
        assert item.affect_source == "by construction"
        assert 30 <= item.duration_s <= 90
        assert -1 <= item.affect.valence <= 1
        assert -1 <= item.affect.arousal <= 1


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track["id"])
def test_each_file_is_the_one_in_the_catalogue_and_plays(track: dict[str, str]) -> None:
    audio = asyncio.run(StarterLibrary().playback(track["id"]))
    assert audio.media_type == "audio/ogg"
    content = audio.path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == track["sha256"]
    with av.open(str(audio.path)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name in ("opus", "libopus")
        assert stream.codec_context.channels == 2
        assert container.duration is not None
        assert container.duration / 1e6 == pytest.approx(float(track["duration_s"]), abs=0.1)


def test_nothing_else_is_shipped_and_it_stays_small() -> None:
    folder = shipped_folder()
    expected = {track["file"] for track in TRACKS} | {"catalogue.json", "LICENSE"}
    assert {path.name for path in folder.iterdir()} == expected
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 14_800_000


def test_an_unknown_piece_is_named() -> None:
    with pytest.raises(ItemNotFound, match="no-such-piece"):
        asyncio.run(StarterLibrary().item("no-such-piece"))
    with pytest.raises(ItemNotFound, match="no-such-piece"):
        asyncio.run(StarterLibrary().playback("no-such-piece"))


def test_a_file_that_has_gone_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text(json.dumps(CATALOGUE), encoding="utf-8")
    with pytest.raises(ItemNotFound, match="has gone"):
        asyncio.run(StarterLibrary(tmp_path).playback(TRACKS[0]["id"]))


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_text('{"tracks": []}', encoding="utf-8")
    assert StarterLibrary(tmp_path).status().state is ProviderState.EMPTY


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"tracks": 3}', '{"tracks": [{"id": "a", "file": "a.opus"}]}']
)
def test_a_damaged_catalogue_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "catalogue.json").write_text(content, encoding="utf-8")
    with pytest.raises(ProviderUnavailable, match="catalogue"):
        StarterLibrary(tmp_path)


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match=r"catalogue\.json"):
        StarterLibrary(tmp_path)
