"""Nothing is asked during a pause, and no more searches than the ceiling allows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emotion_stream.errors import SpotifyPaused
from emotion_stream.music.spotify.budget import Budget

from .recorded import NOON, Notebook

pytestmark = pytest.mark.anyio


async def test_searches_end_at_the_ceiling_and_come_back() -> None:
    notebook = Notebook()
    budget = Budget(notebook, searches_per_day=2)
    await budget.admit("search", NOON)
    await budget.admit("search", NOON + timedelta(hours=1))
    assert await budget.searches_left(NOON + timedelta(hours=2)) == 0
    with pytest.raises(
        SpotifyPaused, match=r"24 hours are used up.* 12:00 UTC on 26 Nov"
    ) as caught:
        await budget.admit("search", NOON + timedelta(hours=2))
    assert caught.value.until == NOON + timedelta(hours=24)
    await budget.admit("play", NOON + timedelta(hours=2))
    await budget.admit("search", NOON + timedelta(hours=24))
    assert [name for name, _ in notebook.calls] == ["search", "search", "play", "search"]


async def test_a_pause_refuses_everything_and_counts_nothing() -> None:
    notebook = Notebook()
    budget = Budget(notebook)
    await budget.pause(NOON + timedelta(minutes=5), "Too much was asked.")
    for endpoint in ("search", "play"):
        with pytest.raises(SpotifyPaused, match=r"Too much was asked\. .* until 12:05"):
            await budget.admit(endpoint, NOON)
    assert notebook.calls == []
    await budget.admit("search", NOON + timedelta(minutes=5))


async def test_a_pause_of_a_clock_that_was_wrong_does_not_hold() -> None:
    notebook = Notebook(until=NOON + timedelta(days=400), reason="x")
    budget = Budget(notebook)
    assert await budget.paused(NOON) is None
    await budget.admit("search", NOON)
    assert await budget.searches_left(NOON) == 199
