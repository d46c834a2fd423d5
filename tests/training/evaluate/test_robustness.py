"""Which utterances are tried under conditions, and what is said of them."""

from __future__ import annotations

import pytest

from emotion_stream.training.evaluate.conditions import conditions_named
from emotion_stream.training.evaluate.robustness import ConditionSuite, balanced, robustness
from tests.training.fake_predictions import answer, many

pytestmark = pytest.mark.training


def test_a_share_has_every_emotion_of_every_speaker() -> None:
    answers = many(speakers=4, each=5)
    kept = balanced(answers, 0.4)
    cells = [(each.utterance.speaker, each.emotion) for each in kept]
    assert len(cells) == 4 * 8 * 2
    assert len(set(cells)) == 4 * 8
    assert kept == balanced(answers[::-1], 0.4)[::-1]
    assert len(balanced(answers, 0.01)) == 4 * 8
    assert balanced(answers, 1.0) == answers


def test_what_is_lost_is_lost_against_the_same_utterances() -> None:
    clean = many()
    unheard = [
        answer(each.emotion, speaker=each.utterance.speaker, fold=each.fold) for each in clean
    ]
    conditions = ConditionSuite(conditions_named(["noise-0", "room"]), share=0.5)
    found = robustness({"clean": clean, "noise-0": unheard, "room": clean}, conditions, None)
    rows = found["results"]
    assert list(rows) == ["clean", "noise-0", "room"]
    assert rows["noise-0"]["lost"] == rows["clean"]["uar"] > 0.3
    assert (rows["noise-0"]["no_speech_heard"], rows["room"]["no_speech_heard"]) == (1, 0)
    assert (rows["room"]["lost"], rows["room"]["lost_interval_95"]) == (0, [0, 0])
    assert (found["share"], found["utterances"]) == (0.5, len(clean))
