"""The figures of a report, whatever emotions a corpus has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.evaluate.results import evaluation_results, loss_interval
from tests.training.fake_predictions import answer, many

pytestmark = pytest.mark.training

FOUR = (Emotion.NEUTRAL, Emotion.HAPPINESS, Emotion.SADNESS, Emotion.ANGER)


def test_a_corpus_of_seven_emotions_is_judged_among_seven() -> None:
    seven = tuple(emotion for emotion in EMOTIONS if emotion is not Emotion.CALM)
    found = evaluation_results(many(seven))
    assert found["judged_among"] == [emotion.value for emotion in seven]
    assert list(found["recall"]) == list(found["precision"]) == list(found["f1"])
    assert list(found["recall"]) == found["judged_among"]
    assert [len(row) for row in found["confusion"]] == [7] * 7
    assert sum(map(sum, found["confusion"])) == found["utterances"] == 126
    assert found["baselines"]["random_model"]["uar"] == pytest.approx(1 / 7, abs=0.01)


def test_a_protocol_says_among_which() -> None:
    answers = many()
    found = evaluation_results(answers, FOUR)
    assert found["judged_among"] == ["neutral", "happiness", "sadness", "anger"]
    assert found["utterances"] == len(answers) // 2
    assert found["baselines"]["random_model"]["uar"] == pytest.approx(1 / 4, abs=0.02)
    assert found["uar"]["pooled"] > evaluation_results(answers)["uar"]["pooled"]
    with pytest.raises(UsageError, match="no labelled utterance"):
        evaluation_results([answer("calm", calm=1)], FOUR)


def test_calibration_is_told_pooled_by_fold_and_beside_chance() -> None:
    found = evaluation_results(many())
    chance = found["calibration_error_by_chance"]
    assert 0 < chance["mean"] < chance["most_95"]
    assert set(found["calibration_error_by_fold"]) == {"fold-1", "fold-2"}
    assert sum(row["answers"] for row in found["reliability"]) == found["utterances"]
    right = found["confidence"]["right"]
    assert right["answers"] == round(found["accuracy"] * found["utterances"])
    assert right["mean"] > found["confidence"]["wrong"]["mean"]


def test_by_chance_is_what_a_model_has_whose_confidence_is_right() -> None:
    rng = np.random.default_rng(1)
    right = rng.random(400) < 0.7
    answers = [
        answer("anger" if hit else "fear", name=f"{n}.wav", anger=0.7, fear=0.3)
        for n, hit in enumerate(right)
    ]
    found = evaluation_results(answers)
    chance = found["calibration_error_by_chance"]
    assert chance["mean"] == pytest.approx((2 / np.pi * 0.7 * 0.3 / 400) ** 0.5, rel=0.05)
    assert found["calibration_error"] == pytest.approx(abs(0.7 - right.mean()))
    twice = [replace(each, seed=seed) for each in answers for seed in (0, 1)]
    assert evaluation_results(twice)["calibration_error_by_chance"] == pytest.approx(chance)


def test_where_nothing_is_heard_there_is_no_confidence() -> None:
    found = evaluation_results([answer("anger"), answer("fear", speaker="ravdess/02")])
    assert (found["sure"], found["calibration_error"], found["coverage"]) == (None, None, [])
    assert found["no_speech_heard"] == 1  # both are of one file name


def test_nothing_is_lost_between_equal_answers() -> None:
    answers = many()
    assert loss_interval(answers, answers) == [0, 0]
    unheard = [answer(each.emotion, speaker=each.utterance.speaker) for each in answers]
    low, high = loss_interval(answers, unheard)
    assert 0 < low < high
