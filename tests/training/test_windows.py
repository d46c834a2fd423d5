"""Training is given the windows that serving would cut, once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.listening import hear
from emotion_stream.emotions import Emotion
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.windows import as_float, cut, cut_all
from tests.sounds import noise, silence, speech, wav
from tests.training.voices import voice

pytestmark = pytest.mark.training


def _utterance(file: Path, sound: np.ndarray, corpus: str = "mine") -> Utterance:
    file.write_bytes(wav(sound))
    return Utterance(file, corpus, f"{corpus}/ann", Emotion.FEAR)


def test_windows_are_those_of_serving_but_for_the_level(tmp_path: Path) -> None:
    utterance = _utterance(tmp_path / "a.wav", speech())
    served = hear(utterance.path).windows
    trained = cut(utterance).windows
    assert len(served) == len(trained) > 1
    for window, pcm in zip(served, trained, strict=True):
        samples = as_float(pcm)
        gain = 0.5 / np.abs(window.samples).max()
        np.testing.assert_allclose(samples, window.samples * gain, atol=1e-4)


@pytest.mark.parametrize("content", [b"", b"no sound", wav(silence(1.0))])
def test_what_cannot_be_heard_has_no_window(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    assert cut(Utterance(tmp_path / "a.wav", "mine", "mine/ann", Emotion.FEAR)).windows == ()


def test_of_a_wordless_burst_the_loud_part_is_kept(tmp_path: Path) -> None:
    burst = np.concatenate([silence(1.0), noise(0.5), silence(1.0)])
    (window,) = cut(_utterance(tmp_path / "a.wav", burst, "emogator")).windows
    assert window.size / 16_000 == pytest.approx(0.5, abs=0.06)
    quiet = _utterance(tmp_path / "b.wav", noise(1.0, rms=1e-4), "emogator")
    assert cut(quiet).windows == ()


def test_equal_samples_in_different_files_have_one_digest(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one = cut(_utterance(tmp_path / "a.wav", voice(1.0)))
    copy = cut(_utterance(tmp_path / "other" / "b.wav", voice(1.0)))
    different = cut(_utterance(tmp_path / "c.wav", voice(1.1)))
    assert one.digest == copy.digest != different.digest


def test_a_second_time_comes_from_the_cache(tmp_path: Path) -> None:
    utterances = [
        _utterance(tmp_path / f"{n}.wav", sound)
        for n, sound in enumerate((voice(1.0), silence(0.5), voice(1.2)))
    ]
    done: list[int] = []
    first = list(cut_all(utterances, tmp_path / "cache", done.append))
    (kept,) = (tmp_path / "cache").iterdir()
    written = kept.stat().st_mtime_ns
    second = list(cut_all(utterances, tmp_path / "cache", done.append))
    assert kept.stat().st_mtime_ns == written
    assert done == [3, 3]
    assert [len(each.windows) for each in first] == [1, 0, 1]
    assert [each.digest for each in first] == [each.digest for each in second]


def test_a_changed_file_is_cut_again(tmp_path: Path) -> None:
    utterance = _utterance(tmp_path / "a.wav", voice(1.0))
    (before,) = cut_all([utterance], tmp_path / "cache", lambda _: None)
    utterance.path.write_bytes(wav(voice(1.3)))
    (after,) = cut_all([utterance], tmp_path / "cache", lambda _: None)
    assert before.digest != after.digest
