"""The way from a state to a goal: one affect per place of the list (the iso principle)."""

from __future__ import annotations

import math

from emotion_stream.emotions import Affect

# Small steps are the iso principle; what studies say of it is in docs/recommendation.md.
MAX_STEP = 0.35
"""The longest step between neighbouring places, wherever the list is long enough for it."""

# A longer list arrives earlier and stays at the goal, instead of lingering in a low mood.
_COMFORTABLE_STEP = 0.2
_HOLDS = ((2, 2), (1, 2), (1, 1))  # places at the state, places at the goal


def journey(state: Affect, target: Affect, length: int) -> tuple[Affect, ...]:
    """`length` affects: two at the state, equal steps, the rest (two or more) at the target.

    Short lists give up the second place at the state, then at the goal, to keep steps at most
    `MAX_STEP`; a list of one is the state. The spread moves along. ValueError below one place.
    """
    if length < 1:
        raise ValueError(f"a list of {length} places: ask for at least 1")
    distance = state.distance(target)
    if length == 1 or distance == 0:
        return (state,) * length
    start_places, steps_allowed = _layout(distance, length)
    steps = min(steps_allowed, math.ceil(distance / _COMFORTABLE_STEP))
    moving = [_between(state, target, step / steps) for step in range(1, steps)]
    way = [state] * start_places + moving
    return tuple(way + [target] * (length - len(way)))


def _layout(distance: float, length: int) -> tuple[int, int]:
    """How many places to spend at the state, and how many steps fit."""
    start_places, steps_allowed = 1, length - 1
    for start_places, goal_places in _HOLDS:
        steps_allowed = length - start_places - goal_places + 1
        if steps_allowed * MAX_STEP >= distance:
            break
    return start_places, max(1, steps_allowed)


def _between(state: Affect, target: Affect, share: float) -> Affect:
    return Affect(
        state.valence + share * (target.valence - state.valence),
        state.arousal + share * (target.arousal - state.arousal),
        state.spread + share * (target.spread - state.spread),
    )
