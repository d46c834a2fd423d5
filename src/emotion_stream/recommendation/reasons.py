"""Why each item is in the list: one short, plain sentence, honest about guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from emotion_stream.emotions import Affect
from emotion_stream.music.provider import Goal, Item

GUESS_SIGMA = 0.4
"""From this uncertainty on, a reason says "probably"."""

_SLOW_BPM, _FAST_BPM = 84, 124
_NOTICEABLE = 0.1
_BIG_STEP = 0.45
_FITS = 0.3
_FAR_OFF = 0.1
_NEAR_STATE = 0.12
_NEAR_TARGET = 0.15
_CLOSE, _NOT_FAR = 0.35, 0.6  # from the state, on the plane

_ASKED: Mapping[Goal, tuple[str, ...]] = {
    Goal.LIFT: ("the lift you asked for", "as bright as this list gets", "where the lift leads"),
    Goal.CALM: ("the calm you asked for", "a quiet place to stay", "where the calm leads"),
    Goal.ENERGISE: ("the energy you asked for", "it keeps the energy up", "where the energy leads"),
}
_NEAR = (
    "not an exact match, but among the nearest here",
    "some way off, but among the nearest here",
)
_FAR = (
    "further off than the rest, for want of a nearer one",
    "the nearest that was left, though not near",
)
_ON_THE_WAY = ("a step further on the way", "on the way there")
_AT_STATE = ("close to where you are", "it meets you where you are", "near the same mood")
_AROUND_STATE = ("not far from where you are", "a shade away from your mood")
_STAYING = (
    "close to where you are",
    "it stays with your mood",
    "much the same mood",
    "near the mood you are in",
)


@dataclass(frozen=True)
class Place:
    """An item where the ranking put it: `affect` is its place on the plane next to the others of
    its source, `fit` (0 to 1) how near that is to the `step`."""

    item: Item
    affect: Affect
    step: Affect
    fit: float


def reasons_for(
    places: Sequence[Place], state: Affect, goal: Goal, target: Affect
) -> tuple[str, ...]:
    """One sentence per place, never the same twice in a row; `target` is where the goal leads.

    What an item sounds like is said from its own values; how it compares is said from its place
    among the others. Both agree in order, so a comparison is never the wrong way round.
    """
    reasons: list[str] = []
    for index, place in enumerate(places):
        before = places[index - 1] if index else None
        relations = _relations(place, before, state, goal, _at_goal(place, goal, target))
        turn = index % len(relations)
        sentences = [
            _sentence(place.item, relation, index)
            for relation in relations[turn:] + relations[:turn]
        ]
        last = reasons[-1] if reasons else ""
        reasons.append(next(sentence for sentence in sentences if sentence != last))
    return tuple(reasons)


def _relations(
    place: Place, before: Place | None, state: Affect, goal: Goal, at_goal: bool
) -> tuple[str, ...]:
    """Two or more ways to say why this place: how it compares, or that it was asked for."""
    arrived = bool(before) and place.step.distance(state) > _NEAR_STATE
    if place.fit < _FITS:
        return _FAR if place.fit < _FAR_OFF else _NEAR
    if goal is Goal.STAY or not arrived:
        return _around(place, state, _STAYING if goal is Goal.STAY else _AT_STATE)
    if at_goal:
        return _ASKED[goal]
    move = _move(place, before, state) if before else None
    return (f"{move} than the one before", f"{move} than the last one") if move else _ON_THE_WAY


def _around(place: Place, state: Affect, close: tuple[str, ...]) -> tuple[str, ...]:
    """How near to the person's state the item itself is, whatever the doubt about both allows."""
    distance = place.affect.distance(state)
    if distance <= _CLOSE:
        return close
    return _AROUND_STATE if distance <= _NOT_FAR else _NEAR


def _at_goal(place: Place, goal: Goal, target: Affect) -> bool:
    """True where the step has arrived, and the item itself is what the goal promises."""
    if place.step.distance(target) > _NEAR_TARGET:
        return False
    valence, arousal = place.item.affect.valence, place.item.affect.arousal
    if goal is Goal.LIFT:
        return valence > 0.1
    if goal is Goal.CALM:
        return arousal < -0.1
    return goal is Goal.ENERGISE and arousal > 0.1


def _move(place: Place, before: Place, state: Affect) -> str | None:
    """The largest change since the item before that leads the way of the list, in words.

    None where it is small, or where the item steps aside: a list that lifts does not boast of
    being calmer.
    """
    brighter = place.affect.valence - before.affect.valence
    livelier = place.affect.arousal - before.affect.arousal
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
    if size < _NOTICEABLE:
        return None
    return f"{'clearly' if size >= _BIG_STEP else 'a step'} {word}"


def _sentence(item: Item, relation: str, turn: int) -> str:
    description = _description(item, turn)
    if item.affect_sigma >= GUESS_SIGMA:
        description = f"Probably {description[0].lower()}{description[1:]}"
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
