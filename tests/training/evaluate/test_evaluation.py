"""From finished models to a report, on a corpus that the tests make."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.training.evaluate import evaluation, robustness
from tests.sounds import noise, wav
from tests.tiny_model import tiny_model
from tests.training.fake_corpus import no_bar

pytestmark = [pytest.mark.training, pytest.mark.slow]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what is the same for every order and has tests of its own."""
    monkeypatch.setattr(evaluation, "embedding_map", lambda *given: None)
    monkeypatch.setattr(evaluation, "voices", lambda utterances: [])
    monkeypatch.setattr(robustness, "pieces", lambda: ())


def sown(run: Path, folder: Path, seed: int, **training: Any) -> Path:
    """A copy of a run that says it was trained from another seed."""
    shutil.copytree(run, folder, ignore=shutil.ignore_patterns("cache", "checkpoint.pt"))
    config = json.loads((folder / "config.json").read_text())
    config["training"] |= {"seed": seed, **training}
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def test_the_report_of_a_run_holds_every_actor_once(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    (run / "notes.md").write_text("The machine was restarted once.\n")
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]},
        tmp_path,
        runs=[run],
        shipped=run / "fold-1" / "model.onnx",
    )
    report = evaluation.evaluate(order, no_bar)
    found = report["findings"]
    assert (found["utterances"], found["speakers"]) == (40, 20)
    assert set(found["folds"]) == {f"fold-{number}" for number in range(1, 6)}
    assert sum(map(sum, found["confusion"])) == 40 - found["no_speech_heard"]
    assert found["baselines"]["majority_class"] == {"uar": 0.5, "accuracy": 0.5}
    for model in report["models"].values():
        tested = set(model["split"]["test"])
        assert not tested & set(model["split"]["train"])
        assert not tested & set(model["split"]["validation"])
    assert json.loads((tmp_path / "report.json").read_text()) == report
    text = (tmp_path / "report.md").read_text()
    assert f"{100 * found['uar']['mean_over_folds']:.1f} %" in text
    assert "Everything was trained from" not in text
    assert "--protocol ravdess5" in text
    assert "\nThe machine was restarted once.\n" in text
    assert "export for-all/development --out model.onnx" in text
    for picture in ("confusion", "coverage", "curves", "reliability", "voices", "embedding"):
        assert (tmp_path / f"{picture}.png").stat().st_size > 1000
        assert f"({picture}.png)" in text
    assert "## Noise, channels and rooms" not in text
    assert found["judged_among"] == ["happiness", "sadness"]
    assert report["parameters"] > 1000
    assert [each["fold"] for each in report["embedding"]] == list(found["folds"])
    assert (tmp_path / "report.html").read_text().count("<h2") == text.count("\n## ")


def test_the_networks_of_a_model_are_asked_alone_too(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    copy = sown(run, tmp_path / "run", 0)
    for fold in copy.glob("fold-*"):
        for member in ("member-1", "member-2"):
            (fold / member).mkdir(exist_ok=True)
            shutil.copy(fold / "model.onnx", fold / member)
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]}, tmp_path / "report", runs=[copy]
    )
    found = evaluation.evaluate(order, no_bar)["findings"]
    assert (found["members"]["networks"], found["members"]["sd_over_seeds"]) == (2, 0.0)
    assert found["members"]["mean_over_folds"] == found["uar"]["mean_over_folds"]
    assert "the 2 networks in it, each alone" in (tmp_path / "report" / "report.md").read_text()

    shutil.rmtree(copy / "fold-1" / "member-2")
    (copy / "fold-2" / "member-1" / "model.onnx").unlink()
    report = evaluation.evaluate(replace(order, out=tmp_path / "uneven"), no_bar)
    assert "members" not in report["findings"]  # they would speak for some folds only


def test_a_model_that_heard_the_corpus_is_said_to_flatter(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    model = run / "fold-1" / "model.onnx"
    noises = tmp_path / "noises"
    noises.mkdir()
    (noises / "hiss.wav").write_bytes(wav(noise(2.0)))
    order = evaluation.EvaluationRequest(
        {"mine": sources["mine"]},
        tmp_path,
        model=model,
        noise=[noises],
        conditions=["noise-10", "mu-law"],
        condition_share=0.5,
    )
    report = evaluation.evaluate(order, no_bar)
    assert report["findings"]["utterances"] == 9
    assert report["not_speech"]["noises"]["sounds"] == 1
    assert report["conditions"]["sources"]["noise"] == "noises"
    assert list(report["conditions"]["results"]) == ["clean", "noise-10", "mu-law"]
    assert report["conditions"]["utterances"] == 9 - 1  # one of s0, who was angry twice
    told = "--noise DIR --conditions noise-10 --conditions mu-law --condition-share 0.5 --out"
    assert told in report["commands"][-1]
    assert "trained on mine too" in (tmp_path / "report.md").read_text()


def test_a_corpus_that_was_left_out_is_judged_among_four_emotions(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    rows = sources["mine"].read_text().replace("fear", "calm").splitlines()
    other = sources["mine"].with_name("other.csv")
    other.write_text("\n".join(rows) + "\n")
    model = run / "fold-1" / "model.onnx"
    order = evaluation.EvaluationRequest(
        {"other": other}, tmp_path, model=model, protocol="leave-one-corpus-out"
    )
    report = evaluation.evaluate(order, no_bar)
    found = report["findings"]
    assert found["judged_among"] == ["neutral", "happiness", "sadness", "anger"]
    assert found["utterances"] == 5  # calm is not among the four
    assert found["recall"]["neutral"] is None
    assert report["title"] == "Evaluation of model.onnx on corpora it never heard, four emotions"
    assert "Judged among 4 emotions" in (tmp_path / "report.md").read_text()


def test_a_corpus_is_not_left_out_where_its_speakers_were_heard_in_another(
    sources: dict[str, Path], tmp_path: Path
) -> None:
    model = tiny_model(tmp_path / "sung.onnx", corpora=json.dumps(["ravdess_song"]))
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]}, tmp_path, model=model, protocol="leave-one-corpus-out"
    )
    with pytest.raises(UsageError, match="trained on ravdess_song: the speakers of ravdess are"):
        evaluation.evaluate(order, no_bar)


def test_a_run_says_itself_by_which_protocol_it_was_made(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    said = sown(run, tmp_path / "said", seed=3)
    config = json.loads((said / "config.json").read_text())
    config["protocol"] = {"name": "grouped5", "text": "Five groups of speakers"}
    (said / "config.json").write_text(json.dumps(config))
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]}, tmp_path / "report", runs=[said], protocol="grouped5"
    )
    report = evaluation.evaluate(order, no_bar)
    assert report["title"] == "Speaker-independent evaluation: grouped5"
    assert report["protocol"].startswith("Five groups of speakers. For each fold")
    assert report["protocol_name"] == "grouped5"


def test_seeds_are_reported_together_with_the_spread_between_them(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    ravdess = {"ravdess": sources["ravdess"]}
    alone = evaluation.evaluate(
        evaluation.EvaluationRequest(ravdess, tmp_path / "one", runs=[run]), no_bar
    )["findings"]
    twin = sown(run, tmp_path / "twin", seed=7)
    order = evaluation.EvaluationRequest(ravdess, tmp_path / "both", runs=[twin, run])
    report = evaluation.evaluate(order, no_bar)
    found = report["findings"]
    assert (found["utterances"], found["speakers"]) == (40, 20)
    assert found["uar"] == alone["uar"] | {
        "by_seed": dict.fromkeys(("0", "7"), alone["uar"]["mean_over_folds"]),
        "sd_over_seeds": 0.0,
    }
    assert found["recall"] == alone["recall"]
    assert found["folds"] == alone["folds"]
    assert len(report["models"]) == 10
    assert list(report["provenance"]) == ["0", "7"]
    text = (tmp_path / "both" / "report.md").read_text()
    assert "Everything was trained from 2 seeds" in text
    assert f"evaluate --run twin --run {run.name}" in text


def of_folds(run: Path, folder: Path, *names: str, seed: int = 0) -> Path:
    """A copy of a run that was ordered with some folds only, and has no other."""
    copy = sown(run, folder, seed)
    for fold in copy.glob("fold-*"):
        if fold.name not in names:
            shutil.rmtree(fold)
    config = json.loads((copy / "config.json").read_text())
    options = " ".join(f"--fold {name}" for name in names)
    config["command"] = config["command"].replace(" --out ", f" {options} --out ")
    (copy / "config.json").write_text(json.dumps(config))
    return copy


def test_a_run_of_some_folds_says_so(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    some = of_folds(run, tmp_path / "some", "fold-2", "fold-4")
    order = evaluation.EvaluationRequest(
        {"ravdess": sources["ravdess"]}, tmp_path / "report", runs=[some]
    )
    report = evaluation.evaluate(order, no_bar)
    assert list(report["findings"]["folds"]) == ["fold-2", "fold-4"]
    assert report["title"].endswith("ravdess5, some folds")
    assert "Only fold-2, fold-4 of the protocol were trained" in report["protocol"]


def test_folds_that_are_missing_are_named(
    run: Path, sources: dict[str, Path], tmp_path: Path, quick: None
) -> None:
    def refused(match: str, *runs: Path) -> None:
        order = evaluation.EvaluationRequest(sources, tmp_path / "report", runs=runs)
        with pytest.raises(UsageError, match=match):
            evaluation.evaluate(order, no_bar)

    stopped = sown(run, tmp_path / "stopped", 0)
    (stopped / "fold-4" / "model.onnx").unlink()
    shutil.rmtree(stopped / "fold-5")
    refused("stopped is not finished: fold-4, fold-5 did not", stopped)
    some = of_folds(run, tmp_path / "some", "fold-1", "fold-2")
    others = of_folds(run, tmp_path / "others", "fold-1", "fold-3", seed=1)
    refused("some has fold-1, fold-2 and .*others has fold-1, fold-3", some, others)
    shutil.rmtree(some / "fold-2")
    refused("some is not finished: fold-2 did not", some)


def test_mistakes_are_named(run: Path, sources: dict[str, Path], tmp_path: Path) -> None:
    def refused(match: str, **changes: object) -> None:
        order = replace(evaluation.EvaluationRequest(sources, tmp_path / "report"), **changes)
        with pytest.raises(UsageError, match=match):
            evaluation.evaluate(order, no_bar)
        assert not (tmp_path / "report").exists()

    refused("--model FILE or --run RUN")
    refused("--model FILE or --run RUN", model=run / "fold-1" / "model.onnx", runs=[run])
    refused("is no training run", runs=[tmp_path])
    refused("Unknown condition 'rain'", runs=[run], conditions=["rain"])
    model = run / "fold-1" / "model.onnx"
    refused("takes a model per fold", model=model, protocol="ravdess5")
    refused("trained on mine: it is not left out", model=model, protocol="leave-one-corpus-out")
    refused("keeps to ravdess5, not to tess", runs=[run], protocol="tess")
    few = sources["mine"].with_name("few.csv")
    few.write_text("".join(sources["mine"].read_text().splitlines(keepends=True)[:6]))
    refused("takes 4 voices", model=model, sources={"few": few}, conditions=["babble"])
    refused("have the same seed", runs=[run, sown(run, tmp_path / "again", seed=0)])
    other = sown(run, tmp_path / "other", seed=1, batch_size=9)
    refused("differ in more than the seed", runs=[run, other])
    refused("of whom there is no file", runs=[run], sources={"mine": sources["mine"]})
    shutil.rmtree(other, ignore_errors=True)
    empty = sown(run, tmp_path / "empty", seed=2)
    for fold in empty.glob("fold-*"):
        shutil.rmtree(fold)
    refused("holds no folds", runs=[empty])
