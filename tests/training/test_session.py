"""The whole way on a corpus that the test makes: train, export, evaluate, report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training import session
from emotion_stream.training.loop import Epoch
from tests.sounds import noise, wav
from tests.training.voices import TINY, voice, write_ravdess

pytestmark = [pytest.mark.training, pytest.mark.slow]


def _no_bar(title: str, total: int | None):  # type: ignore[no-untyped-def]
    return lambda steps: None


def _ignore(stage: str, epoch: Epoch, epochs: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Twenty actors of RAVDESS, and a corpus of one's own with four speakers and a copy."""
    folder = tmp_path_factory.mktemp("corpora")
    rows = ["path,emotion,speaker"]
    for number, emotion in enumerate(["anger", "fear"] * 4):
        (folder / f"{number}.wav").write_bytes(wav(voice(0.803 + 0.071 * number)))
        rows.append(f"{number}.wav,{emotion},s{number // 2}")
    (folder / "copy.wav").write_bytes((folder / "0.wav").read_bytes())
    (folder / "mine.csv").write_text("\n".join([*rows, "copy.wav,anger,s0", "0.wav,,s9"]) + "\n")
    return {
        "ravdess": write_ravdess(folder / "ravdess", range(1, 21)),
        "mine": folder / "mine.csv",
    }


@pytest.fixture(scope="module")
def run(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run")
    order = session.TrainingOrder(sources, out, out / "cache", TINY, protocol="ravdess5")
    session.train(order, _no_bar, _ignore)
    return out


def test_every_fold_leaves_a_model_that_serving_takes(run: Path) -> None:
    for number in range(1, 6):
        info = Recognizer(run / f"fold-{number}" / "model.onnx").info
        assert info.corpora == ("mine", "ravdess")
        assert 0 < info.unsure_below < 1


def test_the_run_folder_tells_where_it_came_from(run: Path) -> None:
    config = json.loads((run / "config.json").read_text())
    assert config["command"].startswith("emotion-stream train --corpus ravdess=DIR")
    assert str(run.parent) not in config["command"]
    assert set(config["provenance"]) == {"version", "commit", "dirty", "python", "torch"}
    assert config["training"]["seed"] == TINY.seed
    assert config["corpora"]["mine"] | {"emotions": None} == {
        "utterances": 8,
        "speakers": 4,
        "silent": 0,
        "duplicates": 1,
        "unlabelled": 1,
        "emotions": None,
    }


def test_the_report_of_a_run_holds_every_actor_once(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    (run / "notes.md").write_text("The machine was restarted once.\n")
    order = session.EvaluationOrder(
        {"ravdess": sources["ravdess"]},
        tmp_path,
        run=run,
        shipped=run / "fold-1" / "model.onnx",
    )
    report = session.evaluate(order, _no_bar)
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
    assert "--folds ravdess5" in text
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
    order = session.EvaluationOrder(
        {"mine": sources["mine"]}, tmp_path, model=model, noise=[noises]
    )
    report = session.evaluate(order, _no_bar)
    assert report["findings"]["utterances"] == 9
    assert report["not_speech"] == {
        "noises": {"sounds": 1, "heard_as_speech": 0, "given_an_emotion": 0}
    }
    assert "trained on mine too" in (tmp_path / "report.md").read_text()


def test_a_model_for_everybody_starts_from_the_pretraining_of_a_run(
    run: Path, sources: dict[str, Path], tmp_path: Path
) -> None:
    order = session.TrainingOrder(
        sources,
        tmp_path / "all",
        run / "cache",
        replace(TINY, members=2),
        pretrained=run / "pretraining" / "checkpoint.pt",
    )
    (folder,) = session.train(order, _no_bar, _ignore)
    assert not (tmp_path / "all" / "pretraining").exists()
    file = tmp_path / "emotion-9.9.onnx"
    assert session.export(folder, file) < 1e-4
    assert Recognizer(file).analyze(sources["mine"].with_name("0.wav")).scores is not None


def test_mistakes_are_named(run: Path, sources: dict[str, Path], tmp_path: Path) -> None:
    def order(**changes: object) -> session.TrainingOrder:
        return replace(
            session.TrainingOrder(sources, tmp_path / "x", run / "cache", TINY), **changes
        )

    with pytest.raises(UsageError, match="Unknown folds 'loso'"):
        session.train(order(protocol="loso"), _no_bar, _ignore)
    with pytest.raises(UsageError, match="no checkpoint"):
        session.train(order(pretrained=tmp_path / "none.pt"), _no_bar, _ignore)
    with pytest.raises(UsageError, match="no finished model"):
        session.export(tmp_path, tmp_path / "x.onnx")
    with pytest.raises(UsageError, match="--model FILE or --run RUN"):
        session.evaluate(session.EvaluationOrder(sources, tmp_path), _no_bar)
    with pytest.raises(UsageError, match="is no training run"):
        session.evaluate(session.EvaluationOrder(sources, tmp_path, run=tmp_path), _no_bar)
    mine = {"mine": sources["mine"]}
    with pytest.raises(UsageError, match="of whom there is no file"):
        session.evaluate(session.EvaluationOrder(mine, tmp_path, run=run), _no_bar)
