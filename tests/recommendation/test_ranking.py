import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Scores
from emotion_stream.music.provider import Goal, Item, Kind, Wish
from emotion_stream.recommendation.ranking import Recommendation, recommend, wish_for
from tests.recommendation.fake_items import covering, item

TRACKS = (Kind.TRACK,)


def wish(emotion: Emotion, goal: Goal, limit: int = 10) -> Wish:
    return wish_for(Scores.certain(emotion).affect, goal, TRACKS, limit)


def ids(recommendation: Recommendation) -> list[str]:
    return [each.item.id for each in recommendation.items]


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_every_emotion_and_goal_gets_a_list_from_a_covering_catalogue(
    emotion: Emotion, goal: Goal
) -> None:
    recommendation = recommend(covering(24), wish(emotion, goal))
    assert len(set(ids(recommendation))) == len(recommendation.items) <= 10
    assert len(recommendation.items) >= (6 if goal is Goal.STAY else 10)
    assert all(0 <= each.fit <= 1 and each.reason for each in recommendation.items)
    assert recommendation.state == Scores.certain(emotion).affect
    assert recommendation.goal is goal
    assert recommendation.message


@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.ENERGISE])
@pytest.mark.parametrize("emotion", EMOTIONS)
def test_the_list_arrives_where_it_was_asked_to(emotion: Emotion, goal: Goal) -> None:
    recommendation = recommend(covering(100), wish(emotion, goal))
    first, last = recommendation.items[0].item.affect, recommendation.items[-1].item.affect
    assert first.distance(recommendation.state) < 0.35
    assert last.distance(recommendation.target) < 0.35
    assert recommendation.items[-1].fit >= np.mean([each.fit for each in recommendation.items])


@pytest.mark.parametrize("emotion", EMOTIONS)
@pytest.mark.parametrize("limit", [1, 3, 10, 50])
def test_calm_never_gives_only_items_full_of_energy(emotion: Emotion, limit: int) -> None:
    recommendation = recommend(covering(24), wish(emotion, Goal.CALM, limit))
    assert min(each.item.affect.arousal for each in recommendation.items) < 0
    assert recommendation.items[-1].item.affect.arousal < 0


@pytest.mark.parametrize("goal", [Goal.LIFT, Goal.CALM, Goal.ENERGISE])
@pytest.mark.parametrize("emotion", [Emotion.SADNESS, Emotion.FEAR, Emotion.ANGER, Emotion.DISGUST])
def test_at_most_three_items_share_a_negative_state(emotion: Emotion, goal: Goal) -> None:
    recommendation = recommend(covering(200), wish(emotion, goal, 50))
    state = recommendation.state
    shared = [
        each
        for each in recommendation.items
        if each.item.affect.valence < -0.2 and each.item.affect.distance(state) <= 0.6
    ]
    assert 1 <= len(shared) <= 3
    assert len(recommendation.items) == 50


def test_who_wants_to_stay_with_sadness_may() -> None:
    recommendation = recommend(covering(100), wish(Emotion.SADNESS, Goal.STAY))
    assert all(each.item.affect.valence < 0 for each in recommendation.items)


def test_nothing_but_sad_items_is_no_endless_sad_list() -> None:
    sad = [item(n, -0.7, -0.5) for n in range(20)]
    assert len(recommend(sad, wish(Emotion.SADNESS, Goal.LIFT)).items) == 3
    assert len(recommend(sad, wish(Emotion.SADNESS, Goal.STAY)).items) == 10


def test_staying_ends_early_rather_than_with_what_fits_nothing() -> None:
    near = [item(n, -0.7, -0.5 + 0.02 * n) for n in range(7)]
    loud = [item(100 + n, 0.8, 0.8) for n in range(20)]
    stays = recommend([*near, *loud], wish(Emotion.SADNESS, Goal.STAY))
    assert sorted(ids(stays)) == sorted(each.id for each in near)
    assert len(recommend([*near[:2], *loud], wish(Emotion.SADNESS, Goal.LIFT)).items) == 10


def test_staying_never_leaves_a_person_with_next_to_nothing() -> None:
    loud = [item(n, 0.8 + 0.001 * n, 0.8) for n in range(20)]
    nothing_near = recommend(loud, wish(Emotion.SADNESS, Goal.STAY)).items
    assert sorted(each.item.id for each in nothing_near) == [f"i{n:05}" for n in range(5)]
    assert all(each.fit < 0.1 for each in nothing_near)
    assert len(recommend(loud, wish(Emotion.SADNESS, Goal.STAY, 3)).items) == 3
    assert len(recommend(loud[:2], wish(Emotion.SADNESS, Goal.STAY)).items) == 2


@pytest.mark.parametrize("goal", Goal)
def test_nothing_to_choose_from(goal: Goal) -> None:
    recommendation = recommend([], wish(Emotion.CALM, goal))
    assert recommendation.items == ()
    assert recommendation.message


def test_one_item_and_a_limit_beyond_the_catalogue() -> None:
    assert ids(recommend([item(1, 0.5, 0.5)], wish(Emotion.CALM, Goal.LIFT))) == ["i00001"]
    everything = recommend(covering(24), wish(Emotion.HAPPINESS, Goal.LIFT, 50))
    assert len(set(ids(everything))) == 24


def test_a_list_of_one_goes_for_the_goal() -> None:
    only = recommend(covering(24), wish(Emotion.ANGER, Goal.CALM, 1)).items[0]
    assert only.step.arousal == -0.5


def test_a_small_catalogue_still_spans_the_way() -> None:
    items = [item(1, -0.7, -0.5), item(2, 0.0, 0.0), item(3, 0.6, 0.3)]
    listed = ids(recommend(items, wish(Emotion.SADNESS, Goal.LIFT)))
    assert listed == ["i00001", "i00002", "i00003"]


def test_kinds_that_were_not_asked_for_stay_out() -> None:
    items = covering(24) + covering(24, kind=Kind.PODCAST, provider="other")
    recommendation = recommend(items, wish(Emotion.CALM, Goal.STAY, 50))
    assert {each.item.kind for each in recommendation.items} == {Kind.TRACK}


def test_the_same_question_has_the_same_answer_whatever_the_order_of_the_items() -> None:
    items = covering(60)
    first = recommend(items, wish(Emotion.FEAR, Goal.CALM))
    assert first == recommend(items[::-1], wish(Emotion.FEAR, Goal.CALM))


def test_what_was_played_lately_moves_down_and_is_not_forbidden() -> None:
    items = covering(100)
    plain = ids(recommend(items, wish(Emotion.CALM, Goal.STAY)))
    again = ids(recommend(items, wish(Emotion.CALM, Goal.STAY), recent=plain))
    assert len(set(plain) & set(again)) < len(plain) / 2
    few = covering(10)
    heard = [each.id for each in few]
    assert len(recommend(few, wish(Emotion.CALM, Goal.LIFT), recent=heard).items) == 10


def test_two_items_per_creator_where_creators_vary() -> None:
    items = [item(n, 0.6, -0.6, creators=("Prolific",)) for n in range(30)]
    items += [item(100 + n, 0.4, -0.4, creators=(f"Other {n}",)) for n in range(20)]
    counts = Counter(
        each.item.creators[0] for each in recommend(items, wish(Emotion.CALM, Goal.STAY)).items
    )
    assert counts["Prolific"] == 2


def test_the_cap_per_creator_gives_way_rather_than_shorten_the_list() -> None:
    items = [item(n, 0.6, -0.6, creators=(f"Creator {n % 2}",)) for n in range(30)]
    assert len(recommend(items, wish(Emotion.CALM, Goal.STAY)).items) == 10


def artists(*places: tuple[str, float, float]) -> list[Item]:
    """Twelve items by each artist, close to the artist's place."""
    rng = np.random.default_rng(3)
    return [
        item(
            100 * artist + n,
            *(place + 0.08 * rng.standard_normal(2)).tolist(),
            creators=(name,),
            genre=name,
            affect_sigma=0.41,
            affect_source="audio estimate",
        )
        for artist, (name, *place) in enumerate(places)
        for n in range(12)
    ]


NOCTURNES, METAL = ("Nocturnes", 0.2, -0.7), ("Metal", -0.2, 0.7)
POP, FOLK = ("Pop", 0.4, 0.4), ("Folk", 0.1, -0.2)


@pytest.mark.parametrize(
    "places", [(NOCTURNES, METAL), (NOCTURNES, METAL, FOLK), (NOCTURNES, METAL, POP, FOLK)]
)
def test_with_few_artists_calm_is_still_calm(places: tuple[tuple[str, float, float], ...]) -> None:
    listed = recommend(artists(*places), wish(Emotion.CALM, Goal.CALM)).items
    assert len(listed) == 10
    assert "Metal" not in {each.item.creators[0] for each in listed}


@pytest.mark.parametrize("goal", Goal)
@pytest.mark.parametrize("emotion", [Emotion.CALM, Emotion.HAPPINESS, Emotion.ANGER])
def test_one_outsider_is_no_answer_because_of_its_name_alone(emotion: Emotion, goal: Goal) -> None:
    outsider = item(999, -0.9, -0.9, creators=("Outsider",))
    items = [*covering(33, creators=("Prolific",)), outsider]
    assert outsider.id not in ids(recommend(items, wish(emotion, goal)))


def test_variety_rises_and_the_fit_hardly_falls() -> None:
    rng = np.random.default_rng(3)
    items = [
        item(
            n,
            *rng.uniform(-0.95, 0.95, 2),
            genre=f"g{rng.integers(12)}",
            creators=(f"c{rng.integers(80)}",),
        )
        for n in range(400)
    ]
    only_fit, varied = (
        recommend(items, wish(Emotion.CALM, Goal.STAY), fit_share=share) for share in (1.0, 0.7)
    )
    assert genres(varied) > genres(only_fit)
    assert mean_fit(varied) > mean_fit(only_fit) - 0.1


def test_a_squeezed_estimate_still_finds_its_calm_items() -> None:
    squeezed = [
        item(
            n,
            -0.3 + 0.1 * i.affect.valence,
            0.3 + 0.1 * i.affect.arousal,
            affect_source="audio estimate",
            affect_sigma=0.41,
        )
        for n, i in enumerate(covering(100))
    ]
    recommendation = recommend(squeezed, wish(Emotion.ANGER, Goal.CALM))
    arousals = sorted(each.affect.arousal for each in squeezed)
    assert recommendation.items[-1].item.affect.arousal < arousals[35]
    assert recommendation.items[0].item.affect.arousal > arousals[65]


def test_of_two_items_in_one_place_the_better_known_one_comes_first() -> None:
    pair = [item(1, 0.6, -0.6, affect_sigma=0.5), item(2, 0.6, -0.6, affect_sigma=0.1)]
    assert ids(recommend(pair, wish(Emotion.CALM, Goal.STAY, 1))) == ["i00002"]


def test_an_undecided_state_widens_the_search() -> None:
    items = covering(100)
    sure = recommend(items, wish_for(Affect(0, 0, 0.0), Goal.STAY, TRACKS, 10))
    unsure = recommend(items, wish_for(Affect(0, 0, 0.9), Goal.STAY, TRACKS, 10))
    assert min(e.fit for e in unsure.items) > min(e.fit for e in sure.items)


def test_a_state_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not a point"):
        wish_for(Affect(float("nan"), 0), Goal.LIFT, TRACKS, 10)


items_of_any_kind = st.lists(
    st.builds(
        item,
        st.integers(0, 99_999),
        st.floats(-1, 1) | st.just(float("nan")),
        st.floats(-1, 1),
        affect_sigma=st.floats(0, 1),
        affect_source=st.sampled_from(["audio estimate", "by construction"]),
        tempo_bpm=st.none() | st.floats(0, 300),
        genre=st.none() | st.sampled_from(["a", "b"]),
        creators=st.lists(st.sampled_from(["x", "y", "Unknown artist", ""]), max_size=2).map(tuple),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(
    items_of_any_kind,
    st.lists(st.floats(0.01, 1), min_size=8, max_size=8),
    st.sampled_from(Goal),
    st.integers(1, 50),
)
def test_any_catalogue_gives_a_sound_list(
    items: list[Item], weights: list[float], goal: Goal, limit: int
) -> None:
    state = Scores(tuple(w / sum(weights) for w in weights)).affect
    recommendation = recommend(items, wish_for(state, goal, TRACKS, limit))
    listed = recommendation.items
    assert len(set(ids(recommendation))) == len(listed) <= limit
    assert all(0 <= each.fit <= 1 for each in listed)
    assert all(a.reason != b.reason for a, b in itertools.pairwise(listed))


def genres(recommendation: Recommendation) -> int:
    return len({each.item.genre for each in recommendation.items})


def mean_fit(recommendation: Recommendation) -> float:
    return float(np.mean([each.fit for each in recommendation.items]))
