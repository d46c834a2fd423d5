"""Grooves are well-formed, and a section ends with a fill."""

from __future__ import annotations

from random import Random

import pytest

from tools.starter_library.drums import FILLS, GROOVES, VELOCITY, groove


@pytest.mark.parametrize("name", GROOVES)
def test_grids_are_rectangular_and_use_known_strokes(name: str) -> None:
    rows = list(GROOVES[name].values())
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= {*VELOCITY, "."}


def test_fills_fit_the_bar() -> None:
    assert all(len(row) == 16 for fill in FILLS for row in fill.values())


def test_the_last_bar_breaks_into_a_fill() -> None:
    plain = groove("rock", 0.0, 4, 4.0, fill=False, rng=Random(1))  # noqa: S311
    filled = groove("rock", 0.0, 4, 4.0, fill=True, rng=Random(1))  # noqa: S311
    before = [n for n in plain if n.start < 12]
    assert before == [n for n in filled if n.start < 12]
    assert {n.pitch for n in filled if n.start >= 14} != {n.pitch for n in plain if n.start >= 14}
