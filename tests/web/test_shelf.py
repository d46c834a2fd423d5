"""One source of music that fails never takes another one down."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.errors import ProviderNotFound, ProviderUnavailable
from emotion_stream.music.provider import ProviderState, ProviderStatus
from emotion_stream.web.shelf import Shelf

from .conftest import Running
from .record_shop import RecordShop

pytestmark = pytest.mark.anyio


class ClosedShop(RecordShop):
    """Fails at everything."""

    id = "closed"

    async def start(self) -> None:
        raise RuntimeError("the lock is broken")

    async def close(self) -> None:
        raise RuntimeError("the lock is broken")

    def status(self) -> ProviderStatus:
        return ProviderStatus(ProviderState.ERROR, 0, "The lock is broken.")


class FillingShop(RecordShop):
    """Is still unpacking, and has `unpacked` pieces already."""

    unpacked = 0

    def status(self) -> ProviderStatus:
        return ProviderStatus(ProviderState.SCANNING, self.unpacked, "Unpacking.")


async def test_a_broken_source_is_logged_and_the_others_play(
    running: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    providers = (ClosedShop(tmp_path), RecordShop(tmp_path))
    async with running(providers=providers) as client:
        made = (await client.post("/api/v1/recommendations", json={"emotion": "calm"})).json()
        assert made["provider"] == "shop"
    assert "closed could not start" in caplog.text
    assert "closed could not close" in caplog.text


def test_a_source_that_still_scans_counts_from_its_first_piece(tmp_path: Path) -> None:
    filling = FillingShop(tmp_path)
    shelf = Shelf([filling, RecordShop(tmp_path)])
    assert isinstance(shelf.first_ready(), RecordShop)
    assert shelf.first_ready() is not filling
    filling.unpacked = 1
    assert shelf.first_ready() is filling


def test_without_anything_to_play_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="settings"):
        Shelf([FillingShop(tmp_path)]).first_ready()


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ProviderNotFound, match="known: shop"):
        Shelf([RecordShop(tmp_path)]).get("nowhere")
