"""One source of music that fails never takes another one down."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.errors import ProviderNotFound, ProviderUnavailable
from emotion_stream.music.provider import ProviderState, ProviderStatus
from emotion_stream.music.registry import ProviderRegistry
from tests.web.fake_provider import FakeProvider

pytestmark = pytest.mark.anyio


class ClosedShop(FakeProvider):
    """Fails at everything."""

    id = "closed"

    async def start(self) -> None:
        raise RuntimeError("the lock is broken")

    async def close(self) -> None:
        raise RuntimeError("the lock is broken")

    def status(self) -> ProviderStatus:
        return ProviderStatus(ProviderState.ERROR, 0, "The lock is broken.")


class FillingShop(FakeProvider):
    """Has `unpacked` pieces already, of `total` while it is still unpacking."""

    unpacked, total = 0, 0

    def status(self) -> ProviderStatus:
        state = ProviderState.SCANNING if self.total else ProviderState.READY
        return ProviderStatus(state, self.unpacked, "Unpacking.", self.unpacked, self.total)


class FullShop(FakeProvider):
    def status(self) -> ProviderStatus:
        return ProviderStatus(ProviderState.READY, 33, "33 pieces.")


async def test_a_broken_source_is_logged_and_the_others_play(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    registry = ProviderRegistry((ClosedShop(tmp_path), FakeProvider(tmp_path)))
    await registry.start()
    assert registry.first_ready().id == "shop"
    await registry.close()
    assert "closed could not start" in caplog.text
    assert "closed could not close" in caplog.text


@pytest.mark.parametrize(
    ("unpacked", "total", "comes_first"),
    [
        (0, 900, False),
        (1, 900, False),
        (19, 900, False),
        (20, 900, True),
        (4, 9, False),
        (6, 15, False),
        (12, 13, True),
        (0, 0, False),
        (4, 0, False),
        (5, 0, True),
    ],
)
def test_the_first_source_is_the_one_with_enough_for_a_list(
    tmp_path: Path, unpacked: int, total: int, comes_first: bool
) -> None:
    filling = FillingShop(tmp_path)
    filling.unpacked, filling.total = unpacked, total
    assert (ProviderRegistry([filling, FullShop(tmp_path)]).first_ready() is filling) is comes_first


def test_a_few_pieces_are_better_than_none(tmp_path: Path) -> None:
    empty, filling = FillingShop(tmp_path), FillingShop(tmp_path)
    filling.unpacked, filling.total = 1, 900
    assert ProviderRegistry([empty, filling]).first_ready() is filling


def test_without_anything_to_play_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="settings"):
        ProviderRegistry([FillingShop(tmp_path)]).first_ready()


def test_an_unknown_source_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ProviderNotFound, match="known: shop"):
        ProviderRegistry([FakeProvider(tmp_path)]).get("nowhere")
