"""Choosing and ordering items along the way from a state to a goal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Goal, Item, Kind, Wish
from emotion_stream.recommendation.goals import NEGATIVE_VALENCE, leads, plan_sentence, target_for
from emotion_stream.recommendation.path import journey
from emotion_stream.recommendation.reasons import FAR_OFF, Place, reasons_for
from emotion_stream.recommendation.selection import MAX_CONGRUENT_NEGATIVE, Catalogue, Selection


@dataclass(frozen=True)
class Recommended:
    """One place of the list: the item, why it is there, and how well it fits (0 to 1) its step."""

    item: Item
    reason: str
    fit: float
    step: Affect


@dataclass(frozen=True)
class Recommendation:
    """A list from the person's state to the target of their goal; `message` explains the plan."""

    goal: Goal
    state: Affect
    target: Affect
    message: str
    items: tuple[Recommended, ...]


MIN_STAYING = 5
"""How many items a list that stays with a state has, however far the last of them are."""

# Set by hand. Two people hear one piece about this far apart, whatever its source says.
_TOLERANCE = 0.35
# The axis a goal is about counts more than the other one: music that calms is often not "pleasant"
# in the features of its source. (valence, arousal) factors on the tolerated deviation.
_AXIS_SLACK: Mapping[Goal, tuple[float, float]] = {
    Goal.STAY: (1.0, 1.0),
    Goal.LIFT: (1.0, 1.3),
    Goal.CALM: (1.4, 1.0),
    Goal.ENERGISE: (1.4, 0.8),
}
_CONGRUENT_DISTANCE = 0.6
_RECENT_PENALTY = 0.5
_DOUBT_PENALTY = 0.1


def wish_for(state: Affect, goal: Goal, kinds: Sequence[Kind], limit: int) -> Wish:
    """The wish for `limit` items that lead from the state to the goal.

    Raises ValueError for a limit below 1 and for a state that is not a number.
    """
    if not all(math.isfinite(v) for v in (state.valence, state.arousal, state.spread)):
        raise ValueError(f"not a point of the plane: {state}")
    return Wish(journey(state, target_for(state, goal), limit), tuple(kinds), goal, limit)


def recommend(
    items: Sequence[Item],
    wish: Wish,
    *,
    recent: Sequence[str] = (),
    fit_share: float = 0.7,
) -> Recommendation:
    """Order items along the path of the wish, each with a reason; the same input, the same list.

    Maximal marginal relevance (Carbonell & Goldstein 1998): `fit_share` weighs the fit against the
    likeness to what was chosen. `recent` are ids of items played lately, newest first: they move
    down, and are not forbidden.
    The list is shorter than the limit only where the catalogue is, where what is left would be a
    fourth item that shares a negative state the person wants to leave, or where the person wants to
    stay and what is left fits nothing: then it ends, after `MIN_STAYING` items at the earliest.
    """
    state, target = wish.path[0], target_for(wish.path[0], wish.goal)
    catalogue = Catalogue.of(items, wish.kinds)
    congruent = _congruent_negative(catalogue, state, wish.goal)
    eligible = _eligible(catalogue, state, wish.goal)
    steps = _steps(wish, target, places=_usable(eligible, congruent))
    choice = Selection(catalogue, eligible, congruent, _penalty(catalogue, recent), fit_share)
    chosen = choice.fill(_fits(catalogue.placed, catalogue.sigmas, steps, wish.goal))
    places = _places(
        catalogue, _along_the_way(catalogue, chosen, steps, wish.goal), steps, wish.goal
    )
    reasons = reasons_for(places, state, wish.goal, target)
    listed = tuple(
        Recommended(place.item, reason, place.fit, place.step)
        for place, reason in zip(places, reasons, strict=True)
    )
    return Recommendation(wish.goal, state, target, plan_sentence(state, wish.goal), listed)


def _fits(
    affects: NDArray[np.float64],
    sigmas: NDArray[np.float64],
    steps: Sequence[Affect],
    goal: Goal,
) -> NDArray[np.float64]:
    """exp(-½ Mahalanobis²) of every item to every step, shape (steps, items); `spread` holds both
    axes, hence the half."""
    points = np.array([(step.valence, step.arousal) for step in steps]).reshape(-1, 1, 2)
    spreads = np.array([step.spread for step in steps]).reshape(-1, 1)
    variance = _TOLERANCE**2 + sigmas**2 + spreads**2 / 2
    offset = (affects - points) / _AXIS_SLACK[goal]
    return np.asarray(np.exp(-0.5 * (offset**2).sum(axis=2) / variance), dtype=np.float64)


def _along_the_way(
    catalogue: Catalogue, chosen: Sequence[int], steps: Sequence[Affect], goal: Goal
) -> list[int]:
    """The chosen items in the order in which they lie on the way, the last one kept for the end.

    Of all orders this one is nearest to steps on a line (the rearrangement inequality), and it
    does not fall back where many places share one step.
    """
    if not steps or not leads(steps[0], goal):
        return list(chosen)
    way = np.array([steps[-1].valence - steps[0].valence, steps[-1].arousal - steps[0].arousal])
    # Along the way by the measure of the fit: its slack divides both the way and the place.
    progress = catalogue.placed @ (way / np.square(_AXIS_SLACK[goal]))
    return [*sorted(chosen[:-1], key=lambda row: float(progress[row])), chosen[-1]]


def _places(
    catalogue: Catalogue, chosen: Sequence[int], steps: Sequence[Affect], goal: Goal
) -> list[Place]:
    """The chosen items at their steps, judged by how they sound."""
    fits = _fits(catalogue.affects, catalogue.sigmas, steps, goal)
    best_left = np.delete(fits, chosen, axis=1).max(axis=1, initial=0.0)
    return [
        Place(
            catalogue.items[row],
            step,
            float(fits[index, row]),
            fits[index, row] >= best_left[index],
        )
        for index, (row, step) in enumerate(zip(chosen, steps, strict=True))
    ]


def _penalty(catalogue: Catalogue, recent: Sequence[str]) -> NDArray[np.float64]:
    """What counts against every item besides its fit: heard just now, or little known."""
    penalty = _DOUBT_PENALTY * catalogue.sigmas
    # Backwards, so that of a piece that was played twice the newer time counts.
    age = {item_id: index for index, item_id in reversed(list(enumerate(recent)))}
    for row, item in enumerate(catalogue.items):
        if item.id in age:
            penalty[row] += _RECENT_PENALTY * (1 - age[item.id] / len(recent))
    return np.asarray(penalty, dtype=np.float64)


def _congruent_negative(catalogue: Catalogue, state: Affect, goal: Goal) -> NDArray[np.bool_]:
    """Items that share a negative state which the person wants to leave."""
    if goal is Goal.STAY or state.valence >= NEGATIVE_VALENCE:
        return np.zeros(len(catalogue.items), dtype=np.bool_)
    offset = catalogue.placed - (state.valence, state.arousal)
    near = np.hypot(offset[:, 0], offset[:, 1]) <= _CONGRUENT_DISTANCE
    return np.asarray(near & (catalogue.placed[:, 0] < NEGATIVE_VALENCE), dtype=np.bool_)


def _eligible(catalogue: Catalogue, state: Affect, goal: Goal) -> NDArray[np.bool_]:
    """What may be chosen at all: everything on the way to a goal, what is not far off to stay."""
    if goal is not Goal.STAY:
        return np.ones(len(catalogue.items), dtype=np.bool_)
    fit = _fits(catalogue.affects, catalogue.sigmas, [state], goal)[0]
    # The fifth best is let in however far it is: five items are a list, two are not.
    least = np.sort(fit)[-MIN_STAYING:].min(initial=FAR_OFF)
    return np.asarray(fit >= least, dtype=np.bool_)


def _usable(eligible: NDArray[np.bool_], congruent: NDArray[np.bool_]) -> int:
    """How many items a list may hold."""
    negative = int((eligible & congruent).sum())
    return int(eligible.sum()) - negative + min(negative, MAX_CONGRUENT_NEGATIVE)


def _steps(wish: Wish, target: Affect, places: int) -> tuple[Affect, ...]:
    """The steps that get an item: all, or evenly chosen ones where there are too few items.

    A list of one goes straight for the goal.
    """
    count = min(len(wish.path), places)
    if count == 1:
        return (target,)
    indices = np.linspace(0, len(wish.path) - 1, count).round().astype(int)
    return tuple(wish.path[index] for index in indices)
