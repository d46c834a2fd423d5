"""Utterances on a plane: like beside like, the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.illustrations import embedding_map, laid_out
from emotion_stream.training.evaluate.predictions import predict
from tests.sounds import silence, wav
from tests.tiny_model import tiny_model
from tests.training.fake_corpus import voice

pytestmark = pytest.mark.training


def test_like_lies_beside_like() -> None:
    rng = np.random.default_rng(0)
    sides = np.repeat([[0.0], [8.0]], 20, axis=0)
    embeddings = (sides + rng.normal(size=(40, 5))).astype(np.float32)
    places = np.array(laid_out(embeddings))
    assert (places.min(), places.max()) == (0, 1000)
    first, second = places[:20].mean(axis=0), places[20:].mean(axis=0)
    assert np.linalg.norm(first - second) > 3 * places[:20].std(axis=0).max()
    assert places.tolist() == laid_out(embeddings)


def test_a_point_for_everything_that_is_heard(tmp_path: Path) -> None:
    spoken = []
    for place in range(10):
        file = tmp_path / f"{place}.wav"
        file.write_bytes(wav(voice(0.8 + 0.03 * place) if place else silence(1.0)))
        spoken.append(Utterance(file, "mine", f"mine/{place % 2}", Emotion.FEAR, None, "male"))
    model = tiny_model(tmp_path / "tiny.onnx")
    answers = predict(Recognizer(model), spoken, "all", lambda done: None)
    found = embedding_map(answers, "all")
    assert found is not None
    assert found["fold"] == "all"
    assert [len(found[key]) for key in ("points", "emotion", "speaker", "gender")] == [9] * 4
    assert found["speaker"][0] == "mine/1"
    assert embedding_map(answers[:5], "few") is None
