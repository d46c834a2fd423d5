"""Whoever tests or validates was not trained on before, or the run does not begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.data.corpora import RECIPES, Utterance
from emotion_stream.training.data.folds import Split
from emotion_stream.training.data.protocols import PROTOCOLS, folds
from emotion_stream.training.fit.run_folder import write_split
from emotion_stream.training.fit.warm_start import refuse_heard

pytestmark = pytest.mark.training


def _people(*speakers: str) -> frozenset[str]:
    return frozenset(speakers)


FOLD = Split("fold-1", _people("a/1", "b/1", "b/2"), _people("a/2"), _people("a/3"))


def _pretraining(folder: Path, *speakers: str) -> Path:
    write_split(folder, Split("pretraining", _people(*speakers), _people("b/2", "a/4")))
    return folder


@pytest.mark.parametrize(("heard", "does"), [("a/3", "tests"), ("a/2", "validates")])
def test_who_was_trained_on_is_named(tmp_path: Path, heard: str, does: str) -> None:
    folder = _pretraining(tmp_path, "b/1", heard)
    with pytest.raises(UsageError, match=f"in {folder} were trained on {heard}, who {does} fold-1"):
        refuse_heard(folder, [Split("fold-0", _people("b/1"), _people("c/1")), FOLD])


def test_who_only_trains_may_have_been_heard(tmp_path: Path) -> None:
    refuse_heard(_pretraining(tmp_path, "b/1", "a/1"), [FOLD])


def test_whoever_speaks_in_one_corpus_and_sings_in_another_was_heard(tmp_path: Path) -> None:
    songs = RECIPES["ravdess_song"]
    speakers = [songs.speaker_id(f"{actor:02d}") for actor in range(1, 7)]
    sung = [Utterance(Path("x.wav"), songs.name, s, Emotion.FEAR) for s in speakers]
    folder = _pretraining(tmp_path, RECIPES["ravdess"].speaker_id("03"))
    with pytest.raises(UsageError, match="trained on ravdess/03, who"):
        refuse_heard(folder, folds(PROTOCOLS["loso"], sung, songs.name, seed=0))


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", "{}", '{"train": []}', '{"train": "ann"}', b"\xff\xfe"]
)
def test_without_an_account_of_who_was_heard_nothing_begins(
    tmp_path: Path, content: str | bytes | None
) -> None:
    if content is not None:
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "split.json").write_bytes(raw)
    with pytest.raises(UsageError, match=r"split\.json cannot be read.*no whole pre-training"):
        refuse_heard(tmp_path, [FOLD])
