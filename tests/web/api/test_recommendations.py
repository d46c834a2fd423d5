"""A mood and a goal become a list from one source."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from emotion_stream.emotions import EMOTIONS
from emotion_stream.music.local.provider import LocalFolder
from emotion_stream.recommendation.affect_scaling import ESTIMATED_SOURCE
from tests.web.conftest import Running

pytestmark = pytest.mark.anyio

ADDRESS = "/api/v1/recommendations"
SAD = {"sadness": 0.5, "calm": 0.36, "neutral": 0.14}


async def test_a_mood_said_by_the_person_is_enough(running: Running) -> None:
    async with running() as client:
        made = (await client.post(ADDRESS, json={"emotion": "sadness"})).json()
    assert made["emotion"] == "sadness"
    assert made["goal"] == "lift"
    assert made["state"] == {"valence": -0.7, "arousal": -0.5}
    assert made["target"]["valence"] > 0.5
    assert all(place["reason"] and 0 <= place["fit"] <= 1 for place in made["items"])


async def test_the_goal_and_the_limit_are_honoured(running: Running) -> None:
    asked = {"scores": SAD, "goal": "calm", "limit": 2, "provider": "shop"}
    async with running() as client:
        made = (await client.post(ADDRESS, json=asked)).json()
    assert (made["goal"], made["emotion"], len(made["items"])) == ("calm", "sadness", 2)


async def test_how_certain_the_mood_of_a_piece_is_goes_with_it(running: Running) -> None:
    async with running() as client:
        made = (await client.post(ADDRESS, json={"emotion": "calm", "limit": 1})).json()
        described = (await client.get("/api/v1/openapi.json")).json()["components"]["schemas"]
    piece = made["items"][0]["item"]
    assert (piece["affect_sigma"], piece["affect_source"]) == (0.1, "by construction")
    fields = described["Item"]["properties"]
    assert "standard deviation" in fields["affect_sigma"]["description"]
    assert ESTIMATED_SOURCE in fields["affect_source"]["description"]


def test_the_page_knows_a_guess_by_the_same_words() -> None:
    rows = files("emotion_stream") / "web/static/js/result/item-rows.js"
    assert f'const GUESSED = "{ESTIMATED_SOURCE}";' in rows.read_text(encoding="utf-8")


async def test_an_unsure_mood_has_no_name(running: Running) -> None:
    even = dict.fromkeys(EMOTIONS, 0.125)
    tie = {"happiness": 0.5, "anger": 0.5}
    async with running() as client:
        for scores in (even, tie):
            made = (await client.post(ADDRESS, json={"scores": scores})).json()
            assert made["emotion"] is None


async def test_what_is_excluded_does_not_come(running: Running) -> None:
    async with running() as client:
        asked = {"emotion": "sadness", "exclude": ["dawn", "noon"]}
        made = (await client.post(ADDRESS, json=asked)).json()
        assert {place["item"]["id"] for place in made["items"]} == {"dusk", "gone"}
        asked["exclude"] += ["dusk", "gone"]
        assert (await client.post(ADDRESS, json=asked)).json()["items"] == []


async def test_what_was_just_played_moves_down(running: Running) -> None:
    asked = {"emotion": "happiness", "goal": "stay", "limit": 4}
    async with running() as client:
        before = (await client.post(ADDRESS, json=asked)).json()["items"][0]["item"]["id"]
        await client.put("/api/v1/session", json={"analyse": True, "history": True})
        play = {"provider": "shop", "item_id": before, "event": "finished"}
        assert (await client.post("/api/v1/plays", json=play)).status_code == 201
        after = (await client.post(ADDRESS, json=asked)).json()["items"][0]["item"]["id"]
    assert after != before


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "invalid_request"),
        ({"emotion": "sadness", "scores": SAD}, "invalid_request"),
        ({"emotion": "bored"}, "invalid_request"),
        ({"scores": {}}, "invalid_request"),
        ({"scores": {"sadness": 0.5}}, "invalid_request"),
        ({"scores": {"sadness": -1, "calm": 2}}, "invalid_request"),
        ({"scores": {"bored": 1}}, "invalid_request"),
        ({"emotion": "sadness", "goal": "win"}, "invalid_request"),
        ({"emotion": "sadness", "limit": 0}, "invalid_request"),
        ({"emotion": "sadness", "limit": 51}, "invalid_request"),
        ({"emotion": "sadness", "exclude": ["x"] * 501}, "invalid_request"),
        ({"emotion": "sadness", "surprise": 1}, "invalid_request"),
        ({"emotion": "sadness", "provider": "nowhere"}, "provider_not_found"),
        ([], "invalid_request"),
        ("sadness", "invalid_request"),
        (None, "invalid_request"),
    ],
)
async def test_nonsense_is_refused_with_a_sentence(
    running: Running, asked: object, code: str
) -> None:
    async with running() as client:
        answer = await client.post(ADDRESS, json=asked)
    assert answer.json()["code"] == code
    assert answer.json()["message"].endswith(".")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"scores": {"sadness": NaN, "calm": 1}}',
        b'{"scores": {"sadness": 1e999}}',
        b'{"emotion": "\\ud800"}',
        b"[" * 30_000,
        b'{"emotion": "sadness", "limit": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "cut", "bytes", "nan", "infinite", "surrogate", "deep", "digits"],
)
async def test_json_garbage_is_refused(running: Running, body: bytes) -> None:
    async with running() as client:
        answer = await client.post(
            ADDRESS, content=body, headers={"content-type": "application/json"}
        )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


async def test_huge_json_is_not_read(running: Running) -> None:
    body = b'{"emotion": "' + b"x" * 1_000_000 + b'"}'

    async def in_pieces():
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    async with running() as client:
        for content in (body, in_pieces()):
            answer = await client.post(
                ADDRESS, content=content, headers={"content-type": "application/json"}
            )
            assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")


async def test_json_under_another_name_is_told_its_name(running: Running) -> None:
    async with running() as client:
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = await client.post(ADDRESS, content=b'{"emotion": "sadness"}', headers=form)
    assert answer.status_code == 422
    assert "application/json" in answer.json()["message"]


async def test_a_source_with_nothing_to_play_says_why(running: Running, tmp_path: Path) -> None:
    empty = LocalFolder(None, tmp_path / "cache.json")
    async with running(providers=(empty,)) as client:
        answer = await client.post(ADDRESS, json={"emotion": "sadness", "provider": empty.id})
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert answer.json()["message"] == "No music folder has been chosen yet."


async def test_without_any_music_the_way_out_is_said(running: Running) -> None:
    async with running(providers=()) as client:
        answer = await client.post(ADDRESS, json={"emotion": "sadness"})
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert "settings" in answer.json()["message"]
