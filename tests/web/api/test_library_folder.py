# ruff: noqa: ASYNC110 - what is awaited has no event to tell of it
"""The person's own folder: chosen on this machine only, remembered, forgotten, untouched."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import anyio
import httpx
import pytest

from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.settings import Settings
from emotion_stream.web import create_app
from tests.migrated import migrated
from tests.music.local.fake_music import chords, write
from tests.web.fake_recognizer import FakeRecognizer

pytestmark = pytest.mark.anyio

LIBRARY = "/api/v1/library"
FOLDER = "/api/v1/library/folder"


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    aged(write(folder / "Chords.mp3", chords(12)))
    return folder


def aged(file: Path) -> None:
    """As if it had been there for an hour: a file of this second may still be being copied."""
    os.utime(file, (time.time() - 3600,) * 2)


@asynccontextmanager
async def own_server(
    settings: Settings, *, client: str = "127.0.0.1"
) -> AsyncIterator[httpx.AsyncClient]:
    """The application with the providers it makes itself."""
    await migrated(settings.resolved_database_url)
    app = create_app(settings, recognizer=FakeRecognizer())
    transport = httpx.ASGITransport(app, client=(client, 5))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as asking,
    ):
        yield asking


async def source(client: httpx.AsyncClient) -> dict[str, object]:
    library = (await client.get(LIBRARY)).json()
    return next(found for found in library["providers"] if found["id"] == "local")


async def until_ready(client: httpx.AsyncClient) -> dict[str, object]:
    with anyio.fail_after(20):
        while (found := await source(client))["state"] == "scanning":
            await anyio.sleep(0.02)
    return found


async def test_both_sources_are_offered_and_the_starter_plays_first_without_a_folder(
    settings: Settings,
) -> None:
    async with own_server(settings) as client:
        library = (await client.get(LIBRARY)).json()
        assert {"local", "starter"} <= {found["id"] for found in library["providers"]}
        assert (library["folder"], library["folder_editable"]) == (None, True)
        made = (await client.post("/api/v1/recommendations", json={"emotion": "calm"})).json()
        assert made["provider"] == "starter"
        sound = await client.get(made["items"][0]["item"]["audio_url"])
        assert (sound.status_code, sound.headers["content-type"]) == (200, "audio/ogg")


async def test_a_folder_is_chosen_played_remembered_and_forgotten(
    settings: Settings, music: Path
) -> None:
    async with own_server(settings) as client:
        chosen = await client.put(FOLDER, json={"path": str(music)})
        assert (chosen.status_code, chosen.json()["folder"]) == (200, str(music))
        assert (await until_ready(client))["items"] == 1
        asked = {"emotion": "calm", "provider": "local"}
        made = (await client.post("/api/v1/recommendations", json=asked)).json()
        assert made["provider"] == "local"
        address = made["items"][0]["item"]["audio_url"]
        part = await client.get(address, headers={"range": "bytes=0-99"})
        assert (part.status_code, part.content) == (206, (music / "Chords.mp3").read_bytes()[:100])
    async with own_server(settings) as client:
        assert (await client.get(LIBRARY)).json()["folder"] == str(music)
        assert (await until_ready(client))["items"] == 1
        assert str(music) in (settings.data_dir / "music-folder.json").read_text()
        forgotten = (await client.delete(FOLDER)).json()
        assert forgotten["folder"] is None
        assert (await source(client))["state"] == "not_configured"
        assert (await client.get(address)).status_code == 404
        assert (await client.delete(FOLDER)).status_code == 200
        assert not (settings.data_dir / "music-folder.json").exists()
    async with own_server(settings) as client:
        assert (await client.get(LIBRARY)).json()["folder"] is None
    assert os.listdir(music) == ["Chords.mp3"]


async def test_a_scan_finds_what_is_new(settings: Settings, music: Path) -> None:
    async with own_server(settings) as client:
        await client.put(FOLDER, json={"path": str(music)})
        await until_ready(client)
        aged(write(music / "More.mp3", chords(12, beat_s=1.0)))
        looking = await client.post(f"{LIBRARY}/scan")
        assert looking.status_code == 202
        with anyio.fail_after(20):
            while (await source(client))["items"] != 2:
                await anyio.sleep(0.02)


async def test_of_two_choices_at_once_one_is_stored_and_followed(
    settings: Settings, music: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    set_folder, second_is_set = LocalFolder.set_folder, anyio.Event()

    async def set_late(source: LocalFolder, folder: Path | None) -> None:
        if folder == music:
            with anyio.move_on_after(0.5):  # the other waits for us, or else it is through by then
                await second_is_set.wait()
        await set_folder(source, folder)
        second_is_set.set()

    monkeypatch.setattr(LocalFolder, "set_folder", set_late)
    async with own_server(settings) as client:
        async with anyio.create_task_group() as group:
            group.start_soon(partial(client.put, FOLDER, json={"path": str(music)}))
            await anyio.wait_all_tasks_blocked()
            group.start_soon(partial(client.put, FOLDER, json={"path": str(other)}))
        followed = (await client.get(LIBRARY)).json()["folder"]
    async with own_server(settings) as client:
        assert (await client.get(LIBRARY)).json()["folder"] == followed


@pytest.mark.parametrize(
    "path", ["/nowhere/at/all", "relative/music", "/etc", "/", "\x00", "x" * 4096, "~nobody-here/x"]
)
async def test_a_folder_that_cannot_be_is_refused_and_nothing_changes(
    settings: Settings, music: Path, path: str
) -> None:
    async with own_server(settings) as client:
        await client.put(FOLDER, json={"path": str(music)})
        answer = await client.put(FOLDER, json={"path": path})
        assert (answer.status_code, answer.json()["code"]) == (422, "library_folder_invalid")
        assert (await client.get(LIBRARY)).json()["folder"] == str(music)


async def test_from_another_machine_the_folder_is_neither_seen_nor_changed(
    settings: Settings, music: Path
) -> None:
    async with own_server(settings) as client:
        await client.put(FOLDER, json={"path": str(music)})
    async with own_server(settings, client="192.168.1.7") as client:
        library = (await client.get(LIBRARY)).json()
        assert (library["folder"], library["folder_editable"]) == (None, False)
        for call in (client.put(FOLDER, json={"path": str(music)}), client.delete(FOLDER)):
            answer = await call
            assert (answer.status_code, answer.json()["code"]) == (403, "library_not_allowed")
    async with own_server(settings) as client:
        assert (await client.get(LIBRARY)).json()["folder"] == str(music)


@pytest.mark.parametrize(
    ("secure_cookies", "headers"),
    [(True, {}), (False, {"origin": "https://music.example", "sec-fetch-site": "same-origin"})],
)
async def test_through_a_proxy_that_hides_its_visitors_nobody_chooses_a_folder(
    settings: Settings, music: Path, secure_cookies: bool, headers: dict[str, str]
) -> None:
    async with own_server(settings.model_copy(update={"secure_cookies": secure_cookies})) as client:
        answer = await client.put(FOLDER, json={"path": str(music)}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "library_not_allowed")
        library = (await client.get(LIBRARY, headers=headers)).json()
        assert (library["folder"], library["folder_editable"]) == (None, False)


async def test_a_folder_that_was_set_from_outside_stays(settings: Settings, music: Path) -> None:
    async with own_server(settings.model_copy(update={"library": music})) as client:
        library = (await client.get(LIBRARY)).json()
        assert (library["folder"], library["folder_editable"]) == (str(music), False)
        answer = await client.put(FOLDER, json={"path": str(music)})
        assert (answer.status_code, answer.json()["code"]) == (403, "library_not_allowed")
        assert "EMOTION_STREAM_LIBRARY" in answer.json()["message"]


async def test_a_folder_whose_name_is_no_text_is_shown_and_plays(
    settings: Settings, music: Path
) -> None:
    odd = Path(os.fsdecode(os.fsencode(music.parent) + b"/mus\xe9que \x1b"))
    os.rename(music, odd)
    async with own_server(settings.model_copy(update={"library": odd})) as client:
        assert (await until_ready(client))["items"] == 1
        answer = await client.get(LIBRARY)
        assert answer.status_code == 200
        assert answer.json()["folder"] == f"{music.parent}/mus\ufffdque \ufffd"
        made = (await client.post("/api/v1/recommendations", json={"emotion": "calm"})).json()
        assert (await client.get(made["items"][0]["item"]["audio_url"])).status_code == 200


async def test_a_folder_that_went_away_is_named_on_this_machine_only(
    settings: Settings, music: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone = settings.model_copy(update={"library": music / "gone"})
    asked = {"emotion": "calm", "provider": "local"}
    for address, is_told in (("127.0.0.1", True), ("192.168.1.7", False)):
        caplog.clear()
        async with own_server(gone, client=address) as client:
            shown = str((await until_ready(client))["message"])
            answer = await client.post("/api/v1/recommendations", json=asked)
        assert answer.json()["code"] == "provider_unavailable"
        for told in (shown, answer.json()["message"]):
            assert told.startswith("The music folder cannot be read.")
            assert (str(music) in told) is is_told
        assert str(music) in caplog.text


async def test_a_folder_that_went_away_is_said_and_the_starter_plays(
    settings: Settings, music: Path
) -> None:
    gone = settings.model_copy(update={"library": music / "gone"})
    async with own_server(gone) as client:
        assert (await until_ready(client))["state"] == "error"
        made = (await client.post("/api/v1/recommendations", json={"emotion": "calm"})).json()
        assert made["provider"] == "starter"
        asked = {"emotion": "calm", "provider": "local"}
        answer = await client.post("/api/v1/recommendations", json=asked)
        assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
