"""Answers are kept for a while, a bounded number of them, and go with their person."""

from __future__ import annotations

from datetime import timedelta

from emotion_stream.music.spotify.fresh import MAX_KEPT, Fresh, Key

from .recorded import NOON


def test_an_answer_is_fresh_until_its_time_and_not_before_it_was_given() -> None:
    fresh, key = Fresh(), Key("a", "/search", (("q", "x"),))
    fresh.put(key, None, now=NOON, fresh_for_s=600)
    assert fresh.get(key, NOON + timedelta(seconds=599)) == (None,)
    assert fresh.get(key, NOON + timedelta(seconds=600)) is None
    fresh.put(key, 1, now=NOON, fresh_for_s=600)
    assert fresh.get(key, NOON - timedelta(days=1)) is None


def test_the_least_used_go_first() -> None:
    fresh = Fresh()
    for number in range(MAX_KEPT):
        fresh.put(Key("a", str(number), ()), number, now=NOON, fresh_for_s=60)
    assert fresh.get(Key("a", "0", ()), NOON) == (0,)
    fresh.put(Key("a", "new", ()), "new", now=NOON, fresh_for_s=60)
    assert fresh.get(Key("a", "0", ()), NOON) == (0,)
    assert fresh.get(Key("a", "1", ()), NOON) is None


def test_a_person_is_forgotten_and_the_others_are_not() -> None:
    fresh = Fresh()
    for person in "ab":
        fresh.put(Key(person, "/", ()), person, now=NOON, fresh_for_s=60)
    fresh.forget("a")
    assert fresh.get(Key("a", "/", ()), NOON) is None
    assert fresh.get(Key("b", "/", ()), NOON) == ("b",)
