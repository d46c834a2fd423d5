"""The words everybody uses hold what they promise."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_stream.emotions import (
    AFFECT_OF_EMOTION,
    EMOTIONS,
    Affect,
    Emotion,
    Moment,
    Quality,
    Reading,
    Scores,
    Verdict,
)

QUALITY = Quality(Verdict.GOOD, "Fine.", 4.0, 3.0, -20.0, 0.5, 0.0, None)


@st.composite
def distributions(draw: st.DrawFn) -> Scores:
    weights = draw(st.lists(st.floats(0.001, 1), min_size=8, max_size=8))
    return Scores(tuple(weight / sum(weights) for weight in weights))


def test_the_order_of_the_emotions_is_part_of_the_contract() -> None:
    assert [emotion.value for emotion in EMOTIONS] == [
        "neutral",
        "calm",
        "happiness",
        "sadness",
        "anger",
        "fear",
        "disgust",
        "surprise",
    ]


def test_every_emotion_has_an_affect_on_the_circumplex() -> None:
    assert set(AFFECT_OF_EMOTION) == set(EMOTIONS)
    for affect in AFFECT_OF_EMOTION.values():
        assert -1 <= affect.valence <= 1
        assert -1 <= affect.arousal <= 1


@pytest.mark.parametrize(
    "vector",
    [(1.0,), (0.5,) * 8, (math.nan,) + (0.0,) * 7, (-0.5, 1.5) + (0.0,) * 6, (math.inf,) * 8],
)
def test_scores_refuse_what_is_no_distribution(vector: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="probabilit"):
        Scores(vector)


def test_scores_from_a_mapping_name_the_unknown_emotion() -> None:
    with pytest.raises(ValueError, match="'boredom'"):
        Scores.from_mapping({"boredom": 1.0})


@given(distributions())
def test_scores_survive_the_way_through_json(scores: Scores) -> None:
    read = Scores.from_mapping(json.loads(json.dumps(scores.as_dict())))
    assert read == scores


@pytest.mark.parametrize(
    ("happiness", "anger", "unsure_below", "told"),
    [
        (0.50, 0.40, 0.3, Emotion.HAPPINESS),
        (0.50, 0.40, 0.6, None),
        (0.45, 0.45, 0.3, None),
        (0.47, 0.43, 0.3, None),
        (0.40, 0.47, 0.3, Emotion.ANGER),
    ],
)
def test_an_emotion_is_told_where_it_is_sure_and_leads(
    happiness: float, anger: float, unsure_below: float, told: Emotion | None
) -> None:
    rest = 1 - happiness - anger
    scores = Scores.from_mapping({"happiness": happiness, "anger": anger, "fear": rest})
    assert scores.told(unsure_below) == told


@given(distributions())
def test_the_top_emotion_carries_the_confidence(scores: Scores) -> None:
    assert scores.of(scores.top) == scores.confidence
    assert sorted(scores.ranked) == sorted(EMOTIONS)


@given(distributions())
def test_affect_stays_on_the_circumplex_and_spreads_when_undecided(scores: Scores) -> None:
    affect = scores.affect
    assert abs(affect.valence) <= 1
    assert abs(affect.arousal) <= 1
    assert affect.spread >= 0


def test_a_certain_emotion_has_its_own_affect_and_no_spread() -> None:
    affect = Scores.certain(Emotion.SADNESS).affect
    assert (affect.valence, affect.arousal) == (-0.7, -0.5)
    assert affect.spread == pytest.approx(0.0)


def test_distance_is_euclidean() -> None:
    assert Affect(0, 0).distance(Affect(0.3, 0.4)) == pytest.approx(0.5)


def test_a_reading_without_speech_has_no_emotion_and_is_not_unsure() -> None:
    reading = Reading(0.0, 4.0, None, None, QUALITY, None)
    assert not reading.unsure
    assert reading.confidence is None
    shown = reading.as_dict()
    assert shown["emotion"] is None
    assert shown["scores"] is None
    assert shown["affect"] is None
    assert shown["timeline"] == []


def test_an_unsure_reading_shows_its_scores_and_no_emotion() -> None:
    scores = Scores((0.125,) * 8)
    reading = Reading(0.0, 4.0, scores, None, QUALITY, scores.affect)
    assert reading.unsure
    assert reading.as_dict()["confidence"] == 0.125


def test_a_reading_becomes_plain_json() -> None:
    scores = Scores.certain(Emotion.ANGER)
    moment = Moment(0.0, 3.0, scores, Emotion.ANGER)
    reading = Reading(0.0, 3.0, scores, Emotion.ANGER, QUALITY, scores.affect, (moment,), (0.1,))
    shown = json.loads(json.dumps(reading.as_dict(), allow_nan=False))
    assert shown["emotion"] == "anger"
    assert shown["scores"]["anger"] == 1
    assert shown["affect"] == {"valence": -0.6, "arousal": 0.75}
    assert shown["quality"]["verdict"] == "good"
    assert shown["timeline"][0] == {
        "start_s": 0.0,
        "end_s": 3.0,
        "emotion": "anger",
        "confidence": 1.0,
        "scores": scores.as_dict(),
    }


def test_two_or_three_emotions_are_likely() -> None:
    close = Scores.from_mapping({"sadness": 0.4, "calm": 0.3, "fear": 0.2, "anger": 0.1})
    assert close.likely == (Emotion.SADNESS, Emotion.CALM, Emotion.FEAR)
    sure = Scores.from_mapping({"sadness": 0.9, "calm": 0.06, "fear": 0.04})
    assert sure.likely == (Emotion.SADNESS, Emotion.CALM)
    even = Scores(tuple(1 / 8 for _ in range(8)))
    assert len(even.likely) == 3


def test_a_moment_and_a_quality_come_back_from_their_json() -> None:
    moment = Moment(0.0, 3.0, Scores.certain(Emotion.FEAR), Emotion.FEAR)
    unsure = Moment(0.0, 3.0, Scores.certain(Emotion.FEAR), None)
    for each in (moment, unsure):
        assert Moment.from_dict(json.loads(json.dumps(each.as_dict()))) == each
    quality = Quality(Verdict.GOOD, "Clear.", 3.0, 2.0, -20.0, 0.5, 0.0, None)
    assert Quality.from_dict(json.loads(json.dumps(quality.as_dict()))) == quality
