"""A recording that is being received takes a place, and gives it back when no more of it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import httpx
import pytest

from emotion_stream.settings import Settings
from emotion_stream.web import uploads

from .conftest import Running

pytestmark = pytest.mark.anyio

ANALYSES = "/api/v1/analyses"
WAV = {"content-type": "audio/wav"}
FORM = {"content-type": "multipart/form-data; boundary=x"}
PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """One place in all."""
    return settings.model_copy(update={"max_concurrent_analyses": 1, "max_queued_analyses": 0})


async def halting(start: bytes, go: anyio.Event) -> AsyncIterator[bytes]:
    yield start
    await go.wait()


async def upload(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post(ANALYSES, content=b"RIFF", headers=WAV)


@pytest.mark.parametrize(("headers", "start"), [(WAV, b"RIFF"), (FORM, PART + b"RIFF")])
async def test_a_recording_of_which_no_more_comes_is_given_up(
    running: Running, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], start: bytes
) -> None:
    monkeypatch.setattr(uploads, "MOST_IDLE_S", 0.05)
    async with running() as client:
        with anyio.fail_after(5):
            content = halting(start, anyio.Event())
            answer = await client.post(ANALYSES, content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (408, "upload_stalled")
        assert answer.headers["connection"] == "close"
        assert (await upload(client)).status_code == 200


async def test_a_recording_has_its_place_before_it_is_there(running: Running) -> None:
    go, answers = anyio.Event(), []

    async def slowly() -> None:
        content = halting(b"RIFF", go)
        answers.append(await client.post(ANALYSES, content=content, headers=WAV))

    async with running() as client:
        async with anyio.create_task_group() as group:
            group.start_soon(slowly)
            await anyio.wait_all_tasks_blocked()
            refused = await upload(client)
            go.set()
        assert (refused.status_code, refused.json()["code"]) == (503, "busy")
        assert [answer.status_code for answer in answers] == [200]
        assert (await upload(client)).status_code == 200
