"""The exported file says what it is, equals torch, and is not written when it does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import ModelMismatch
from emotion_stream.recognition.model import load_model
from emotion_stream.training.network import export
from emotion_stream.training.network.export import rounded
from emotion_stream.training.network.model import EmotionModel, EmotionNet
from tests.training.fake_corpus import TINY

pytestmark = pytest.mark.training


def _model() -> EmotionModel:
    torch.manual_seed(0)
    return EmotionModel(TINY.model, [EmotionNet(TINY.model)], temperature=0.8).eval()


def _export(model: EmotionModel, file: Path) -> float:
    corpora = {"ravdess": "RAVDESS speech", "tess": "TESS"}
    return export.export_model(model, file, version="9.9", corpora=corpora, unsure_below=0.31)


def test_serving_takes_it_and_hears_what_torch_hears(tmp_path: Path) -> None:
    file, model = tmp_path / "emotion-9.9.onnx", _model()
    assert _export(model, file) < export.TOLERANCE
    served = load_model(file)
    assert served.info.labels == tuple(str(emotion) for emotion in EMOTIONS)
    assert (served.info.version, served.info.unsure_below) == ("9.9", 0.31)
    assert (served.info.corpora, served.info.licence) == (("ravdess", "tess"), export.LICENCE)
    assert served.info.corpus_titles == ("RAVDESS speech", "TESS")
    rng = np.random.default_rng(0)
    for samples in (4000, 16_000, 41_234):
        sound = rng.normal(size=(2, samples)).astype(np.float32)
        with torch.no_grad():
            expected = rounded(model)(torch.from_numpy(sound))[0].numpy()
        np.testing.assert_allclose(served.probabilities(sound), expected, atol=export.TOLERANCE)


def test_a_file_that_differs_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "TOLERANCE", -1.0)
    with pytest.raises(ModelMismatch, match="was not written"):
        _export(_model(), tmp_path / "emotion-9.9.onnx")
    assert list(tmp_path.iterdir()) == []


def test_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    model = _model()
    with torch.no_grad():
        next(model.ensemble.parameters()).fill_(float("nan"))
    with pytest.raises(ModelMismatch):
        _export(model, tmp_path / "emotion-9.9.onnx")
