"""Each cue moves valence and arousal in the direction listeners report."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from tools.starter_library.affect import Cues, affect_of

MIDDLE = Cues(**{field.name: 0.0 for field in fields(Cues)})


def test_the_middle_is_the_middle() -> None:
    affect = affect_of(MIDDLE)
    assert (affect.valence, affect.arousal) == (0.0, 0.0)


@pytest.mark.parametrize("cue", ["tempo", "density", "dynamics", "articulation", "percussion"])
def test_more_movement_is_more_arousal(cue: str) -> None:
    assert affect_of(replace(MIDDLE, **{cue: 1.0})).arousal > 0.08
    assert affect_of(replace(MIDDLE, **{cue: -1.0})).arousal < -0.08


def test_major_and_fast_is_happier_and_harsh_timbre_is_not() -> None:
    assert affect_of(replace(MIDDLE, mode=1.0)).valence > 0.5
    assert affect_of(replace(MIDDLE, mode=-1.0)).valence < -0.5
    assert affect_of(replace(MIDDLE, tempo=1.0)).valence > 0
    assert affect_of(replace(MIDDLE, timbre=1.0)).valence < 0


def test_the_circumplex_is_never_left() -> None:
    extreme = Cues(**{field.name: 1.25 for field in fields(Cues)})
    affect = affect_of(extreme)
    assert -1 <= affect.valence <= 1
    assert -1 <= affect.arousal <= 1
