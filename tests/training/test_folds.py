"""Nobody is in two parts of a split, whatever corpus their files come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.corpora.emospeech_india import UNKNOWN_USER
from emotion_stream.training.folds import Split, development_split

pytestmark = pytest.mark.training


def _actors(count: int) -> set[str]:
    return {f"ravdess/{actor:02d}" for actor in range(1, count + 1)}


def _utterance(speaker: str, corpus: str | None = None) -> Utterance:
    return Utterance(Path("x.wav"), corpus or speaker.split("/")[0], speaker, Emotion.FEAR)


OTHERS = {"tess/OAF", "tess/YAF", "nemo/KD0"}


def test_a_split_with_somebody_twice_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="ann is in two parts"):
        Split("wrong", frozenset({"ann"}), frozenset({"bob"}), frozenset({"ann"}))


class TestDevelopmentSplit:
    def _split(self, seed: int = 0) -> Split:
        speakers = [*_actors(20), *OTHERS, *(f"emospeech_india/{i}" for i in range(5))]
        songs = [_utterance(s, "ravdess_song") for s in _actors(20)]
        return development_split([*map(_utterance, [*speakers, UNKNOWN_USER]), *songs], seed)

    def test_holds_out_a_few_of_every_corpus_that_can_spare_them(self) -> None:
        held = self._split().validation
        assert sum(speaker.startswith("ravdess/") for speaker in held) == 3
        assert sum(speaker.startswith("emospeech_india/") for speaker in held) == 1
        assert not held & OTHERS

    def test_never_holds_out_a_speaker_that_stands_for_several(self) -> None:
        assert all(UNKNOWN_USER in self._split(seed).train for seed in range(20))

    def test_depends_on_the_seed_alone(self) -> None:
        assert self._split(3) == self._split(3)
        assert self._split(3) != self._split(4)
