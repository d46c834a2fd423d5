"""From folders of corpora to models: train and export on a corpus that the tests make."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch")

from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training import session
from emotion_stream.training.corpora import RECIPES
from tests.training.voices import TINY, no_bar, unwatched

pytestmark = [pytest.mark.training, pytest.mark.slow]


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
        "unreadable": 0,
        "duplicates": 1,
        "unlabelled": 1,
        "emotions": None,
        "recipe": None,
    }
    assert config["corpora"]["ravdess"]["recipe"] == RECIPES["ravdess"].version


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
    (folder,) = session.train(order, no_bar, unwatched)
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
        session.train(order(protocol="loso"), no_bar, unwatched)
    with pytest.raises(UsageError, match="no checkpoint"):
        session.train(order(pretrained=tmp_path / "none.pt"), no_bar, unwatched)
    with pytest.raises(UsageError, match="no finished model"):
        session.export(tmp_path, tmp_path / "x.onnx")
