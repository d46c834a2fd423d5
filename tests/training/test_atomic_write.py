"""What fills the disk, or ends in the middle, leaves nothing that would be read later."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
import torch

from emotion_stream.emotions import Emotion
from emotion_stream.errors import DiskFull, NotWritten
from emotion_stream.training.atomic_write import atomic_write, remove_unfinished
from emotion_stream.training.data import windows
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.feature_cache import FeatureCache
from emotion_stream.training.data.windows import Cut, cut_all
from emotion_stream.training.fit.checkpoint import save_tensors
from emotion_stream.training.fit.run_folder import write_json
from emotion_stream.training.network.export import export_model
from emotion_stream.training.network.model import EmotionModel, EmotionNet
from tests.sounds import wav
from tests.training.fake_corpus import TINY, voice

pytestmark = pytest.mark.training

FULL = Path("/dev/full")
"""The device to which every write fails for want of space."""

full_disk = pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is full")


def _fill_up(file: Path) -> None:
    """Let what would be written for `file` land on a full disk."""
    file.with_name(f"{file.name}.{os.getpid()}.part").symlink_to(FULL)


def test_takes_the_place_of_the_file_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_json(file, {"a": 1})
    with atomic_write(file) as part:
        part.write_text("half")
        assert json.loads(file.read_text()) == {"a": 1}
    assert file.read_text() == "half"
    assert list(tmp_path.iterdir()) == [file]


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    write_json(file, {"a": 1})
    with pytest.raises(TypeError), atomic_write(file) as part:
        part.write_bytes("no bytes")  # type: ignore[arg-type]
    assert json.loads(file.read_text()) == {"a": 1}
    assert list(tmp_path.iterdir()) == [file]


def test_other_failures_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=r"gone/a\.json cannot be written: No such file"):
        write_json(tmp_path / "gone" / "a.json", {})


def test_only_remains_of_ours_are_removed(tmp_path: Path) -> None:
    (tmp_path / "fold-1").mkdir()
    (tmp_path / "fold-1" / "checkpoint.pt.123.part").touch()
    (tmp_path / "film.part").touch()
    remove_unfinished(tmp_path)
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["film.part", "fold-1"]


@full_disk
def test_settings_and_weights_on_a_full_disk(tmp_path: Path) -> None:
    file = tmp_path / "weights.pt"
    save_tensors([torch.zeros(3)], file)
    before = file.read_bytes()
    _fill_up(file)
    with pytest.raises(DiskFull, match=r"weights\.pt was not written.*Free some space"):
        save_tensors([torch.ones(9)], file)
    assert file.read_bytes() == before
    _fill_up(tmp_path / "config.json")
    with pytest.raises(DiskFull, match=r"config\.json"):
        write_json(tmp_path / "config.json", {"a": 1})
    assert list(tmp_path.iterdir()) == [file]


@full_disk
def test_an_exported_model_on_a_full_disk(tmp_path: Path) -> None:
    file, model = tmp_path / "emotion-9.9.onnx", EmotionModel(TINY.model, [EmotionNet(TINY.model)])
    _fill_up(file)
    with pytest.raises(DiskFull, match="emotion-9"):
        export_model(
            model, file, version="9.9", corpora={"ravdess": "RAVDESS speech"}, unsure_below=0.3
        )
    assert list(tmp_path.iterdir()) == []


@full_disk
def test_the_cache_on_a_full_disk_goes_on_when_there_is_space(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(voice(1.0)))
    utterance = Utterance(tmp_path / "a.wav", "mine", "mine/ann", Emotion.FEAR)
    cache = tmp_path / "cache"
    cache.mkdir()
    _fill_up(cache / f"windows-{windows._key([utterance])}.npz")
    with pytest.raises(DiskFull, match="windows-"):
        list(cut_all([utterance], cache, lambda _: None))
    assert list(cache.iterdir()) == []
    cuts = list(cut_all([utterance], cache, lambda _: None))
    assert len(cuts[0].windows) == 1


@full_disk
def test_frames_on_a_full_disk_are_computed_again(tmp_path: Path) -> None:
    utterance = Utterance(tmp_path / "a.wav", "mine", "mine/ann", Emotion.FEAR)
    cuts = [Cut(utterance, (np.arange(16_000, dtype=np.int16),))]
    store = FeatureCache(tmp_path, TINY.model.front_end, TINY.augmentation)
    _fill_up(tmp_path / f"frames-{store._key(cuts, 2)}.npz")
    with pytest.raises(DiskFull, match="frames-"):
        store.examples(cuts, lambda _: None)
    assert list(tmp_path.iterdir()) == []
    assert len(store.examples(cuts, lambda _: None)[0].frames) == 2
