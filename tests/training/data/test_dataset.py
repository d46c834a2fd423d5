"""The account says what became of every file, and nothing gets lost without being told."""

from __future__ import annotations

from pathlib import Path

import pytest

from emotion_stream.errors import CorpusUnreadable, UsageError
from emotion_stream.training.augment.waveform import AugmentationConfig
from emotion_stream.training.data.corpora import read_corpus
from emotion_stream.training.data.dataset import build_dataset, surroundings
from emotion_stream.training.data.feature_cache import FeatureCache
from emotion_stream.training.network.front_end import FrontEndConfig
from tests.sounds import silence, wav
from tests.training.fake_corpus import no_bar, voice

pytestmark = pytest.mark.training


def _corpus(folder: Path) -> Path:
    sounds = {
        "1001_DFA_ANG_XX.wav": wav(voice(1.0)),
        "1003_DFA_ANG_XX.wav": wav(voice(1.2)),
        "1001_IEO_ANG_LO.wav": wav(voice(1.1)),
        "1002_DFA_ANG_XX.wav": wav(voice(1.0)),  # the same sound
        "1002_DFA_SAD_XX.wav": wav(silence(0.5)),
        "1002_DFA_FEA_XX.wav": b"version https://git-lfs.github.com/spec/v1",
    }
    folder.mkdir()
    for name, content in sounds.items():
        (folder / name).write_bytes(content)
    return folder


def _store(tmp_path: Path) -> FeatureCache:
    return FeatureCache(tmp_path / "cache", FrontEndConfig(), AugmentationConfig(variants=0))


def test_an_unreadable_file_stops_the_gathering(tmp_path: Path) -> None:
    corpora = {"crema_d": read_corpus("crema_d", _corpus(tmp_path / "crema"))}
    with pytest.raises(CorpusUnreadable, match="1002_DFA_FEA_XX"):
        build_dataset(corpora, _store(tmp_path), no_bar)


def test_what_is_skipped_is_counted_apart_from_silence_and_copies(tmp_path: Path) -> None:
    corpora = {"crema_d": read_corpus("crema_d", _corpus(tmp_path / "crema"))}
    for _ in range(2):  # the second time from the cache
        gathered = build_dataset(corpora, _store(tmp_path), no_bar, skip_unreadable=True)
        account = gathered.accounts["crema_d"]
        assert (account.utterances, account.speakers) == (3, 2)
        assert (account.silent, account.unreadable, account.duplicates) == (1, 1, 1)
        assert account.emotions == {"anger": 3}
        assert account.recipe == 1


@pytest.mark.parametrize(
    ("names", "found"),
    [(["1001_DFA_ANG_XX.wav"], "only crema_d/1001 is heard"), ([], "nobody is heard")],
)
def test_one_speaker_alone_is_refused(tmp_path: Path, names: list[str], found: str) -> None:
    utterances = [
        u for u in read_corpus("crema_d", _corpus(tmp_path / "crema")) if u.path.name in names
    ]
    with pytest.raises(UsageError, match=found):
        build_dataset({"crema_d": utterances}, _store(tmp_path), no_bar)


@pytest.mark.parametrize("option", ["--noise", "--rooms"])
def test_a_folder_without_sounds_is_refused(tmp_path: Path, option: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").touch()
    for name, told in (("none", "no folder"), ("empty", "no sound file in")):
        folders = {"--noise": None, "--rooms": None} | {option: tmp_path / name}
        with pytest.raises(UsageError, match=rf"{option}: there is {told} {tmp_path / name}"):
            surroundings(folders["--noise"], folders["--rooms"])
