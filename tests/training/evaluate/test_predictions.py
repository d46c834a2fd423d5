"""A model judged among fewer emotions than it knows."""

from __future__ import annotations

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.evaluate.predictions import among, candidate_emotions
from tests.training.fake_predictions import answer

pytestmark = pytest.mark.training


def test_the_other_emotions_are_taken_out_and_the_rest_sums_to_one() -> None:
    one = answer("fear", calm=0.5, fear=0.3, anger=0.2, unsure=True)
    other = answer("anger", calm=0.9, anger=0.1)
    first, second = among([one, other])
    assert first.scores is not None
    assert first.scores.of(Emotion.FEAR) == pytest.approx(0.6)
    assert first.scores.of(Emotion.CALM) == 0
    assert first.prediction == first.label
    assert first.unsure
    assert second.scores is not None
    assert second.scores.of(Emotion.ANGER) == pytest.approx(1)


def test_each_corpus_has_its_own_emotions() -> None:
    here = [answer("calm", calm=0.6, anger=0.4), answer("anger", calm=0.6, anger=0.4)]
    there = answer("anger", speaker="tess/OAF", calm=0.6, anger=0.4)
    restricted = among([*here, there])
    assert [each.prediction == each.label for each in restricted] == [True, False, True]
    assert candidate_emotions(restricted) == (Emotion.CALM, Emotion.ANGER)


def test_utterances_of_other_emotions_are_left_out() -> None:
    answers = [answer("calm", calm=1), answer("anger", calm=0.6, anger=0.4), answer("anger")]
    kept = among(answers, (Emotion.ANGER, Emotion.SADNESS))
    assert [each.emotion for each in kept] == ["anger", "anger"]
    assert kept[1].scores is None
    assert candidate_emotions(kept, (Emotion.ANGER, Emotion.SADNESS)) == ("sadness", "anger")


def test_certainty_of_something_else_leaves_an_order_to_choose_by() -> None:
    (only,) = among([answer("anger", calm=1)], (Emotion.ANGER, Emotion.SADNESS))
    assert only.scores is not None
    assert sum(only.scores.probabilities) == pytest.approx(1)
