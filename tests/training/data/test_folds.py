"""Nobody is in two parts of a split, whatever corpus their files come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.corpora.emospeech_india import UNKNOWN_USER
from emotion_stream.training.data.folds import Split, development_split

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

    @pytest.mark.parametrize("seed", range(5))
    def test_who_is_held_out_of_a_corpus_does_not_depend_on_the_others(self, seed: int) -> None:
        corpora = {
            name: [_utterance(f"{name}/{number}") for number in range(count)]
            for name, count in {"ased": 20, "emodb": 10, "mine": 12, "ravdess": 20}.items()
        }
        together = development_split([u for part in corpora.values() for u in part], seed)
        for left_out in corpora:
            others = [u for name, part in corpora.items() if name != left_out for u in part]
            here = {speaker for speaker in together.validation if left_out not in speaker}
            assert development_split(others, seed).validation == here

    def test_a_speaker_who_is_not_held_out_can_leave_without_changing_who_is(self) -> None:
        people = [_utterance(f"mine/{number}") for number in range(12)]
        split = development_split(people, 0)
        fewer = [u for u in people if u.speaker != min(split.train)]
        assert development_split(fewer, 0).validation == split.validation
