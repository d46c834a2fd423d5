"""What a person without music of their own is given: a sensible list for each mood and goal."""

import asyncio
import re

import numpy as np
import pytest

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal, Item, Kind, Wish
from emotion_stream.music.starter import StarterLibrary
from emotion_stream.recommendation.goals import along, leads
from emotion_stream.recommendation.ranking import Recommendation, recommend, wish_for

TRACKS = (Kind.TRACK,)


@pytest.fixture(scope="module")
def starter() -> list[Item]:
    return list(
        asyncio.run(StarterLibrary().candidates(Wish((Affect(0, 0),), TRACKS, Goal.STAY, 1)))
    )


def made(starter: list[Item], emotion: Emotion, goal: Goal, limit: int = 10) -> Recommendation:
    return recommend(starter, wish_for(Scores.certain(emotion).affect, goal, TRACKS, limit))


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_every_mood_and_goal_has_a_list_that_fits(
    starter: list[Item], emotion: Emotion, goal: Goal
) -> None:
    listed = made(starter, emotion, goal).items
    assert 8 <= len(listed) <= 10
    assert all(each.fit >= 0.1 for each in listed)
    assert np.mean([each.fit for each in listed]) > 0.45


@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.ENERGISE])
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_a_list_that_promises_a_way_goes_it(
    starter: list[Item], emotion: Emotion, goal: Goal
) -> None:
    recommendation = made(starter, emotion, goal)
    reached = [along(goal, each.item.affect) for each in recommendation.items]
    if leads(recommendation.state, goal):
        assert "step by step" in recommendation.message
        assert np.mean(reached[-3:]) > np.mean(reached[:3]) + 0.2
        assert reached[-1] >= along(goal, recommendation.target) - 0.2
    else:
        assert "step by step" not in recommendation.message


def test_from_happiness_the_energy_rises_until_it_arrives(starter: list[Item]) -> None:
    listed = made(starter, Emotion.HAPPINESS, Goal.ENERGISE)
    arousals = np.array([each.item.affect.arousal for each in listed.items])
    assert np.all(np.diff(np.minimum(arousals, listed.target.arousal)) >= -0.05)
    assert arousals[-1] > arousals[0] + 0.2


@pytest.mark.parametrize("limit", [3, 10, 20])
@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.ENERGISE])
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_what_was_asked_for_is_what_is_heard(
    starter: list[Item], emotion: Emotion, goal: Goal, limit: int
) -> None:
    recommendation = made(starter, emotion, goal, limit)
    for each in recommendation.items:
        if re.search("asked|leads|place to stay|heading|keeping", each.reason):
            reached = along(goal, each.item.affect)
            assert reached >= along(goal, recommendation.target) - 0.25
            assert reached > along(goal, recommendation.state) - 0.1
