"""The utterances that are drawn: one voice where one has all emotions, and no sound in them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from emotion_stream.emotions import Emotion
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.illustrations import voices
from emotion_stream.training.report.figures import mfcc_of
from tests.sounds import wav
from tests.training.fake_corpus import voice

pytestmark = pytest.mark.training


def test_whoever_speaks_most_emotions_is_shown(tmp_path: Path) -> None:
    spoken = []
    for name, emotion in (("a", "anger"), ("b", "fear"), ("b", "anger"), ("c", "calm")):
        file = tmp_path / f"{name}-{emotion}.wav"
        file.write_bytes(wav(voice(1.0)))
        spoken.append(Utterance(file, "mine", f"mine/{name}", Emotion(emotion)))
    found = voices(spoken)
    shown = [(each["emotion"], each["speaker"]) for each in found]
    assert shown == [("calm", "mine/c"), ("anger", "mine/b"), ("fear", "mine/b")]
    assert max(found[0]["peaks"]) == 1
    picture = mfcc_of(found[0])
    assert picture.shape[0] == 20
    assert picture.shape[1] <= 120
    assert (picture.min(), picture.max()) == (0, 255)
    assert np.ptp(picture, axis=1).min() > 100
    assert len(json.dumps(found)) / len(found) < 6_000
