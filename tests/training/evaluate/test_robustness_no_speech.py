"""Sounds that are no speech, those that come with the package included."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.recognition.recognizer import Recognizer
from emotion_stream.training.evaluate.robustness import not_speech
from tests.sounds import speech, wav
from tests.tiny_model import tiny_model
from tests.training.fake_corpus import no_bar

pytestmark = pytest.mark.training


def test_what_is_heard_as_speech_is_counted_with_its_confidence(tmp_path: Path) -> None:
    folder = tmp_path / "talk radio"
    folder.mkdir()
    (folder / "a.wav").write_bytes(wav(speech()))
    model = tiny_model(tmp_path / "tiny.onnx", unsure_below="0.0")
    found = not_speech(Recognizer(model), [folder], no_bar)
    heard = found.pop("talk radio")
    assert (heard["sounds"], heard["heard_as_speech"], heard["given_an_emotion"]) == (1, 1, 1)
    assert 1 / 8 <= heard["highest_confidence"] <= 1
    assert found["silence"] == {
        "sounds": 6,
        "heard_as_speech": 0,
        "given_an_emotion": 0,
        "highest_confidence": None,
    }
    assert found["synthesised noises and tones"]["sounds"] == 17
    assert found["music of the starter library"]["sounds"] == 44


@pytest.mark.parametrize(("name", "told"), [("none", "no folder"), ("empty", "no sound file in")])
def test_a_folder_without_sounds_is_refused(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "empty").mkdir()
    recognizer = Recognizer(tiny_model(tmp_path / "tiny.onnx"))
    with pytest.raises(UsageError, match=rf"--noise: there is {told} {tmp_path / name}"):
        not_speech(recognizer, [tmp_path / name], no_bar)
