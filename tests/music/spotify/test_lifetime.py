"""Six months are months of the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from emotion_stream.music.spotify.oauth import ends_at, ends_soon


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ((2026, 1, 1), (2026, 7, 1)),  # 181 days
        ((2026, 7, 1), (2027, 1, 1)),  # 184 days
        ((2026, 8, 31), (2027, 2, 28)),
        ((2027, 8, 31), (2028, 2, 29)),
        ((2026, 12, 31), (2027, 6, 30)),
    ],
)
def test_the_same_day_six_months_later(
    since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    assert ends_at(datetime(*since, 13, 30, tzinfo=UTC)) == datetime(*until, 13, 30, tzinfo=UTC)


def test_the_last_two_weeks_are_soon() -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    warning = ends_at(since) - timedelta(days=14)
    assert not ends_soon(since, warning - timedelta(seconds=1))
    assert ends_soon(since, warning)
    assert ends_soon(since, ends_at(since) + timedelta(days=1))
