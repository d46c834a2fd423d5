"""Answers of Spotify that are still fresh: in memory only, few, and gone with their person."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_KEPT = 128


@dataclass(frozen=True)
class Key:
    """A question: whose (never a token), and what is asked."""

    person: str
    path: str
    params: tuple[tuple[str, str], ...]


class Fresh:
    """The answers used longest ago are dropped first. Times are UTC."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[datetime, datetime, object]] = OrderedDict()

    def get(self, key: Key, now: datetime) -> tuple[object] | None:
        """The answer in a tuple of its own, since an answer may be None."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        since, until, answer = kept
        # Before `since` only where the clock was put back.
        if not since <= now < until:
            del self._kept[key]
            return None
        self._kept.move_to_end(key)
        return (answer,)

    def put(self, key: Key, answer: object, *, now: datetime, fresh_for_s: float) -> None:
        self._kept[key] = (now, now + timedelta(seconds=fresh_for_s), answer)
        self._kept.move_to_end(key)
        if len(self._kept) > MAX_KEPT:
            self._kept.popitem(last=False)

    def forget(self, person: str) -> None:
        for key in [key for key in self._kept if key.person == person]:
            del self._kept[key]
