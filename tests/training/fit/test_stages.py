"""Every stage draws its examples as the settings say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StageData
from emotion_stream.training.data.feature_cache import Example
from emotion_stream.training.data.folds import Split
from emotion_stream.training.fit import stages as course_module
from emotion_stream.training.fit.stages import StagedTraining
from tests.training.fake_corpus import TINY, examples, unwatched

pytestmark = pytest.mark.training


class Started(Exception):
    """A stage was given its material."""


def _speakers(corpus: str) -> list[Utterance]:
    """Four people of whom the first speaks five times, the others once."""
    who = [0] * 5 + [1, 2, 3]
    return [Utterance(Path("x"), corpus, f"{corpus}/{n}", Emotion.FEAR) for n in who]


def _material(
    stage: str, corpora: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> StageData:
    seen: list[StageData] = []

    def start(net: object, material: StageData, *rest: object) -> None:
        seen.append(material)
        raise Started

    monkeypatch.setattr(course_module, "Trainer", start)
    everybody = examples([u for corpus in corpora for u in _speakers(corpus)])
    course = StagedTraining(replace(TINY, speaker_balance=1.0), tmp_path, "target", unwatched)
    with pytest.raises(Started):
        _start(course, stage, everybody)
    return seen[0]


def _start(course: StagedTraining, stage: str, everybody: list[Example]) -> None:
    if stage == "pretraining":
        course.pretrain(everybody)
        return
    people = frozenset(e.utterance.speaker for e in everybody)
    held = frozenset({"target/3"})
    course.fine_tune(everybody, Split("fold-1", people - held, held), ())


@pytest.mark.parametrize(
    ("stage", "corpora"),
    [
        ("pretraining", ("other", "target")),
        ("fine-tuning", ("other", "target")),
        ("fine-tuning", ("target",)),
    ],
)
def test_speakers_are_balanced_as_the_settings_say(
    stage: str, corpora: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = _material(stage, corpora, tmp_path, monkeypatch)
    chances: dict[str, dict[str, float]] = {}
    for example, weight in zip(material.train, material.weights, strict=True):
        corpus = chances.setdefault(example.utterance.corpus, {})
        speaker = example.utterance.speaker
        corpus[speaker] = corpus.get(speaker, 0.0) + weight
    assert chances
    for corpus in chances.values():
        assert list(corpus.values()) == pytest.approx([next(iter(corpus.values()))] * len(corpus))
        assert len(corpus) >= 3


def test_nobody_of_the_voices_of_the_target_is_pretrained_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The songs of twelve actors, of whom the speech of eight is there."""
    seen: list[StageData] = []

    def start(net: object, material: StageData, *rest: object) -> None:
        seen.append(material)
        raise Started

    monkeypatch.setattr(course_module, "Trainer", start)
    sung = [Utterance(Path("x"), "ravdess_song", f"ravdess/{n}", Emotion.FEAR) for n in range(12)]
    spoken = [Utterance(Path("x"), "ravdess", f"ravdess/{n}", Emotion.FEAR) for n in range(8)]
    course = StagedTraining(TINY, tmp_path, "ravdess", unwatched)
    with pytest.raises(Started):
        course.pretrain(examples([*sung, *spoken, *_speakers("other")]))
    heard = [*seen[0].train, *seen[0].validation]
    assert {example.utterance.corpus for example in heard} == {"other"}
