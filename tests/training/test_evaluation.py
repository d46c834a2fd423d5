"""From finished models to a report, on a corpus that the tests make."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")

from emotion_stream.errors import UsageError
from emotion_stream.training import evaluation
from tests.sounds import noise, wav
from tests.training.voices import no_bar

pytestmark = [pytest.mark.training, pytest.mark.slow]


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
    order = evaluation.EvaluationOrder(
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
    for picture in ("confusion", "coverage", "curves"):
        assert (tmp_path / f"{picture}.png").stat().st_size > 1000
        assert f"({picture}.png)" in text


def test_a_model_that_heard_the_corpus_is_said_to_flatter(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    model = run / "fold-1" / "model.onnx"
    noises = tmp_path / "noises"
    noises.mkdir()
    (noises / "hiss.wav").write_bytes(wav(noise(2.0)))
    order = evaluation.EvaluationOrder(
        {"mine": sources["mine"]}, tmp_path, model=model, noise=[noises]
    )
    report = evaluation.evaluate(order, no_bar)
    assert report["findings"]["utterances"] == 9
    assert report["not_speech"] == {
        "noises": {"sounds": 1, "heard_as_speech": 0, "given_an_emotion": 0}
    }
    assert "trained on mine too" in (tmp_path / "report.md").read_text()


def test_seeds_are_reported_together_with_the_spread_between_them(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    ravdess = {"ravdess": sources["ravdess"]}
    alone = evaluation.evaluate(
        evaluation.EvaluationOrder(ravdess, tmp_path / "one", runs=[run]), no_bar
    )["findings"]
    twin = sown(run, tmp_path / "twin", seed=7)
    order = evaluation.EvaluationOrder(ravdess, tmp_path / "both", runs=[twin, run])
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


def test_mistakes_are_named(run: Path, sources: dict[str, Path], tmp_path: Path) -> None:
    def refused(match: str, **changes: object) -> None:
        order = replace(evaluation.EvaluationOrder(sources, tmp_path / "report"), **changes)
        with pytest.raises(UsageError, match=match):
            evaluation.evaluate(order, no_bar)
        assert not (tmp_path / "report").exists()

    refused("--model FILE or --run RUN")
    refused("--model FILE or --run RUN", model=run / "fold-1" / "model.onnx", runs=[run])
    refused("is no training run", runs=[tmp_path])
    refused("have the same seed", runs=[run, sown(run, tmp_path / "again", seed=0)])
    other = sown(run, tmp_path / "other", seed=1, batch_size=9)
    refused("differ in more than the seed", runs=[run, other])
    refused("of whom there is no file", runs=[run], sources={"mine": sources["mine"]})
    shutil.rmtree(other, ignore_errors=True)
    empty = sown(run, tmp_path / "empty", seed=2)
    for fold in empty.glob("fold-*"):
        shutil.rmtree(fold)
    refused("holds no folds", runs=[empty])
