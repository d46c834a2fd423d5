"""Small corpora and rare emotions are drawn more often than their share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import sampling_weights
from emotion_stream.training.data.feature_cache import Example

pytestmark = pytest.mark.training


def _examples(corpus: str, emotion: Emotion, count: int, speaker: str = "1") -> list[Example]:
    return [Example(Utterance(Path("x"), corpus, f"{corpus}/{speaker}", emotion), ())] * count


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


TWO_SPEAKERS = [
    *_examples("a", Emotion.FEAR, 16, "talkative"),
    *_examples("a", Emotion.FEAR, 4, "terse"),
    *_examples("a", Emotion.CALM, 5, "terse"),
    *_examples("b", Emotion.FEAR, 9),
]


@pytest.mark.parametrize(("balance", "share"), [(0.0, 16 / 20), (0.5, 4 / 6), (1.0, 1 / 2)])
def test_speakers_are_balanced_within_an_emotion_of_a_corpus(balance: float, share: float) -> None:
    weights = sampling_weights(TWO_SPEAKERS, speaker_balance=balance)
    assert weights[:16].sum() / weights[:20].sum() == pytest.approx(share)


@pytest.mark.parametrize("balance", [0.0, 0.5, 1.0])
def test_corpora_and_emotions_keep_their_chance_whoever_speaks(balance: float) -> None:
    before = sampling_weights([replace(e, utterance=_nobody(e)) for e in TWO_SPEAKERS])
    weights = sampling_weights(TWO_SPEAKERS, speaker_balance=balance)
    for cell in (slice(0, 20), slice(20, 25), slice(25, 34)):
        assert weights[cell].sum() == pytest.approx(before[cell].sum())


def test_without_balance_speakers_change_no_bit() -> None:
    alone = sampling_weights([replace(e, utterance=_nobody(e)) for e in TWO_SPEAKERS])
    assert (sampling_weights(TWO_SPEAKERS) == alone).all()


def test_a_balance_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=r"speaker_balance is 1\.5"):
        sampling_weights(TWO_SPEAKERS, speaker_balance=1.5)


def _nobody(example: Example) -> Utterance:
    return replace(example.utterance, speaker=f"{example.utterance.corpus}/nobody")
