"""The owner's list is read as it is written, or refused with what is wrong in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.music.spotify.curated import FROM_OWNER, SHIPPED, read_curated
from emotion_stream.music.spotify.links import Link
from emotion_stream.music.spotify.objects import SpotifyKind

SOFT = {"link": "https://open.spotify.com/playlist/0soft0?si=1", "name": "Soft evenings"}


def written(folder: Path, content: object) -> Path:
    path = folder / "list.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_the_package_ships_no_items_and_a_place_for_each_emotion() -> None:
    assert len(read_curated()) == 0
    assert list(json.loads(SHIPPED.read_text())) == [emotion.value for emotion in EMOTIONS]


def test_items_are_offered_in_the_order_of_the_owner(tmp_path: Path) -> None:
    talk = {"link": "spotify:show:9talk9", "name": "Talks", "by": "Ola", "reason": "Kind."}
    curated = read_curated(written(tmp_path, {"sadness": [SOFT, talk]}))
    soft, talks = curated.of(Emotion.SADNESS)
    assert (soft.item.uri, soft.item.link) == (
        "spotify:playlist:0soft0",
        "https://open.spotify.com/playlist/0soft0",
    )
    assert (soft.item.name, soft.item.by, soft.reason) == ("Soft evenings", (), FROM_OWNER)
    assert (talks.item.kind, talks.item.by, talks.reason) == (SpotifyKind.SHOW, ("Ola",), "Kind.")
    assert curated.of(Emotion.ANGER) == ()
    assert len(curated) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "expected an object"),
        ({"bored": []}, "unknown emotion 'bored'"),
        ({"calm": {}}, "has a list"),
        ({"calm": ["x"]}, "an item has"),
        ({"calm": [{**SOFT, "title": "x"}]}, "nothing else"),
        ({"calm": [{**SOFT, "name": ""}]}, "at least a link and a name"),
        ({"calm": [{"name": "x"}]}, "at least a link and a name"),
        ({"calm": [{**SOFT, "name": 5}]}, "text"),
        ({"calm": [{**SOFT, "link": "https://example.org/playlist/1"}]}, "no link to"),
        ({"calm": [{**SOFT, "link": "spotify:artist:1"}]}, "no link to"),
        ({"calm": [SOFT] * 1001}, "at most 1000"),
    ],
)
def test_a_list_that_cannot_be_offered_is_refused(
    tmp_path: Path, content: object, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        read_curated(written(tmp_path, content))
    assert "list.json" in str(refused.value)


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000, b" " * 1_000_001])
def test_a_file_that_is_no_json_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.json").write_bytes(content)
    with pytest.raises(UsageError, match=r"list\.json"):
        read_curated(tmp_path / "list.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing\.json"):
        read_curated(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    "text",
    [
        "spotify:track:4abc",
        "https://open.spotify.com/track/4abc",
        "https://open.spotify.com/intl-de/track/4abc?si=x&y=z",
    ],
)
def test_both_ways_of_writing_lead_to_one_item(text: str) -> None:
    link = Link.read(text)
    assert (link.uri, link.page) == ("spotify:track:4abc", "https://open.spotify.com/track/4abc")
