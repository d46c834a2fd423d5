"""Small corpora and rare emotions are drawn more often than their share."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.frames import Example
from emotion_stream.training.sampling import sampling_weights

pytestmark = pytest.mark.training


def _examples(corpus: str, emotion: Emotion, count: int) -> list[Example]:
    return [Example(Utterance(Path("x"), corpus, f"{corpus}/1", emotion), ())] * count


def test_corpora_are_drawn_by_the_root_of_their_size() -> None:
    weights = sampling_weights(
        _examples("big", Emotion.FEAR, 100) + _examples("small", Emotion.FEAR, 25)
    )
    assert weights.sum() == pytest.approx(1)
    assert weights[:100].sum() == pytest.approx(10 / 15)


def test_corpora_are_drawn_by_the_weights_that_are_given() -> None:
    examples = _examples("a", Emotion.FEAR, 8) + _examples("b", Emotion.FEAR, 2)
    assert sampling_weights(examples, {"a": 0.3, "b": 0.7})[8:].sum() == pytest.approx(0.7)


def test_emotions_are_balanced_half_way() -> None:
    examples = _examples("a", Emotion.FEAR, 16) + _examples("a", Emotion.CALM, 4)
    assert sampling_weights(examples)[:16].sum() == pytest.approx(4 / 6)
