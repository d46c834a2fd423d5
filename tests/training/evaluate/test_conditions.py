"""The conditions that can be asked for."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.training.evaluate.conditions import CONDITIONS, conditions_named


def test_there_are_four_levels_of_three_kinds_and_four_channels() -> None:
    assert len(conditions_named(["all"])) == len(CONDITIONS) == 16
    assert [c.snr_db for c in conditions_named(["babble"])] == [20, 10, 5, 0]
    assert {c.name for c in conditions_named(["channel"])} == {"8khz", "mu-law", "opus-16k", "room"}


def test_each_is_asked_once() -> None:
    names = [c.name for c in conditions_named(["room", "noise-10", "noise-10", "channel"])]
    assert names == ["noise-10", "8khz", "mu-law", "opus-16k", "room"]
    assert conditions_named([]) == ()


def test_another_name_is_told_the_known_ones() -> None:
    with pytest.raises(UsageError, match="Unknown condition 'rain'; known: all, noise, babble"):
        conditions_named(["noise", "rain"])
