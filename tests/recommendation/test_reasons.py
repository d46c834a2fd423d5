import itertools
import re

import numpy as np
import pytest

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal, Item, Kind
from emotion_stream.recommendation.goals import target_for
from emotion_stream.recommendation.ranking import recommend, wish_for
from emotion_stream.recommendation.reasons import Place, reasons_for
from tests.recommendation.fake_items import covering, item

SAD = Affect(-0.7, -0.5)
FORBIDDEN = re.compile(
    r"heal|cure|treat|therap|anxi|depress|medic|party|celebrat|amazing|awesome|congrat|hooray|!",
    re.IGNORECASE,
)


def place(of: Item, step: Affect, fit: float = 0.9, *, nearest: bool = True) -> Place:
    return Place(of, step, fit, nearest)


def reasons(places: list[Place], state: Affect, goal: Goal) -> tuple[str, ...]:
    return reasons_for(places, state, goal, target_for(state, goal))


def test_the_first_item_meets_the_person() -> None:
    sad = item(1, -0.7, -0.6, tempo_bpm=60.0)
    assert reasons([place(sad, SAD)], SAD, Goal.LIFT) == ("Slow and soft, close to where you are.",)


def test_a_move_is_told_against_the_item_before() -> None:
    places = [place(item(1, -0.7, -0.5), SAD), place(item(2, -0.4, -0.45), Affect(-0.4, -0.4))]
    assert reasons(places, SAD, Goal.LIFT)[1].endswith("a step brighter than the last one.")


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        (Affect(-0.7, -0.5), Affect(-0.2, -0.3), "brighter"),
        (Affect(0.7, 0.5), Affect(0.2, 0.3), "more serious"),
        (Affect(-0.7, -0.5), Affect(-0.5, 0.0), "livelier"),
        (Affect(-0.6, 0.7), Affect(-0.5, 0.2), "calmer"),
    ],
)
def test_the_larger_change_along_the_way_is_named(state: Affect, step: Affect, words: str) -> None:
    places = [
        place(item(1, state.valence, state.arousal), state),
        place(item(2, step.valence, step.arousal), step),
    ]
    assert f"{words} than the last one" in reasons(places, state, Goal.LIFT)[1]


def test_a_side_step_is_not_told_as_progress() -> None:
    calmer = place(item(2, -0.35, -0.9), Affect(-0.3, -0.2))
    reason = reasons([place(item(1, -0.4, 0.2), SAD), calmer], SAD, Goal.LIFT)[1]
    assert "calmer" not in reason
    assert reason.endswith("a fair fit here.")


@pytest.mark.parametrize(
    ("valence", "words"), [(0.1, "close to"), (0.45, "not far"), (0.8, "nothing nearer")]
)
def test_staying_is_only_claimed_as_far_as_it_is_true(valence: float, words: str) -> None:
    middle = Affect(0.0, 0.0, spread=0.6)
    assert words in reasons([place(item(1, valence, 0.0), middle)], middle, Goal.STAY)[0]


def test_a_guess_is_called_probable() -> None:
    guess = item(1, 0.5, -0.6, affect_sigma=0.41)
    assert reasons([place(guess, guess.affect)], guess.affect, Goal.STAY)[0].startswith("Probably ")
    known = item(1, 0.5, -0.6, affect_sigma=0.2)
    assert "robably" not in reasons([place(known, known.affect)], known.affect, Goal.STAY)[0]


def test_what_follows_from_a_guess_is_a_guess_too() -> None:
    way = [(SAD, SAD), (Affect(-0.2, -0.3), Affect(-0.3, -0.3))]

    def second(*sigmas: float) -> str:
        places = [
            place(item(n, at.valence, at.arousal, affect_sigma=sigma), step)
            for n, ((at, step), sigma) in enumerate(zip(way, sigmas, strict=True))
        ]
        return reasons(places, SAD, Goal.LIFT)[1]

    assert second(0.2, 0.2) == "Slow and soft, much brighter than the last one."
    assert second(0.41, 0.2).endswith("soft, probably much brighter than the last one.")
    assert second(0.2, 0.41).startswith("Probably slow and soft, likely much brighter")


@pytest.mark.parametrize(
    ("brighter_by", "sigma", "words"),
    [
        (0.12, 0.15, "a step brighter"),
        (0.013, 0.15, "way"),
        (0.12, 0.5, "way"),
        (0.3, 0.5, "a step brighter"),
        (0.46, 0.5, "a step brighter"),
        (0.55, 0.5, "much brighter"),
        (0.46, 0.15, "much brighter"),
    ],
)
def test_a_difference_is_only_told_where_the_doubt_about_the_items_is_smaller(
    brighter_by: float, sigma: float, words: str
) -> None:
    places = [
        place(item(n, -0.3 + n * brighter_by, -0.4, affect_sigma=sigma), step)
        for n, step in enumerate((SAD, Affect(-0.3, -0.2)))
    ]
    assert words in reasons(places, SAD, Goal.LIFT)[1]


def test_no_progress_is_not_called_a_way() -> None:
    places = [place(item(n, -0.7, -0.5), step) for n, step in enumerate((SAD, Affect(-0.3, -0.2)))]
    assert reasons(places, SAD, Goal.LIFT)[1].endswith("a fair fit here.")


@pytest.mark.parametrize(("emotion", "goal"), [("sadness", Goal.LIFT), ("anger", Goal.CALM)])
def test_a_folder_of_nothing_but_metal_is_described_as_it_sounds(emotion: str, goal: Goal) -> None:
    rng = np.random.default_rng(0)
    metal = [
        item(
            n,
            *(np.array((0.0, 0.6)) + 0.05 * rng.standard_normal(2)).tolist(),
            affect_sigma=0.41,
            affect_source="audio estimate",
        )
        for n in range(60)
    ]
    wish = wish_for(Scores.certain(Emotion(emotion)).affect, goal, (Kind.TRACK,), 10)
    made = recommend(metal, wish)
    for each in made.items:
        assert not re.search("step|much|calm|soft|brighter", each.reason)
        if each.item.affect.distance(made.state) > 0.7:
            assert not re.search("where you are|mood", each.reason)
    away = made.state if emotion == "sadness" else made.target
    assert all(each.fit < 0.3 for each in made.items if each.step == away)


def test_nothing_nearer_is_only_said_where_nothing_nearer_was_left() -> None:
    for fit, said in ((0.2, "not an exact match"), (0.05, "far")):
        far = item(1, 0.9, 0.9)
        for nearest in (True, False):
            reason = reasons([place(far, SAD, fit, nearest=nearest)], SAD, Goal.STAY)[0]
            assert said in reason
            assert ("nearer" in reason) is nearest


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_who_is_called_the_nearest_is_the_nearest(emotion: Emotion, goal: Goal) -> None:
    shelf = covering(33)
    made = recommend(shelf, wish_for(Scores.certain(emotion).affect, goal, (Kind.TRACK,), 20))
    left = [each for each in shelf if each not in [place.item for place in made.items]]
    for each in made.items:
        if "nearer" in each.reason or "nearest" in each.reason:
            # Within the factor between the two axes: energy counts 1.75 times as much.
            nearer = each.item.affect.distance(each.step) / 1.75
            assert all(other.affect.distance(each.step) >= nearer for other in left)


def test_what_was_asked_for_is_only_claimed_where_the_item_is_that() -> None:
    goal_step, start = Affect(0.3, -0.5), place(item(1, -0.7, 0.7), Affect(-0.6, 0.7))
    calm = place(item(2, 0.4, -0.5), goal_step)
    loud = place(item(3, 0.4, 0.4), goal_step, fit=0.2)
    anger = Affect(-0.6, 0.7)
    calm_reason = reasons([start, calm], anger, Goal.CALM)[1]
    loud_reason = reasons([start, loud], anger, Goal.CALM)[1]
    assert calm_reason == "Slow and warm, a quiet place to stay."
    assert "nearest" in loud_reason
    assert not re.search("calm|quiet", loud_reason)


CLAIM = "asked|leads|place to stay|heading|keeping"


@pytest.mark.parametrize(
    ("goal", "state", "near", "short", "behind"),
    [
        (Goal.LIFT, Affect(0.5, -0.8), (0.6, 0.3), (0.3, 0.3), (0.35, 0.3)),
        (Goal.CALM, Affect(-0.7, -0.5), (0.3, -0.5), (0.3, -0.21), (0.3, -0.3)),
        (Goal.ENERGISE, Affect(0.8, 0.5), (0.8, 0.6), (0.8, 0.28), (0.8, 0.39)),
    ],
)
def test_a_goal_is_claimed_near_the_target_and_not_behind_the_state(
    goal: Goal,
    state: Affect,
    near: tuple[float, float],
    short: tuple[float, float],
    behind: tuple[float, float],
) -> None:
    target = target_for(state, goal)
    start = place(item(1, state.valence, state.arousal), state)
    for at, claimed in ((near, True), (short, False), (behind, False)):
        reason = reasons([start, place(item(2, *at), target)], state, goal)[1]
        assert bool(re.search(CLAIM, reason)) is claimed, reason


@pytest.mark.parametrize(
    ("goal", "state", "step"),
    [
        (Goal.CALM, SAD, Affect(-0.37, -0.45)),  # as quiet as the goal, still sad
        (Goal.LIFT, Affect(0.6, -0.6), Affect(0.57, -0.3)),  # as bright as the goal, still drowsy
    ],
)
def test_halfway_is_not_called_the_end(goal: Goal, state: Affect, step: Affect) -> None:
    start = place(item(1, state.valence, state.arousal), state)
    reason = reasons([start, place(item(2, step.valence, step.arousal), step)], state, goal)[1]
    assert not re.search(CLAIM, reason)


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("emotion", EMOTIONS)
@pytest.mark.parametrize("sigma", [0.1, 0.5])
def test_sentences_are_short_never_repeat_and_promise_nothing(
    emotion: Emotion, goal: Goal, sigma: float
) -> None:
    wish = wish_for(Scores.certain(emotion).affect, goal, (Kind.TRACK,), 24)
    said = [e.reason for e in recommend(covering(60, affect_sigma=sigma), wish).items]
    assert all(a != b for a, b in itertools.pairwise(said))
    for reason in said:
        assert len(reason) <= 90
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert not FORBIDDEN.search(reason)


def test_the_same_item_many_times_over_still_has_no_echo() -> None:
    places = [place(item(n, 0.0, 0.0, tempo_bpm=None), Affect(0, 0)) for n in range(12)]
    for goal in Goal:
        said = reasons(places, Affect(0, 0), goal)
        assert all(a != b for a, b in itertools.pairwise(said))


def test_a_soft_item_with_many_beats_is_not_called_quick() -> None:
    soft = item(1, 0.0, -0.6, tempo_bpm=150.0)
    assert reasons([place(soft, soft.affect)], soft.affect, Goal.STAY)[0].startswith("Soft")
