"""How long a consent lasts: six months of the calendar, whatever is refreshed meanwhile
(https://developer.spotify.com/blog/2026-06-18-refresh-token-expiration).
"""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta

MONTHS = 6
WARN_BEFORE = timedelta(days=14)


def ends_at(authorized_at: datetime) -> datetime:
    """The same day six months later, or the last of a month that is too short for it."""
    months = authorized_at.month - 1 + MONTHS
    year, month = authorized_at.year + months // 12, months % 12 + 1
    day = min(authorized_at.day, calendar.monthrange(year, month)[1])
    return authorized_at.replace(year=year, month=month, day=day)


def ends_soon(authorized_at: datetime, now: datetime) -> bool:
    """True within the last two weeks, and after them."""
    return now >= ends_at(authorized_at) - WARN_BEFORE
