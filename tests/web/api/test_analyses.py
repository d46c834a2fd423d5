"""Recordings go in by form or as they are; readings belong to their session."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

import httpx
import pytest

from emotion_stream.emotions import Moment, Scores
from emotion_stream.errors import ModelMissing
from emotion_stream.settings import Settings
from tests.web.conftest import Running, session_cookie
from tests.web.fake_recognizer import FakeRecognizer

pytestmark = pytest.mark.anyio

SESSION = "/api/v1/session"
ANALYSES = "/api/v1/analyses"
BOTH = {"analyse": True, "history": True}
WAV = {"file": ("a.wav", b"RIFF", "audio/wav")}
BINARY = {"content-type": "application/octet-stream"}


def failure(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    assert set(body) == {"code", "message", "status"}
    assert body["status"] == answer.status_code
    assert body["message"].endswith((".", "`"))
    return answer.status_code, body["code"]


async def kept_reading(client: httpx.AsyncClient) -> str:
    await client.put(SESSION, json=BOTH)
    return str((await client.post(ANALYSES, files=WAV)).json()["id"])


@pytest.mark.parametrize("kind", ["audio/wav", "video/mp4", "application/octet-stream", "AUDIO/X"])
async def test_the_bytes_themselves_are_a_recording(running: Running, kind: str) -> None:
    async with running() as client:
        answer = await client.post(ANALYSES, content=b"RIFF", headers={"content-type": kind})
    assert answer.status_code == 200
    assert answer.json()["emotion"] == "sadness"
    assert answer.json()["file"] is None


async def test_without_a_session_nothing_is_stored(running: Running) -> None:
    async with running() as client:
        answer = await client.post(ANALYSES, files=WAV)
    assert answer.json()["id"] is None
    assert "set-cookie" not in answer.headers


async def test_no_speech_has_no_emotion(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        reading = (await client.post(ANALYSES, content=b"quiet", headers=BINARY)).json()
        assert [reading[key] for key in ("emotion", "confidence", "scores", "affect")] == [None] * 4
        assert (reading["likely"], reading["timeline"], reading["unsure"]) == ([], [], False)
        assert reading["quality"]["verdict"] == "no_speech"
        assert (await client.get(f"{ANALYSES}/{reading['id']}")).json() == reading


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"", "audio/wav", 422, "empty_audio"),
        (b"plain words", "audio/wav", 415, "not_audio"),
        (b"RIFF", "text/plain", 415, "not_audio"),
        (b"RIFF", "application/json", 415, "not_audio"),
        (b"garbage", "multipart/form-data", 422, "invalid_request"),
        (b"garbage", "multipart/form-data; boundary=x", 422, "invalid_request"),
        (b"--x\r\n\r\n\r\n--x--", "multipart/form-data; boundary=x", 422, "invalid_request"),
    ],
)
async def test_what_is_not_a_recording_is_refused(
    running: Running, content: bytes, kind: str, status: int, code: str
) -> None:
    async with running() as client:
        answer = await client.post(ANALYSES, content=content, headers={"content-type": kind})
    assert failure(answer) == (status, code)


async def test_a_body_without_a_type_is_refused(running: Running) -> None:
    async with running() as client:
        answer = await client.post(ANALYSES, content=b"RIFF")
    assert failure(answer) == (415, "not_audio")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"files": {"file": ("empty.wav", b"")}}, "empty_audio"),
        ({"files": {"file": ("notes.wav", b"Dear diary")}}, "not_audio"),
        ({"files": {"other": ("a.wav", b"RIFF")}}, "invalid_request"),
        ({"data": {"file": "RIFF"}, "files": {"x": ("a", b"")}}, "invalid_request"),
        ({"files": [("file", ("a", b"RIFF")), ("file", ("b", b"RIFF"))]}, "invalid_request"),
        ({"files": WAV, "data": {f"f{i}": "x" for i in range(99)}}, "invalid_request"),
    ],
)
async def test_a_form_without_one_recording_is_refused(
    running: Running, form: dict[str, object], code: str
) -> None:
    async with running() as client:
        answer = await client.post(ANALYSES, **form)
    assert failure(answer)[1] == code


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a.wav", "a.wav"),
        ("a\u2028b\u202e.wav", "a b .wav"),
        ("…" * 400, "…" * 255),
        ("Großmutter 🎤.m4a", "Großmutter 🎤.m4a"),
    ],
)
async def test_a_name_is_shown_and_never_trusted(running: Running, name: str, kept: str) -> None:
    async with running() as client:
        reading = (await client.post(ANALYSES, files={"file": (name, b"RIFF")})).json()
    assert reading["file"] == kept


@pytest.mark.parametrize("header", ["origin", "sec-fetch-site"])
async def test_a_page_whose_session_was_deleted_elsewhere_asks_anew(
    running: Running, header: str
) -> None:
    async with running() as client:
        own = str(client.base_url).rstrip("/") if header == "origin" else "same-origin"
        answer = await client.post(ANALYSES, files=WAV, headers={header: own})
    assert failure(answer) == (403, "consent_required")


async def test_consent_comes_first(running: Running) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        name, _ = session_cookie(client.cookies)
        client.cookies.clear()
        cookie = {"cookie": f"{name}=unknown"}
        answer = await client.post(ANALYSES, files=WAV, headers=cookie)
    assert failure(answer) == (403, "consent_required")


async def test_a_correction_is_set_changed_and_undone(running: Running) -> None:
    async with running() as client:
        address = f"{ANALYSES}/{await kept_reading(client)}"
        for emotion in ("calm", "fear"):
            answer = await client.put(f"{address}/correction", json={"emotion": emotion})
            assert answer.json() == {"id": address.rpartition("/")[2], "correction": emotion}
        for _ in range(2):
            answer = await client.delete(f"{address}/correction")
            assert (answer.status_code, answer.json()["correction"]) == (200, None)
        wrong = await client.put(f"{address}/correction", json={"emotion": "bored"})
        assert failure(wrong) == (422, "invalid_request")


async def test_a_reading_is_deleted_once(running: Running) -> None:
    async with running() as client:
        address = f"{ANALYSES}/{await kept_reading(client)}"
        assert (await client.delete(address)).status_code == 204
        assert failure(await client.delete(address)) == (404, "not_found")


async def test_the_readings_of_another_session_are_not_there(running: Running) -> None:
    async with running() as client:
        address = f"{ANALYSES}/{await kept_reading(client)}"
        client.cookies.clear()
        asked = (
            client.get(address),
            client.delete(address),
            client.put(f"{address}/correction", json={"emotion": "calm"}),
            client.delete(f"{address}/correction"),
        )
        assert [failure(await call) for call in asked] == [(404, "not_found")] * 4
        await client.put(SESSION, json=BOTH)
        assert failure(await client.get(address)) == (404, "not_found")
        assert (await client.get(SESSION)).json()["readings"] == []


@pytest.mark.parametrize("wrong", ["r_x", "%00", "..%2F..%2Fetc", "%F0%9F%8E%B5", "x" * 3000])
async def test_an_id_of_nonsense_is_not_found(running: Running, wrong: str) -> None:
    async with running() as client:
        await client.put(SESSION, json=BOTH)
        assert failure(await client.get(f"{ANALYSES}/{wrong}"))[0] == 404


async def test_without_a_model_everything_else_works(running: Running) -> None:
    async with running(recognizer=ModelMissing("No model is here. Train one.")) as client:
        assert failure(await client.post(ANALYSES, files=WAV)) == (503, "model_missing")
        assert failure(await client.get("/api/v1/health")) == (503, "model_missing")
        answer = await client.post("/api/v1/recommendations", json={"emotion": "sadness"})
        assert answer.status_code == 200


async def test_a_client_in_a_hurry_is_told_to_wait(running: Running, settings: Settings) -> None:
    async with running(settings.model_copy(update={"analyses_per_minute": 2})) as client:
        answers = [await client.post(ANALYSES, files=WAV) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert failure(answers[2]) == (429, "rate_limited")
    assert 0 < int(answers[2].headers["retry-after"]) <= 30


async def test_a_mistake_of_ours_is_logged_and_not_shown(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as client:
        with caplog.at_level(logging.ERROR):
            answer = await client.post(ANALYSES, files={"file": ("private name.wav", b"crash")})
        assert failure(answer) == (500, "internal")
        assert "12345" not in answer.text
        reference = answer.json()["message"].split()[-1].rstrip(".")
        assert reference in caplog.text
        assert "12345" in caplog.text
        assert "private name" not in caplog.text
        assert (await client.post(ANALYSES, files=WAV)).status_code == 200


async def test_the_timeline_is_never_built_on_the_event_loop(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    as_dict, from_mapping = Moment.as_dict, Scores.from_mapping

    def noted_as_dict(moment: Moment) -> dict[str, object]:
        threads.append(threading.get_ident())
        return as_dict(moment)

    def noted_from_mapping(mapping: Mapping[str, float]) -> Scores:
        threads.append(threading.get_ident())
        return from_mapping(mapping)

    monkeypatch.setattr(Moment, "as_dict", noted_as_dict)
    monkeypatch.setattr(Scores, "from_mapping", noted_from_mapping)
    async with running() as client:
        reading = await kept_reading(client)
        assert (await client.get(f"{ANALYSES}/{reading}")).status_code == 200
    assert len(threads) >= 4  # answered, kept, read, answered again
    assert threading.get_ident() not in threads


async def test_the_recogniser_gets_the_bytes_that_were_sent(running: Running) -> None:
    recognizer = FakeRecognizer()
    async with running(recognizer=recognizer) as client:
        await client.post(ANALYSES, files={"file": ("a", b"RIFF" + b"\0" * 3_000_000)})
        await client.post(ANALYSES, content=b"RIFF1" + b"\0" * 3_000_000, headers=BINARY)
    assert recognizer.begun == [b"RIFF" + b"\0" * 16, b"RIFF1" + b"\0" * 15]
