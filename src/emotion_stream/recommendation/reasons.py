"""Why each item is in the list: one short, plain sentence, honest about guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Goal, Item
from emotion_stream.recommendation.goals import along

GUESS_SIGMA = 0.4
"""From this uncertainty on, a reason says "probably" of the item, and "likely" of what follows."""

FAR_OFF = 0.1
"""Below this fit an item is far from its step."""

_SLOW_BPM, _FAST_BPM = 84, 124
# The smallest differences worth a word, and worth "much". Where the items are less certain than
# that, half of their sigma and all of it: a smaller difference may as well be the other way round.
_NOTICEABLE, _NOTICEABLE_SIGMAS = 0.1, 0.5
_BIG_STEP, _BIG_STEP_SIGMAS = 0.45, 1.0
_FITS = 0.3
_NEAR_STATE = 0.12
_NEAR_TARGET = 0.15
_CLOSE, _NOT_FAR = 0.35, 0.6  # from the state, on the plane
_WITHIN = 0.25  # of the target, on the axis the goal is about

_ASKED: Mapping[Goal, tuple[str, ...]] = {
    Goal.LIFT: ("the lift you asked for", "where the lift leads", "where this was heading"),
    Goal.CALM: ("the calm you asked for", "a quiet place to stay", "where the calm leads"),
    Goal.ENERGISE: ("the energy you asked for", "keeping the energy up", "where the energy leads"),
}
_OFF = ("not an exact match", "some way off")
_OFF_BUT_NEAREST = (
    "not an exact match, but nothing nearer was left",
    "some way off, and the nearest that was left",
)
_FAR = ("far from an exact match", "a long way off")
_FAR_BUT_NEAREST = (
    "far off, for want of a nearer one",
    "the nearest that was left, though not near",
)
_ON_THE_WAY = ("on the way there", "part of the way there")
_FAIR = ("a fair match for this place", "a fair fit here")
_AT_STATE = ("close to where you are", "meeting you where you are", "near the same mood")
_AROUND_STATE = ("not far from where you are", "a shade away from your mood")
_STAYING = (
    "close to where you are",
    "staying with your mood",
    "much the same mood",
    "near the mood you are in",
)


@dataclass(frozen=True)
class Place:
    """An item where the ranking put it. `fit` (0 to 1) is how near the item sounds to the `step`;
    `nearest` is True where nothing outside the list sounds nearer."""

    item: Item
    step: Affect
    fit: float
    nearest: bool


def reasons_for(
    places: Sequence[Place], state: Affect, goal: Goal, target: Affect
) -> tuple[str, ...]:
    """One sentence per place, never the same twice in a row; `target` is where the goal leads.

    Everything is said from the items' own values, whatever their rank among the others: the
    liveliest of sixty lullabies is still a lullaby.
    """
    reasons: list[str] = []
    for index, place in enumerate(places):
        before = places[index - 1] if index else None
        relations = _relations(place, before, state, goal, target)
        turn = index % len(relations)
        sentences = [
            _sentence(place, before, relation, index)
            for relation in relations[turn:] + relations[:turn]
        ]
        last = reasons[-1] if reasons else ""
        reasons.append(next(sentence for sentence in sentences if sentence != last))
    return tuple(reasons)


def _relations(
    place: Place, before: Place | None, state: Affect, goal: Goal, target: Affect
) -> tuple[str, ...]:
    """Two or more ways to say why this place: how it compares, or that it was asked for."""
    if place.fit < _FITS:
        return _off(place)
    if goal is Goal.STAY or place.step.distance(state) <= _NEAR_STATE:
        return _around(place, state, _STAYING if goal is Goal.STAY else _AT_STATE)
    if _at_goal(place, state, goal, target):
        return _ASKED[goal]
    if before and (move := _move(place, before, state)):
        return (f"{move} than the one before", f"{move} than the last one")
    gain = state.distance(target) - place.item.affect.distance(target)
    return _ON_THE_WAY if gain >= _noticeable(place.item.affect_sigma) else _FAIR


def _off(place: Place) -> tuple[str, ...]:
    """That it is no match, and that nothing nearer was left only where that is so."""
    if place.fit < FAR_OFF:
        return _FAR_BUT_NEAREST if place.nearest else _FAR
    return _OFF_BUT_NEAREST if place.nearest else _OFF


def _around(place: Place, state: Affect, close: tuple[str, ...]) -> tuple[str, ...]:
    """How near to the person's state the item itself is, whatever the doubt about both allows."""
    distance = place.item.affect.distance(state)
    if distance <= _CLOSE:
        return close
    return _AROUND_STATE if distance <= _NOT_FAR else _off(place)


def _at_goal(place: Place, state: Affect, goal: Goal, target: Affect) -> bool:
    """True where the step has arrived, and the item itself is what the goal promises: near the
    target on the goal's axis, and not behind the state."""
    if place.step.distance(target) > _NEAR_TARGET:
        return False
    reached, start, end = (along(goal, affect) for affect in (place.item.affect, state, target))
    return reached >= end - _WITHIN and reached > start - _NOTICEABLE


def _move(place: Place, before: Place, state: Affect) -> str | None:
    """The largest change since the item before that leads the way of the list, in words.

    None where it is small for what is known of the two items, or where the item steps aside: a
    list that lifts does not boast of being calmer.
    """
    brighter = place.item.affect.valence - before.item.affect.valence
    livelier = place.item.affect.arousal - before.item.affect.arousal
    changes = [
        (brighter, place.step.valence - state.valence, ("more serious", "brighter")),
        (livelier, place.step.arousal - state.arousal, ("calmer", "livelier")),
    ]
    size, word = max(
        (
            (abs(change), words[change > 0])
            for change, ahead, words in changes
            if change * ahead > 0 and abs(ahead) >= _NOTICEABLE
        ),
        default=(0.0, ""),
    )
    sigma = max(place.item.affect_sigma, before.item.affect_sigma)
    if size < _noticeable(sigma):
        return None
    return f"{'much' if size >= max(_BIG_STEP, _BIG_STEP_SIGMAS * sigma) else 'a step'} {word}"


def _noticeable(sigma: float) -> float:
    return max(_NOTICEABLE, _NOTICEABLE_SIGMAS * sigma)


def _sentence(place: Place, before: Place | None, relation: str, turn: int) -> str:
    description = _description(place.item, turn)
    if place.item.affect_sigma >= GUESS_SIGMA:
        description = f"Probably {description[0].lower()}{description[1:]}"
        relation = f"likely {relation}"
    elif before and before.item.affect_sigma >= GUESS_SIGMA and " than " in relation:
        relation = f"probably {relation}"
    return f"{description}: {relation}." if "asked" in relation else f"{description}, {relation}."


def _description(item: Item, turn: int) -> str:
    """One or two plain words for how the item sounds, such as "Slow and soft"; turns vary them."""
    words = [word for word in (_pace(item), _energy(item), _mood(item)) if word]
    pair = words if len(words) < 3 else list(combinations(words, 2))[turn % 3]
    return " and ".join(pair).capitalize()


def _pace(item: Item) -> str:
    if item.tempo_bpm is None:
        return ""
    # A lively piece with few beats per minute, or a soft one with many, is mostly a tempo heard at
    # half or double speed: say nothing then.
    if item.tempo_bpm <= _SLOW_BPM and item.affect.arousal < 0:
        return "slow"
    return "quick" if item.tempo_bpm >= _FAST_BPM and item.affect.arousal > 0 else ""


def _energy(item: Item) -> str:
    arousal = item.affect.arousal
    if arousal <= -0.3:
        return "soft"
    if arousal >= 0.6:
        return "full of drive"
    return "lively" if arousal >= 0.25 else "steady"


def _mood(item: Item) -> str:
    valence, arousal = item.affect.valence, item.affect.arousal
    if valence >= 0.25:
        return "bright" if arousal > 0 else "warm"
    if valence <= -0.25:
        return "tense" if arousal > 0.2 else "wistful"
    return ""
