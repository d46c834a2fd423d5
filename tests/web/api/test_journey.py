"""The whole way through the API: agree, speak, correct, listen, leave."""

from __future__ import annotations

import pytest

from emotion_stream.settings import Settings
from tests.web.conftest import Running

pytestmark = pytest.mark.anyio

WAV = {"file": ("monday.wav", b"RIFF....", "audio/wav")}


async def test_from_consent_to_music_and_out(
    running: Running, settings: Settings, database_url: str
) -> None:
    async with running(settings.model_copy(update={"database_url": database_url})) as client:
        fresh = (await client.get("/api/v1/session")).json()
        assert fresh == {
            "consent": {"analyse": False, "history": False},
            "created_at": None,
            "readings": [],
            "plays": [],
        }
        agreed = await client.put("/api/v1/session", json={"analyse": True, "history": True})
        assert agreed.json()["consent"] == {"analyse": True, "history": True}

        reading = (await client.post("/api/v1/analyses", files=WAV)).json()
        assert reading["emotion"] == "sadness"
        assert reading["likely"] == ["sadness", "calm"]
        address = f"/api/v1/analyses/{reading['id']}"
        assert (await client.get(address)).json() == reading

        corrected = await client.put(f"{address}/correction", json={"emotion": "calm"})
        assert corrected.json() == {"id": reading["id"], "correction": "calm"}

        asked = {"scores": reading["scores"], "limit": 3}
        made = (await client.post("/api/v1/recommendations", json=asked)).json()
        assert made["provider"] == "shop"
        first = made["items"][0]["item"]
        assert (await client.get(first["audio_url"])).headers["content-type"] == "audio/ogg"

        play = {"provider": "shop", "item_id": first["id"], "event": "started"}
        assert (await client.post("/api/v1/plays", json=play)).status_code == 201

        state = (await client.get("/api/v1/session")).json()
        assert [kept["id"] for kept in state["readings"]] == [reading["id"]]
        assert state["readings"][0]["correction"] == "calm"
        assert [kept["title"] for kept in state["plays"]] == [first["title"]]

        assert (await client.delete("/api/v1/session")).status_code == 204
        assert not client.cookies
        assert (await client.get("/api/v1/session")).json() == fresh
