"""What the person wants from the music: goals, where each leads, and the plan in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal

# Chosen by hand from what people report doing (Taruffi & Koelsch 2014; Randall & Rickard 2017):
# match first, and leave a negative state step by step. A default, never a prescription.
GOAL_OF_EMOTION: Mapping[Emotion, Goal] = {
    Emotion.NEUTRAL: Goal.STAY,
    Emotion.CALM: Goal.STAY,
    Emotion.HAPPINESS: Goal.STAY,
    Emotion.SADNESS: Goal.LIFT,
    Emotion.ANGER: Goal.CALM,
    Emotion.FEAR: Goal.CALM,
    Emotion.DISGUST: Goal.LIFT,
    Emotion.SURPRISE: Goal.STAY,
}

NEGATIVE_VALENCE = -0.2
"""Below this a state or an item counts as negative."""

_ARRIVED_DISTANCE = 0.15
_UNSURE_SPREAD = 0.7

_UNDER_WAY: Mapping[Goal, str] = {
    Goal.LIFT: "Starts where you are and brightens step by step.",
    Goal.CALM: "Starts where you are and settles step by step.",
    Goal.ENERGISE: "Starts where you are and picks up energy step by step.",
}
_ARRIVED: Mapping[Goal, str] = {
    Goal.LIFT: "You are close to bright already, so this keeps it there.",
    Goal.CALM: "You are close to calm already, so this keeps it quiet.",
    Goal.ENERGISE: "The energy is there already, so this keeps it going.",
}
# The way is one of the other axis alone: nothing may be promised on the goal's own.
_BESIDE: Mapping[Goal, str] = {
    Goal.LIFT: "You are close to bright already, so this keeps it and moves to an easy energy.",
    Goal.CALM: "The quiet is there already, so this keeps it and turns warmer.",
    Goal.ENERGISE: "The energy is there already, so this keeps it going and turns brighter.",
}


def default_goal(scores: Scores) -> Goal:
    """The goal that the emotions vote for, each with its probability; ties go to the gentler."""
    votes = dict.fromkeys(Goal, 0.0)
    for emotion in EMOTIONS:
        votes[GOAL_OF_EMOTION[emotion]] += scores.of(emotion)
    # The first of equals: `Goal` lists the gentler ones first.
    return max(votes, key=lambda goal: votes[goal])


def target_for(state: Affect, goal: Goal) -> Affect:
    """Where the list should end: valence and arousal, -1 to 1.

    Staying keeps the state with its spread. Other goals move only what they must, and are certain
    (spread 0), because the person chose them.
    """
    valence, arousal = state.valence, state.arousal
    if goal is Goal.LIFT:
        return Affect(max(valence, 0.6), _clamp(arousal, 0.3, 0.6))
    if goal is Goal.CALM:
        return Affect(_clamp(valence, 0.3, 0.6), min(arousal, -0.5))
    if goal is Goal.ENERGISE:
        return Affect(_clamp(valence, 0.4, 0.8), max(arousal, 0.7))
    return state


def along(goal: Goal, affect: Affect) -> float:
    """How far a point is on the axis the goal is about, -1 to 1: valence for a lift, arousal for
    energy, and its opposite for calm. Staying leads nowhere: 0."""
    if goal is Goal.LIFT:
        return affect.valence
    if goal is Goal.STAY:
        return 0.0
    return affect.arousal if goal is Goal.ENERGISE else -affect.arousal


def leads(state: Affect, goal: Goal) -> bool:
    """True where the way to the goal is a way on the axis the goal is about."""
    return along(goal, target_for(state, goal)) - along(goal, state) >= _ARRIVED_DISTANCE


def plan_sentence(state: Affect, goal: Goal) -> str:
    """How the list is made, for the person; the same words for a voice and for a chosen mood."""
    if goal is Goal.STAY:
        plan = "Stays close to where you are."
        if state.valence < NEGATIVE_VALENCE:
            plan += " You can ask for a lift or for calm at any time."
    elif leads(state, goal):
        plan = _UNDER_WAY[goal]
    else:
        there = state.distance(target_for(state, goal)) < _ARRIVED_DISTANCE
        plan = _ARRIVED[goal] if there else _BESIDE[goal]
    if state.spread >= _UNSURE_SPREAD:
        plan += " The mood is not certain, so the choice is a little wider."
    return plan


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
