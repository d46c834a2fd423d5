"""Note values fill their bar, accents fall where they should, swing delays the off-beat."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from tools.starter_library.rhythm import METERS, parse_cell, swing


def test_a_cell_is_read_in_order() -> None:
    durations = parse_cell("q. e rq q", METERS["4/4"])
    assert [(d.offset, d.length, d.rest) for d in durations] == [
        (0.0, 1.5, False),
        (1.5, 0.5, False),
        (2.0, 1.0, True),
        (3.0, 1.0, False),
    ]


def test_triplets_fill_a_beat() -> None:
    assert len(parse_cell("t t t h.", METERS["4/4"])) == 4


@pytest.mark.parametrize("text", ["q q q", "w q", "x", "q q q z", ""])
def test_a_bar_that_does_not_add_up_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_cell(text, METERS["4/4"])


def test_the_downbeat_weighs_most() -> None:
    meter = METERS["4/4"]
    weights = [meter.weight(beat) for beat in (0, 2, 1, 0.5, 0.25)]
    assert weights == sorted(weights, reverse=True)
    assert METERS["6/8"].weight(1.5) > METERS["6/8"].weight(1.0)
    assert METERS["5/4"].weight(3) > METERS["5/4"].weight(2)
    limping = METERS["7/8"]
    assert limping.weight(2) == limping.weight(1) > limping.weight(3) > limping.weight(2.5)


def test_swing_moves_only_the_off_beat() -> None:
    assert swing(2.0, 0.66, 1.0) == pytest.approx(2.0)
    assert swing(2.5, 0.66, 1.0) == pytest.approx(2.66)
    assert swing(2.5, 0.5, 1.0) == pytest.approx(2.5)
