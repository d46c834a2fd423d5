"""Training is given the windows that serving would cut, once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.listening import hear
from emotion_stream.emotions import Emotion
from emotion_stream.errors import CorpusUnreadable
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.windows import as_float, cut, cut_all
from tests.sounds import noise, silence, speech, wav
from tests.training.fake_corpus import voice

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


@pytest.mark.parametrize(
    ("content", "problem"),
    [(b"", "empty_audio"), (b"no sound", "not_audio"), (wav(silence(1.0)), None)],
)
def test_what_cannot_be_heard_has_no_window_and_says_why(
    tmp_path: Path, content: bytes, problem: str | None
) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    heard = cut(Utterance(tmp_path / "a.wav", "mine", "mine/ann", Emotion.FEAR))
    assert heard.windows == ()
    assert (heard.problem and heard.problem.split(":")[0]) == problem


def test_a_file_that_may_not_be_opened_is_unreadable(ordinary_folder: Path) -> None:
    utterance = _utterance(ordinary_folder / "a.wav", voice(1.0))
    utterance.path.chmod(0)
    assert cut(utterance).problem == "unreadable: Permission denied"


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


def _with_damage(folder: Path, damaged: int) -> list[Utterance]:
    utterances = [_utterance(folder / "good.wav", voice(1.0))]
    utterances.append(_utterance(folder / "silent.wav", silence(0.5)))
    for number in range(damaged):
        bad = _utterance(folder / f"bad{number}.wav", voice(1.1))
        bad.path.write_bytes(b"RIFF" + bytes(60))
        utterances.append(bad)
    return utterances


def test_unreadable_files_stop_the_cutting_before_anything_is_kept(tmp_path: Path) -> None:
    utterances = _with_damage(tmp_path, damaged=5)
    with pytest.raises(CorpusUnreadable) as stopped:
        list(cut_all(utterances, tmp_path / "cache", lambda _: None))
    message = str(stopped.value)
    assert "bad0.wav" in message
    assert "bad2.wav" in message
    assert "and 2 more" in message
    assert "corpora check mine=DIR" in message
    assert "--skip-unreadable" in message
    assert list((tmp_path / "cache").iterdir()) == []


def test_unreadable_files_are_skipped_on_demand_and_told_from_silence(tmp_path: Path) -> None:
    utterances = _with_damage(tmp_path, damaged=1)
    for _ in range(2):  # the second time from the cache
        cuts = list(cut_all(utterances, tmp_path / "cache", lambda _: None, skip_unreadable=True))
        assert [len(each.windows) for each in cuts] == [1, 0, 0]
        assert [each.problem is None for each in cuts] == [True, True, False]


def test_what_was_skipped_once_stops_the_next_run_that_did_not_ask(tmp_path: Path) -> None:
    utterances = _with_damage(tmp_path, damaged=1)
    list(cut_all(utterances, tmp_path / "cache", lambda _: None, skip_unreadable=True))
    with pytest.raises(CorpusUnreadable, match=r"bad0\.wav"):
        list(cut_all(utterances, tmp_path / "cache", lambda _: None))
