"""The owner's own list: read, or refused with the place that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import SpotifyCuratedInvalid
from emotion_stream.music.spotify.curated import parsed_uri, read_curated
from emotion_stream.music.spotify.models import SpotifyKind


def written(folder: Path, data: object) -> Path:
    path = folder / "curated.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_none_comes_with_the_package() -> None:
    assert read_curated(None) == ()


def test_an_item_with_everything(tmp_path: Path) -> None:
    entry = {
        "uri": "spotify:playlist:abc123",
        "name": " Slow evening ",
        "emotions": ["sadness", "calm"],
        "by": "Somebody",
        "description": "For rain.",
    }
    (curated,) = read_curated(written(tmp_path, {"items": [entry]}))
    assert curated.emotions == (Emotion.SADNESS, Emotion.CALM)
    item = curated.item
    assert (item.kind, item.id, item.name) == (SpotifyKind.PLAYLIST, "abc123", "Slow evening")
    assert item.link == "https://open.spotify.com/playlist/abc123"
    assert (item.by, item.description) == (("Somebody",), "For rain.")


def test_an_item_without_emotions_is_for_all(tmp_path: Path) -> None:
    entry = {"uri": "spotify:show:1", "name": "Talk"}
    (curated,) = read_curated(written(tmp_path, {"items": [entry]}))
    assert curated.emotions == EMOTIONS
    assert curated.item.by == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "must be"),
        ({"items": {}}, "must be"),
        ({"items": [3]}, "Item 1 of the list is not an object"),
        ({"items": [{"uri": "spotify:show:1", "name": "a"}, {"name": "b"}]}, "Item 2 .* `uri`"),
        ({"items": [{"uri": "spotify:artist:1", "name": "a"}]}, "`uri`"),
        ({"items": [{"uri": "spotify:show:1\n", "name": "a"}]}, "`uri`"),
        ({"items": [{"uri": "spotify:show:1", "name": " "}]}, "`name`"),
        ({"items": [{"uri": "spotify:show:1", "name": "a", "by": 3}]}, "`by`"),
        ({"items": [{"uri": "spotify:show:1", "name": "a", "emotions": ["joy"]}]}, "emotion"),
        ({"items": [{"uri": "spotify:show:1", "name": "a", "emotions": [[]]}]}, "emotion"),
        ({"items": [{"uri": "spotify:show:1", "name": "a", "emotions": "calm"}]}, "emotion"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, data: object, words: str) -> None:
    with pytest.raises(SpotifyCuratedInvalid, match=words):
        read_curated(written(tmp_path, data))


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SpotifyCuratedInvalid, match="cannot be read"):
        read_curated(tmp_path / "nowhere.json")
    broken = tmp_path / "broken.json"
    broken.write_bytes(b'{"items": [\xff')
    with pytest.raises(SpotifyCuratedInvalid, match="not JSON"):
        read_curated(broken)


@pytest.mark.parametrize("uri", [None, 3, "", "spotify:track:", "spotify:track:a/b", "x"])
def test_what_is_no_uri_of_the_four_kinds(uri: object) -> None:
    assert parsed_uri(uri) is None
