"""Progressions fill their bars without a gap."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from tools.starter_library.harmony import join, parse_progression
from tools.starter_library.rhythm import METERS
from tools.starter_library.theory import parse_key

KEY, METER = parse_key("G", "major"), METERS["4/4"]


def test_chords_share_a_bar_or_say_their_beats() -> None:
    spans = parse_progression("I | ii7:3 V7:1 | IV V", KEY, METER).spans
    assert [(s.start, s.length) for s in spans] == [(0, 4), (4, 3), (7, 1), (8, 2), (10, 2)]


def test_the_chord_at_a_beat() -> None:
    progression = parse_progression("I | V", KEY, METER)
    assert progression.at(3.9).chord.numeral == "I"
    assert progression.at(4.0).chord.numeral == "V"
    assert progression.at(99).chord.numeral == "V"


def test_joined_progressions_follow_each_other() -> None:
    one = parse_progression("I | V", KEY, METER)
    both = join([one, one], METER)
    assert both.bars == 4
    assert both.at(8).chord.numeral == "I"


@pytest.mark.parametrize("text", ["I | | V", "I:3 V:2", "", "I:1"])
def test_bars_that_are_not_filled_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_progression(text, KEY, METER)
