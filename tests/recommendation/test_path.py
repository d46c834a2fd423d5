import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal
from emotion_stream.recommendation.goals import target_for
from emotion_stream.recommendation.path import MAX_STEP, journey

axis = st.floats(-1, 1)
points = st.builds(Affect, axis, axis, st.floats(0, 1))


@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.ENERGISE])
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_ten_places_are_two_at_the_state_small_steps_and_two_at_the_goal(
    emotion: Emotion, goal: Goal
) -> None:
    state = Scores.certain(emotion).affect
    target = target_for(state, goal)
    path = journey(state, target, 10)
    assert len(path) == 10
    assert path[0] == path[1] == state
    assert path[-1] == path[-2] == target
    assert max(a.distance(b) for a, b in itertools.pairwise(path)) <= MAX_STEP


@given(points, points, st.integers(1, 60))
def test_a_path_never_turns_back(state: Affect, target: Affect, length: int) -> None:
    path = journey(state, target, length)
    left = [step.distance(target) for step in path]
    assert len(path) == length
    assert path[0] == state
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(left))
    if length > 1 and state.distance(target) > 0:
        assert path[-1] == target


@given(points, points, st.integers(9, 60))
def test_steps_are_small_wherever_the_list_is_long_enough(
    state: Affect, target: Affect, length: int
) -> None:
    if state.distance(target) <= (length - 1) * MAX_STEP:
        path = journey(state, target, length)
        assert all(a.distance(b) <= MAX_STEP + 1e-9 for a, b in itertools.pairwise(path))


def test_short_lists_give_up_the_holds_before_the_small_steps() -> None:
    path = journey(Affect(-0.7, -0.5), Affect(0.4, 0.7), 6)
    assert max(a.distance(b) for a, b in itertools.pairwise(path)) <= MAX_STEP


def test_a_long_list_does_not_linger_in_a_low_mood() -> None:
    path = journey(Affect(-0.7, -0.5), Affect(0.6, 0.3), 50)
    assert sum(step.valence < -0.2 for step in path) <= 5


def test_staying_is_constant_and_keeps_the_spread() -> None:
    state = Affect(0.1, 0.2, 0.4)
    assert journey(state, state, 10) == (state,) * 10


def test_two_places_are_the_state_and_the_goal() -> None:
    assert journey(Affect(-1, -1), Affect(1, 1), 2) == (Affect(-1, -1), Affect(1, 1))


def test_a_list_without_places_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places"):
        journey(Affect(0, 0), Affect(1, 1), 0)
