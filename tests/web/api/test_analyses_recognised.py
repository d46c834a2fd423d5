"""Real sounds through the real recogniser behind the real API, on a tiny model."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from emotion_stream.emotions import EMOTIONS
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.settings import Settings
from tests import sounds
from tests.tiny_model import tiny_model
from tests.web.conftest import Running

pytestmark = pytest.mark.anyio

ANALYSES = "/api/v1/analyses"


@pytest.fixture(scope="module")
def recognizer(tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    return Recognizer(tiny_model(tmp_path_factory.mktemp("model") / "emotion-0.0.1.onnx"))


async def upload(client: httpx.AsyncClient, content: bytes) -> httpx.Response:
    return await client.post(ANALYSES, files={"file": ("clip", content)})


@pytest.mark.parametrize(
    ("container", "codec", "rate_hz"),
    [
        ("wav", "pcm_s16le", 16_000),
        ("mp3", "mp3", 44_100),
        ("mp4", "aac", 44_100),
        ("ogg", "libopus", 48_000),
        ("webm", "libopus", 48_000),
        ("flac", "flac", 16_000),
    ],
)
async def test_speech_in_any_container_is_read(
    running: Running, recognizer: Recognizer, container: str, codec: str, rate_hz: int
) -> None:
    content = sounds.encoded(
        sounds.synthetic_speech(), container=container, codec=codec, rate_hz=rate_hz
    )
    async with running(recognizer=recognizer) as client:
        answer = await upload(client, content)
    reading = answer.json()
    assert answer.status_code == 200, reading
    assert list(reading["scores"]) == list(EMOTIONS)
    assert sum(reading["scores"].values()) == pytest.approx(1)
    assert reading["timeline"]
    assert 0 < len(reading["waveform"]) <= 600
    assert reading["unsure"] == (reading["emotion"] is None)


async def test_silence_has_no_emotion(running: Running, recognizer: Recognizer) -> None:
    async with running(recognizer=recognizer) as client:
        reading = (await upload(client, sounds.wav(sounds.silence(4)))).json()
    assert (reading["emotion"], reading["scores"]) == (None, None)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"Dear diary, today", 415, "not_audio"),
        (b"%PDF-1.7 " + b"\0" * 999, 415, "not_audio"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt ", 422, "damaged_audio"),
        (b"", 422, "empty_audio"),
    ],
)
async def test_what_is_no_sound_is_refused(
    running: Running, recognizer: Recognizer, content: bytes, status: int, code: str
) -> None:
    async with running(recognizer=recognizer) as client:
        answer = await upload(client, content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_recording_cut_in_the_middle_is_read_as_far_as_it_goes(
    running: Running, recognizer: Recognizer
) -> None:
    content = sounds.encoded(
        sounds.synthetic_speech(), container="mp3", codec="mp3", rate_hz=44_100
    )
    async with running(recognizer=recognizer) as client:
        assert (await upload(client, content[: len(content) * 2 // 3])).status_code == 200


async def test_a_recording_over_the_limit_is_refused(
    running: Running, recognizer: Recognizer, settings: Settings
) -> None:
    short = settings.model_copy(update={"max_duration_s": 2.0})
    async with running(short, recognizer=recognizer) as client:
        answer = await upload(client, sounds.wav(sounds.silence(3)))
    assert (answer.status_code, answer.json()["code"]) == (413, "audio_too_long")


async def test_a_large_recording_is_read_from_the_disk(
    running: Running, recognizer: Recognizer
) -> None:
    content = sounds.wav(sounds.synthetic_speech(160))
    assert len(content) > 1_000_000
    async with running(recognizer=recognizer) as client:
        answer = await upload(client, content)
    assert answer.status_code == 200
    assert len(answer.json()["timeline"]) > 5


async def test_the_page_about_the_model_tells_its_version(
    running: Running, recognizer: Recognizer
) -> None:
    async with running(recognizer=recognizer) as client:
        assert "0.0.1" in (await client.get("/about")).text


async def test_a_model_that_is_not_there_is_survived(running: Running, settings: Settings) -> None:
    from emotion_stream.web import create_app

    missing = settings.model_copy(update={"model_path": Path("/nowhere/emotion.onnx")})
    app = create_app(missing, providers=())
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1"
        ) as client,
    ):
        answer = await upload(client, b"RIFF")
        assert (answer.status_code, answer.json()["code"]) == (503, "model_missing")
        assert (await client.get("/")).status_code == 200
