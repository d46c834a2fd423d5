"""Every protocol tests everybody once, and nobody who was trained on or validated."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.corpora.emospeech_india import UNKNOWN_USER
from emotion_stream.training.data.corpora.utterance import Gender
from emotion_stream.training.data.folds import Split
from emotion_stream.training.data.protocols import PROTOCOLS, folds, protocol

pytestmark = pytest.mark.training


def _utterance(speaker: str, gender: Gender | None = None, corpus: str | None = None) -> Utterance:
    name = corpus or speaker.split("/")[0]
    return Utterance(Path("x.wav"), name, speaker, Emotion.FEAR, gender=gender)


def _ravdess(count: int) -> list[Utterance]:
    return [
        _utterance(f"ravdess/{actor:02d}", "male" if actor % 2 else "female")
        for actor in range(1, count + 1)
    ]


def _people(corpus: str, ids: str) -> list[Utterance]:
    return [_utterance(f"{corpus}/{speaker}") for speaker in ids.split()]


EMODB = _people("emodb", "03 08 09 10 11 12 13 14 15 16")
OTHERS = [
    *_people("tess", "OAF YAF"),
    *_people("nemo", "KD0 MP0 SM0"),
    *_people("ased", "1 2 3 4 5 6 7"),
]


def _splits(name: str, own: list[Utterance]) -> tuple[Split, ...]:
    return folds(PROTOCOLS[name], [*own, *OTHERS], own[0].corpus, seed=0)


@pytest.mark.parametrize(
    ("name", "own", "count"),
    [
        ("ravdess5", _ravdess(20), 5),
        ("ravdess5", _ravdess(24), 5),
        ("ravdess-luna5", _ravdess(24), 5),
        ("ravdess-luna5", _ravdess(20), 5),
        ("ravdess-emobox6", _ravdess(24), 6),
        ("emodb-loso", EMODB, 10),
        ("emodb-loso", EMODB[:8], 8),
        ("savee-loso", _people("savee", "DC JE JK KL"), 4),
        ("savee-loso", _people("savee", "DC JE"), 2),
        ("tess-actress", OTHERS[:2], 2),
        ("nemo-loso", OTHERS[2:5], 3),
        ("crema-grouped5", _people("crema_d", "1001 1002 1003 1004 1005 1006 1007"), 5),
        ("grouped5", _people("mine", "a b c d e f g h i j k"), 5),
        ("loso", _people("mine", "a b c"), 3),
        ("leave-one-corpus-out", EMODB, 1),
    ],
)
def test_everybody_is_tested_once_by_a_model_that_never_heard_them(
    name: str, own: list[Utterance], count: int
) -> None:
    splits = _splits(name, own)
    assert len(splits) == count
    everybody = {u.speaker for u in [*own, *OTHERS]}
    for split in splits:
        assert split.train | split.validation | split.test == everybody
        assert not split.train & (split.validation | split.test)
        assert not split.validation & split.test
        assert split.validation
    tested = [speaker for split in splits for speaker in split.test]
    assert sorted(tested) == sorted(u.speaker for u in own)


def test_the_folds_of_twenty_balance_men_and_women_and_so_do_their_validators() -> None:
    for split in _splits("ravdess5", _ravdess(20)):
        for part, of_each in ((split.test, 2), (split.validation, 1)):
            assert sum(int(speaker[-2:]) % 2 for speaker in part) == of_each == len(part) // 2


def test_where_two_speakers_are_all_there_are_others_validate() -> None:
    for split in _splits("tess-actress", OTHERS[:2]):
        assert not any(speaker.startswith("tess/") for speaker in split.validation)
        assert sum(speaker.startswith("tess/") for speaker in split.train) == 1


def test_the_songs_of_an_actor_stay_with_the_speech() -> None:
    songs = [_utterance(u.speaker, u.gender, "ravdess_song") for u in _ravdess(20)]
    for split in folds(PROTOCOLS["ravdess5"], [*_ravdess(20), *songs], "ravdess", seed=0):
        assert not {u.speaker for u in songs} - split.train - split.validation - split.test


def test_says_which_published_speakers_are_missing() -> None:
    assert PROTOCOLS["ravdess-luna5"].missing(_ravdess(22)) == ("ravdess/23", "ravdess/24")
    assert PROTOCOLS["emodb-loso"].missing(EMODB) == ()


def test_a_speaker_that_stands_for_several_is_never_tested() -> None:
    own = [*_people("emospeech_india", "a b c d e"), _utterance(UNKNOWN_USER)]
    for split in _splits("grouped5", own):
        assert UNKNOWN_USER in split.train


@pytest.mark.parametrize(("name", "own"), [("loso", EMODB[:1]), ("ravdess5", EMODB)])
def test_too_few_speakers_are_refused(name: str, own: list[Utterance]) -> None:
    with pytest.raises(UsageError, match="at least two folds; emodb has"):
        _splits(name, own)


def test_an_unknown_protocol_is_refused() -> None:
    with pytest.raises(UsageError, match="Unknown protocol 'random'; known: ravdess5"):
        protocol("random")
