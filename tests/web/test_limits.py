"""A client may ask so often, and a crowd of clients takes no memory."""

from __future__ import annotations

import pytest

from emotion_stream.errors import RateLimited
from emotion_stream.web.limits import MAX_CLIENTS, RateLimit


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_so_many_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    limit = RateLimit(30, clock)
    for _ in range(30):
        limit.take("a")
    with pytest.raises(RateLimited) as caught:
        limit.take("a")
    assert caught.value.retry_after_s == 2
    clock.now_s += 2
    limit.take("a")
    with pytest.raises(RateLimited):
        limit.take("a")


def test_a_refused_call_does_not_count() -> None:
    clock = Clock()
    limit = RateLimit(1, clock)
    limit.take("a")
    for _ in range(100):
        with pytest.raises(RateLimited):
            limit.take("a")
    clock.now_s += 60
    limit.take("a")


def test_clients_do_not_share_and_rest_restores_all() -> None:
    clock = Clock()
    limit = RateLimit(2, clock)
    for _ in range(2):
        for client in "abcdef":
            limit.take(client)
    clock.now_s += 3600
    limit.take("a")
    limit.take("a")
    with pytest.raises(RateLimited):
        limit.take("a")


def test_a_crowd_is_forgotten() -> None:
    limit = RateLimit(1, Clock())
    for number in range(MAX_CLIENTS + 1):
        limit.take(str(number))
    limit.take("0")
    with pytest.raises(RateLimited):
        limit.take(str(MAX_CLIENTS))
