"""The simulation finds the gain that is there, and none where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.data.corpora import read_corpus
from emotion_stream.training.evaluate import evaluation, personal_calibration
from emotion_stream.training.evaluate.finished_run import finished_runs
from emotion_stream.training.evaluate.held_out_speaker import HeldOutSpeaker, held_out_speakers
from emotion_stream.training.evaluate.personal_calibration import Tally, gain_of
from emotion_stream.training.report.blocks import Table
from emotion_stream.training.report.sections import personal_section
from tests.training.fake_corpus import no_bar

pytestmark = pytest.mark.training

UTTERANCES = 64


def made_up(speaker: str, *, misheard: int | None, fold: str = "fold-1") -> HeldOutSpeaker:
    """Eight emotions, each with a direction of its own; `misheard` is always taken for another."""
    labels = np.arange(UTTERANCES) % len(EMOTIONS)
    rng = np.random.default_rng(len(speaker))
    embeddings = np.eye(8)[labels] + 0.05 * rng.random((UTTERANCES, 8))
    taken_for = labels.copy()
    if misheard is not None:
        taken_for[labels == misheard] = (misheard + 1) % 8
    probabilities = 0.1 * np.full((UTTERANCES, 8), 1 / 8) + 0.9 * (
        0.8 * np.eye(8)[taken_for] + 0.2 * np.eye(8)[labels]
    )
    return HeldOutSpeaker(
        speaker,
        fold,
        0,
        labels,
        tuple(str(place // 8 % 2) for place in range(UTTERANCES)),
        np.arange(UTTERANCES),
        np.ones(UTTERANCES),
        probabilities,
        embeddings,
    )


def simulated(
    monkeypatch: pytest.MonkeyPatch, voices: list[HeldOutSpeaker]
) -> dict[str, Any]:  # Any: what JSON can hold
    monkeypatch.setattr(personal_calibration, "held_out_speakers", lambda *_: (voices, voices))
    return personal_calibration.simulate([], [], no_bar, draws=3)


def test_corrections_of_what_is_always_misheard_are_worth_its_recall(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    voices = [made_up("a", misheard=4), made_up("bb", misheard=6)]

    found = simulated(monkeypatch, voices)

    trials = {
        (t["corrections"], t["enrolment"], t["same_texts"]): t
        for t in found["trials"]
        if not t["confirming"]
    }
    five = trials[5, "", False]
    assert five["before"] == pytest.approx(7 / 8)
    assert five["after"] == pytest.approx(1)
    assert five["difference"] == pytest.approx(1 / 8)
    assert five["told"] == 4  # there is no more to correct in one of two sentences
    assert (five["helped"], five["harmed"], five["speakers"]) == (2, 0, 2)
    assert trials[0, "examples", False]["difference"] == pytest.approx(0)
    assert found["validation"]["best_gain"] >= found["validation"]["gain"] > 0


def test_among_a_few_emotions_the_others_are_no_answer() -> None:
    voice = made_up("a", misheard=4)
    few = voice.among(EMOTIONS[3:5])
    assert few.probabilities.sum(axis=1) == pytest.approx(1)
    assert set(few.answers(few.probabilities)) <= {3, 4}
    assert (few.answers(few.probabilities)[voice.labels == 4] == 4).all()  # 5 is not to choose from


def test_where_nothing_is_misheard_nothing_is_gained(monkeypatch: pytest.MonkeyPatch) -> None:
    found = simulated(monkeypatch, [made_up("a", misheard=None), made_up("bb", misheard=None)])

    for trial in found["trials"]:
        assert trial["before"] == trial["after"] == 1
        assert trial["interval_95"] == [0, 0]
        assert (trial["helped"], trial["harmed"]) == (0, 0)


def test_what_is_judged_was_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    voice = made_up("a", misheard=4)
    for trial in personal_calibration.SCENARIOS:
        stream, judged = personal_calibration._parts(voice, trial, np.random.default_rng(3))
        assert not set(stream) & set(judged)
        assert len(stream) + len(judged) == UTTERANCES
        if not trial.same_texts:
            texts = [{voice.sentences[place] for place in part} for part in (stream, judged)]
            assert not texts[0] & texts[1]


@pytest.mark.parametrize(("sentences", "told"), [(2, 1), (5, 2), (32, 16)])
def test_half_of_the_sentences_are_told(sentences: int, told: int) -> None:
    voice = replace(
        made_up("a", misheard=4), sentences=tuple(str(n % sentences) for n in range(UTTERANCES))
    )
    drawn = set()
    for seed in range(9):
        rng = np.random.default_rng(seed)
        stream, judged = personal_calibration._parts(voice, personal_calibration.SCENARIOS[0], rng)
        texts = frozenset(voice.sentences[place] for place in stream)
        assert len(texts) == told
        assert not texts & {voice.sentences[place] for place in judged}
        drawn.add(texts)
    assert len(drawn) > 1


def test_where_some_texts_are_unknown_none_is_kept_apart() -> None:
    voice = made_up("a", misheard=4)
    voice = replace(voice, sentences=("", *voice.sentences[1:]))
    stream, judged = personal_calibration._parts(
        voice, personal_calibration.SCENARIOS[0], np.random.default_rng(0)
    )
    assert len(stream) == len(judged) == UTTERANCES // 2


def test_an_utterance_without_speech_is_wrong_before_and_after() -> None:
    voice = made_up("a", misheard=None)
    unheard = replace(
        voice,
        owners=voice.owners[1:],
        speech_s=voice.speech_s[1:],
        probabilities=voice.probabilities[1:],
        embeddings=voice.embeddings[1:],
    )

    assert unheard.answers(unheard.probabilities).tolist() == [-1, *voice.labels[1:]]


def test_the_gain_counts_speakers_and_not_only_utterances() -> None:
    tally = Tally.empty(["a", "b"], 1)
    tally.counts[0, :, 0] = 10, 10
    tally.before[0, :, 0] = 5, 5
    tally.after[0, :, 0] = 9, 4
    tally.told["a"].append(1)

    found = gain_of(tally)

    assert found["difference"] == pytest.approx(0.15)
    assert found["interval_95"] == pytest.approx([-0.1, 0.4])
    assert (found["helped"], found["harmed"]) == (1, 1)


def test_each_corpus_has_a_row_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    voices = [
        made_up("emodb/03", misheard=4),
        made_up("nemo/IC0", misheard=None),
        made_up("nemo/KD0", misheard=None),
    ]

    found = simulated(monkeypatch, voices)

    five = next(trial for trial in found["trials"] if trial["corrections"] == 5)
    emodb, nemo = five["by_corpus"]["emodb"], five["by_corpus"]["nemo"]
    assert emodb["difference"] == pytest.approx(1 / 8)
    assert (emodb["speakers"], nemo["speakers"]) == (1, 2)
    assert (nemo["difference"], nemo["told"]) == (0, 0)
    rows = [block for block in personal_section({"personal": found}) if isinstance(block, Table)][
        1
    ].rows
    assert [row[0] for row in rows] == ["emodb", "nemo"] * len(found["trials"])
    alone = simulated(monkeypatch, voices[:1])
    assert not any("by_corpus" in trial for trial in alone["trials"])


@pytest.mark.slow
def test_voices_are_heard_as_the_recogniser_hears_them(run: Path, sources: dict[str, Path]) -> None:
    folds = finished_runs([run])[0].folds[:1]
    utterances = read_corpus("ravdess", sources["ravdess"])

    validation, test = held_out_speakers(folds, utterances, lambda _: None)

    assert {voice.speaker for voice in test} == set(folds[0].split["test"])
    assert {voice.speaker for voice in validation} == set(folds[0].split["validation"])
    recognizer = Recognizer(folds[0].model)
    theirs = [u for u in utterances if u.speaker == test[0].speaker]
    whole = test[0].of_utterances(test[0].probabilities)
    embedded = test[0].of_utterances(test[0].embeddings)
    for place, utterance in enumerate(theirs):
        reading = recognizer.analyze(utterance.path)
        assert reading.scores is not None
        np.testing.assert_allclose(whole[place], reading.scores.probabilities, atol=1e-5)
        np.testing.assert_allclose(embedded[place], reading.embedding, atol=1e-5)


@pytest.mark.slow
def test_the_report_of_a_run_has_the_section(
    run: Path, sources: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal_calibration, "PULLS", (personal_calibration.PULL,))
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]}, tmp_path, runs=[run], personal=True
    )

    report = evaluation.evaluate(order, no_bar)

    section = report["personal"]
    assert {trial["enrolment"] for trial in section["trials"]} == {""}  # nobody is neutral there
    assert all(trial["speakers"] == 20 for trial in section["trials"])
    text = (tmp_path / "report.md").read_text()
    assert "## Personal calibration, simulated" in text
    assert text.count(" of 20 |") == len(section["trials"])
    assert "--personal" in text


def test_one_model_alone_cannot_be_simulated_with(tmp_path: Path) -> None:
    order = evaluation.EvaluationRequest({}, tmp_path, model=tmp_path / "model.onnx", personal=True)

    with pytest.raises(UsageError, match="give --run RUN"):
        evaluation.evaluate(order, no_bar)
