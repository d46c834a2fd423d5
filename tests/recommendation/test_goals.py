import pytest

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal
from emotion_stream.recommendation.goals import default_goal, plan_sentence, target_for


@pytest.mark.parametrize(
    ("emotion", "goal"),
    [
        (Emotion.HAPPINESS, Goal.STAY),
        (Emotion.CALM, Goal.STAY),
        (Emotion.NEUTRAL, Goal.STAY),
        (Emotion.SURPRISE, Goal.STAY),
        (Emotion.SADNESS, Goal.LIFT),
        (Emotion.DISGUST, Goal.LIFT),
        (Emotion.FEAR, Goal.CALM),
        (Emotion.ANGER, Goal.CALM),
    ],
)
def test_every_emotion_has_its_default_goal(emotion: Emotion, goal: Goal) -> None:
    assert default_goal(Scores.certain(emotion)) is goal


def test_the_whole_distribution_votes_for_the_goal() -> None:
    scores = Scores.from_mapping({"happiness": 0.4, "fear": 0.35, "anger": 0.25})
    assert scores.top is Emotion.HAPPINESS
    assert default_goal(scores) is Goal.CALM


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_targets_do_what_the_goal_says_and_never_leave_the_plane(emotion: Emotion) -> None:
    state = Scores.certain(emotion).affect
    assert target_for(state, Goal.STAY) == state
    lift, calm = target_for(state, Goal.LIFT), target_for(state, Goal.CALM)
    energise = target_for(state, Goal.ENERGISE)
    assert lift.valence >= max(0.6, state.valence)
    assert calm.arousal <= min(-0.5, state.arousal)
    assert calm.valence > 0
    assert energise.arousal >= max(0.7, state.arousal)
    for target in (lift, calm, energise):
        assert -1 <= target.valence <= 1
        assert -1 <= target.arousal <= 1
        assert target.spread == 0


def test_a_lift_from_sadness_ends_where_the_interface_description_says() -> None:
    assert target_for(Affect(-0.5, -0.4), Goal.LIFT) == Affect(0.6, 0.3)


@pytest.mark.parametrize("goal", Goal)
def test_a_goal_that_is_reached_already_is_not_called_a_way(goal: Goal) -> None:
    angry, there = Affect(-0.6, 0.3), target_for(Affect(-0.6, 0.3), goal)
    if goal is Goal.STAY:
        assert plan_sentence(angry, goal) != plan_sentence(Affect(0.5, 0.5), goal)
    else:
        assert "step by step" in plan_sentence(angry, goal)
        assert "step by step" not in plan_sentence(there, goal)


@pytest.mark.parametrize(
    ("emotion", "goal", "words"),
    [
        (Emotion.SADNESS, Goal.CALM, "The quiet is there already"),
        (Emotion.CALM, Goal.LIFT, "close to bright already"),
        (Emotion.ANGER, Goal.ENERGISE, "The energy is there already"),
        (Emotion.HAPPINESS, Goal.ENERGISE, "picks up energy step by step"),
    ],
)
def test_a_way_is_only_promised_on_the_axis_of_the_goal(
    emotion: Emotion, goal: Goal, words: str
) -> None:
    assert words in plan_sentence(Scores.certain(emotion).affect, goal)


def test_an_unsure_state_is_admitted_in_the_plan() -> None:
    unsure = Scores((0.125,) * 8).affect
    assert "not certain" in plan_sentence(unsure, Goal.CALM)
    assert "not certain" not in plan_sentence(Affect(-0.6, 0.7, 0.1), Goal.CALM)
