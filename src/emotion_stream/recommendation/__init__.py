"""A reading and a goal to an ordered, explained list: pure functions."""

from emotion_stream.recommendation.goals import default_goal, plan_sentence, target_for
from emotion_stream.recommendation.ranking import Recommendation, Recommended, recommend, wish_for

__all__ = [
    "Recommendation",
    "Recommended",
    "default_goal",
    "plan_sentence",
    "recommend",
    "target_for",
    "wish_for",
]
