"""Music is listed, described, and streamed in ranges."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.music.provider import Playback, Url
from tests.web.conftest import Running
from tests.web.fake_provider import SOUND, FakeProvider

pytestmark = pytest.mark.anyio


class RemoteShop(FakeProvider):
    ADDRESS = "https://radio.example/dawn.mp3"

    async def playback(self, item_id: str) -> Playback:
        return Url(self.ADDRESS, "audio/mpeg")


AUDIO = "/api/v1/library/shop/dawn/audio"


async def test_the_sources_are_listed(running: Running) -> None:
    async with running() as client:
        library = (await client.get("/api/v1/library")).json()
    assert library["providers"] == [
        {
            "id": "shop",
            "name": "Record shop",
            "state": "ready",
            "items": 4,
            "message": "4 pieces.",
            "done": 0,
            "total": 0,
        }
    ]


async def test_an_item_says_where_its_sound_is(running: Running) -> None:
    async with running() as client:
        item = (await client.get("/api/v1/library/shop/dawn")).json()
        assert item["audio_url"] == AUDIO
        assert (await client.get(item["audio_url"])).content == SOUND


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nowhere/dawn", "provider_not_found"),
        ("nowhere/dawn/audio", "provider_not_found"),
        ("shop/nothing", "item_not_found"),
        ("shop/nothing/audio", "item_not_found"),
        ("shop/gone/audio", "item_not_found"),
        ("shop/..%2F..%2Fetc%2Fpasswd/audio", "not_found"),
        ("shop/%2Fetc%2Fpasswd/audio", "not_found"),
        ("shop/%00/audio", "item_not_found"),
        ("shop/" + "x" * 3000, "item_not_found"),
    ],
)
async def test_what_is_not_there_is_not_found(running: Running, address: str, code: str) -> None:
    async with running() as client:
        answer = await client.get(f"/api/v1/library/{address}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


async def test_a_piece_that_plays_from_elsewhere_is_sent_there(
    running: Running, tmp_path: Path
) -> None:
    async with running(providers=(RemoteShop(tmp_path),)) as client:
        answer = await client.get(AUDIO)
    assert (answer.status_code, answer.headers["location"]) == (307, RemoteShop.ADDRESS)


async def test_the_sound_can_be_cached_and_asked_for_in_parts(running: Running) -> None:
    async with running() as client:
        answer = await client.get(AUDIO)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "private, max-age=3600"
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["content-length"] == str(len(SOUND))
    assert answer.headers["etag"]
    assert answer.headers["last-modified"]


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=1000-", 1000, 1024),
        ("bytes=1023-1023", 1023, 1024),
        ("bytes=1000-999999", 1000, 1024),
        ("bytes=-24", 1000, 1024),
        ("bytes=-999999", 0, 1024),
    ],
)
async def test_a_range_is_a_part(running: Running, wanted: str, start: int, stop: int) -> None:
    async with running() as client:
        answer = await client.get(AUDIO, headers={"range": wanted})
        head = await client.head(AUDIO, headers={"range": wanted})
    assert answer.status_code == 206
    assert answer.content == SOUND[start:stop]
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/1024"
    assert answer.headers["content-length"] == str(stop - start)
    assert (head.status_code, head.content) == (206, b"")
    assert head.headers["content-range"] == answer.headers["content-range"]


@pytest.mark.parametrize("wanted", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
async def test_a_range_beyond_the_end_cannot_be_satisfied(running: Running, wanted: str) -> None:
    async with running() as client:
        answer = await client.get(AUDIO, headers={"range": wanted})
    assert (answer.status_code, answer.json()["code"]) == (416, "range_not_satisfiable")
    assert answer.headers["content-range"] == "bytes */1024"


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes", "bytes=", "bytes=-", "bytes=x-y", "bytes=9-5", "lines=0-5", "bytes=0-1,5-6",
     "bytes=" + "9" * 5000 + "-", "bytes=--5", "bytes=1-2-3", "bytes=0-1 8", "bytes=0 -1",
     "bytes= 0-1", "bytes =0-1"],
)  # fmt: skip
async def test_range_garbage_gets_the_whole_sound(running: Running, wanted: str) -> None:
    async with running() as client:
        answer = await client.get(AUDIO, headers={"range": wanted})
    assert (answer.status_code, answer.content) == (200, SOUND)


async def test_a_part_of_an_older_file_is_not_mixed_with_the_new_one(running: Running) -> None:
    async with running() as client:
        etag = (await client.get(AUDIO)).headers["etag"]
        same = await client.get(AUDIO, headers={"range": "bytes=0-9", "if-range": etag})
        other = await client.get(AUDIO, headers={"range": "bytes=0-9", "if-range": '"old"'})
        beyond = await client.get(AUDIO, headers={"range": "bytes=5000-", "if-range": '"old"'})
    assert (same.status_code, other.status_code, beyond.status_code) == (206, 200, 200)


async def test_what_the_browser_has_is_not_sent_again(running: Running) -> None:
    async with running() as client:
        etag = (await client.get(AUDIO)).headers["etag"]
        known = await client.get(AUDIO, headers={"if-none-match": f'"x", W/{etag}'})
        unknown = await client.get(AUDIO, headers={"if-none-match": '"x"'})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", etag)
    assert unknown.status_code == 200


async def test_head_has_no_body(running: Running) -> None:
    async with running() as client:
        answer = await client.head(AUDIO)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(SOUND))
