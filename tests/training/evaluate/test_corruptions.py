"""An utterance under a condition: at its level, and always the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import Emotion
from emotion_stream.errors import UsageError
from emotion_stream.training.augment.sources import (
    Babble,
    Sources,
    coloured_noise,
    speech_power,
    without_silence,
)
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.conditions import CONDITIONS
from emotion_stream.training.evaluate.corruptions import corrupted, mixed
from emotion_stream.training.evaluate.predictions import EvaluationSet
from tests.sounds import Samples, noise, silence, wav
from tests.training.fake_corpus import voice

pytestmark = pytest.mark.training


def utterance(folder: Path, name: str = "a.wav", *, speaker: str = "mine/1") -> Utterance:
    folder.mkdir(exist_ok=True)
    pitch = 0.9 + 0.01 * sum(map(ord, name)) % 0.3
    (folder / name).write_bytes(wav(np.concatenate([silence(0.4), voice(pitch)])))
    return Utterance(folder / name, "mine", speaker, Emotion.FEAR)


def samples_of(spoken: Utterance, condition: str, sources: Sources | None = None) -> Samples:
    heard = corrupted(spoken, CONDITIONS[condition], sources or Sources(), None)
    assert isinstance(heard, Recording)
    return heard.samples


def test_the_noise_is_as_far_below_the_speech_as_it_says() -> None:
    speech, added = noise(1.0, seed=1), noise(1.0, seed=2, rms=0.7)
    out = mixed(speech, 0.01, added, 10)
    left = out - speech * (out @ speech) / (speech @ speech)
    assert 10 * np.log10(0.01 / np.mean(left**2)) == pytest.approx(10, abs=0.1)
    assert np.abs(mixed(speech, 1.0, added, -20)).max() == pytest.approx(0.99)


def test_pauses_do_not_count_as_speech() -> None:
    spoken = voice(1.0)
    paused = np.concatenate([spoken, silence(3.0)])
    assert speech_power(paused) == pytest.approx(speech_power(spoken), rel=0.2)
    assert speech_power(paused) > 2 * float(np.mean(paused**2))
    assert speech_power(silence(1.0)) == 0
    assert speech_power(np.zeros(5, np.float32)) == 0


def test_it_depends_on_names_and_the_seed_not_on_folders(tmp_path: Path) -> None:
    here, there = utterance(tmp_path / "here"), utterance(tmp_path / "there")
    np.testing.assert_array_equal(samples_of(here, "noise-5"), samples_of(there, "noise-5"))
    other = samples_of(here, "noise-5", Sources(seed=1))
    assert not np.array_equal(samples_of(here, "noise-5"), other)


def test_four_levels_have_the_same_noise(tmp_path: Path) -> None:
    spoken = utterance(tmp_path)
    clean = samples_of(spoken, "noise-20")  # nothing is lowered so far below the peak
    at_10 = samples_of(spoken, "noise-10")
    at_5 = samples_of(spoken, "noise-5")
    added = at_10 - clean
    assert np.corrcoef(added, at_5 - clean)[0, 1] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("name", ["music-0", "room", "8khz"])
def test_every_other_condition_changes_the_sound(tmp_path: Path, name: str) -> None:
    spoken = utterance(tmp_path)
    changed = samples_of(spoken, name)
    np.testing.assert_array_equal(changed, samples_of(spoken, name))
    assert np.isfinite(changed).all()


def test_noises_and_rooms_come_from_folders_where_some_are_given(tmp_path: Path) -> None:
    spoken = utterance(tmp_path / "speech")
    for folder, sound in (("hum", noise(0.5)), ("hall", np.eye(1, 800, 100)[0])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "only.wav").write_bytes(wav(sound.astype(np.float32)))
    sources = Sources((tmp_path / "hum",), (tmp_path / "hall",))
    assert sources.account["noise"] == "hum"
    assert sources.account["room"] == "hall"
    dry = samples_of(spoken, "room", sources)
    assert np.abs(dry).max() == pytest.approx(0.5, abs=0.01)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no sound file in .*empty"):
        samples_of(spoken, "noise-0", Sources((tmp_path / "empty",)))


def test_nobody_babbles_who_is_tested(tmp_path: Path) -> None:
    people = [utterance(tmp_path, f"{n}.wav", speaker=f"mine/{n}") for n in range(5)]
    babble = Babble.of(EvaluationSet("fold-1", tmp_path, (people[0],), tuple(people[1:])))
    assert {each[0].speaker for each in babble.voices} == {f"mine/{n}" for n in range(1, 5)}
    with pytest.raises(UsageError, match=r"takes 4 voices .* there are 3"):
        Babble.of(EvaluationSet("fold-1", tmp_path, (people[0],), tuple(people[2:])))
    # Everybody is asked about: nobody babbles over themselves.
    everybody = Babble.of(EvaluationSet("all", tmp_path, tuple(people), tuple(people)))
    rng = np.random.default_rng(0)
    alone = Babble((everybody.voices[0],) * 4 + (everybody.voices[1],))
    drawn = alone.draw(rng, 8_000, "mine/0")
    assert np.sqrt(np.mean(drawn**2)) < 0.1  # one voice, not five
    with pytest.raises(UsageError, match="there are 3"):
        Babble.of(EvaluationSet("all", tmp_path, tuple(people[:4]), tuple(people[:4])))


def test_wordless_bursts_are_no_babble(tmp_path: Path) -> None:
    bursts = tuple(
        Utterance(tmp_path / f"{n}.wav", "emogator", f"emogator/{n}", None) for n in range(9)
    )
    with pytest.raises(UsageError, match="there are 0"):
        Babble.of(EvaluationSet("fold-1", tmp_path, (), bursts))


def test_a_noise_that_stops_is_cut_to_its_sound() -> None:
    assert without_silence(np.concatenate([noise(0.5), silence(2.0)])).size == 8_000
    assert without_silence(silence(1.0)).size == 16_000


def test_pink_noise_falls_with_frequency() -> None:
    drawn = coloured_noise(np.random.default_rng(0), 64_000, slope=1.0)
    power = np.abs(np.fft.rfft(drawn)) ** 2
    assert power[100:200].mean() / power[1_000:2_000].mean() == pytest.approx(10, rel=0.3)
