"""A model file is ours or it is refused with what differs."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import ModelMismatch, ModelMissing
from emotion_stream.recognition.model import load_model
from tests.tiny_model import tiny_model


def test_a_model_says_what_it_is(model_path: Path) -> None:
    info = load_model(model_path).info

    assert info.version == "0.0.1"
    assert info.labels == tuple(emotion.value for emotion in EMOTIONS)
    assert info.sample_rate_hz == 16_000
    assert info.corpora == ("made in memory",)
    assert info.licence == "MIT"
    assert info.unsure_below == 0.2
    assert info.sha256 == sha256(model_path.read_bytes()).hexdigest()


@pytest.mark.parametrize("samples", [4_000, 16_000, 48_000])
def test_it_takes_any_length_and_batch(model_path: Path, samples: int) -> None:
    waveforms = np.random.default_rng(0).standard_normal((3, samples)).astype(np.float32)

    probabilities = load_model(model_path).probabilities(waveforms)

    assert probabilities.shape == (3, 8)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_embeddings_come_with_the_same_probabilities(model_path: Path) -> None:
    waveforms = np.random.default_rng(0).standard_normal((3, 16_000)).astype(np.float32)
    model = load_model(model_path)

    probabilities, embeddings = model.outputs(waveforms)

    np.testing.assert_array_equal(probabilities, model.probabilities(waveforms))
    assert embeddings.shape == (3, 8)
    assert embeddings.dtype == np.float32


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"no model at .*nowhere\.onnx"):
        load_model(tmp_path / "nowhere.onnx")


def test_a_folder_is_called_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=f"^{tmp_path} is a folder, not a model"):
        load_model(tmp_path)


def test_a_path_through_a_file_leads_to_no_model(model_path: Path) -> None:
    with pytest.raises(ModelMissing, match="There is no model at "):
        load_model(model_path / "emotion-1.onnx")


def test_a_file_that_cannot_be_read_says_why(
    model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # a superuser may read everything

    with pytest.raises(ModelMissing, match=r"emotion-0\.0\.1\.onnx cannot be read: Permission"):
        load_model(model_path)


@pytest.mark.parametrize("content", [b"", b"no model at all", bytes(1_000)])
def test_a_file_that_is_no_model_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "emotion-1.onnx"
    path.write_bytes(content)

    with pytest.raises(ModelMismatch, match=r"emotion-1\.onnx"):
        load_model(path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "emotion-stream/2"),
        ("labels", json.dumps(["happy", "sad"])),
        ("labels", json.dumps([emotion.value for emotion in reversed(EMOTIONS)])),
        ("sample_rate_hz", "8000"),
        ("window_s", "2.0"),
        ("hop_s", "0.5"),
        ("unsure_below", "NaN"),
        ("unsure_below", '"often"'),
        ("corpora", "3"),
        ("corpus_titles", json.dumps(["one", "too many"])),
        ("corpus_titles", "3"),
        ("sample_rate_hz", "sixteen"),
    ],
)
def test_what_differs_is_said(key: str, value: str, tmp_path: Path) -> None:
    path = tiny_model(tmp_path / "emotion-9.onnx", **{key: value})

    with pytest.raises(ModelMismatch, match=rf"emotion-9\.onnx has {key} "):
        load_model(path)


@pytest.mark.parametrize("key", ["format", "version", "labels", "licence", "unsure_below"])
def test_what_is_missing_is_said(key: str, tmp_path: Path) -> None:
    path = tiny_model(tmp_path / "emotion-9.onnx", **{key: None})

    with pytest.raises(ModelMismatch, match=rf"does not say its {key}"):
        load_model(path)


def test_a_model_of_something_else_is_refused(tmp_path: Path) -> None:
    graph = helper.make_graph(
        [helper.make_node("Identity", ["pixels"], ["classes"])],
        "other",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1])],
        [helper.make_tensor_value_info("classes", TensorProto.FLOAT, [1])],
    )
    path = tmp_path / "other.onnx"
    onnx.save(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9),
        str(path),
    )

    with pytest.raises(ModelMismatch, match="takes \\['pixels'\\]"):
        load_model(path)


def test_a_model_tells_the_titles_of_its_corpora(tmp_path: Path) -> None:
    path = tiny_model(tmp_path / "emotion-9.onnx", corpus_titles=json.dumps(["Made in Memory"]))
    assert load_model(path).info.corpus_titles == ("Made in Memory",)
    older = tiny_model(tmp_path / "emotion-8.onnx", corpora=json.dumps(["crema_d"]))
    assert load_model(older).info.corpus_titles == ("CREMA D",)
