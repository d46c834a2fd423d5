"""A stage goes on from a sound checkpoint of its own, and from no other."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from emotion_stream.emotions import EMOTIONS
from emotion_stream.errors import CheckpointDamaged, DiskFull, RunDiffers
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StageData, sampling_weights
from emotion_stream.training.fit.checkpoint import read_checkpoint, save_tensors
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.trainer import Epoch, Trainer
from emotion_stream.training.network.model import EmotionNet
from tests.training.fake_corpus import TINY, examples
from tests.training.test_atomic_write import FULL, full_disk

pytestmark = pytest.mark.training

STAGE = StageConfig(epochs=2, learning_rate=1e-3, draws=8)


def _material(corpus: str = "a", count: int = 16) -> StageData:
    names = [
        Utterance(Path(f"{n}.wav"), corpus, f"{corpus}/{n}", EMOTIONS[n % 8]) for n in range(count)
    ]
    train = examples(names)
    return StageData(train, sampling_weights(train), examples(names[:8]))


def _trainer(
    folder: Path,
    *,
    config: TrainingConfig = TINY,
    stage: StageConfig = STAGE,
    material: StageData | None = None,
    seed: int = 5,
) -> Trainer:
    torch.manual_seed(0)
    return Trainer(EmotionNet(config.model), material or _material(), config, stage, folder, seed)


def _ignore(epoch: Epoch) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A checkpoint of two epochs."""
    folder = tmp_path_factory.mktemp("kept")
    _trainer(folder).run(_ignore)
    return (folder / "checkpoint.pt").read_bytes()


def _flipped(content: bytes) -> bytes:
    """In the middle of its largest tensor: what lies between the parts means nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        largest = max(parts.infolist(), key=lambda part: part.file_size)
        tensor = parts.read(largest)
    middle = content.index(tensor) + len(tensor) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [lambda c: c[: len(c) // 2], lambda c: b"", lambda c: b"no checkpoint", _flipped],
    ids=["cut short", "empty", "something else", "one bit"],
)
def test_a_damaged_checkpoint_is_named_with_the_way_out(
    damage: object, kept: bytes, tmp_path: Path
) -> None:
    assert callable(damage)
    (tmp_path / "checkpoint.pt").write_bytes(damage(kept))
    with pytest.raises(CheckpointDamaged, match=r"checkpoint\.pt is damaged.*Delete it"):
        _trainer(tmp_path).run(_ignore)


def test_weights_alone_are_no_checkpoint(tmp_path: Path) -> None:
    save_tensors([{"head": torch.zeros(3)}], tmp_path / "weights.pt")
    with pytest.raises(CheckpointDamaged, match="no checkpoint"):
        read_checkpoint(tmp_path / "weights.pt")


def test_a_half_written_checkpoint_is_not_looked_at(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(kept)
    (tmp_path / "checkpoint.pt.7.part").write_bytes(kept[:100])
    (tmp_path / "checkpoint.part").write_bytes(b"half")
    trainer = _trainer(tmp_path)
    trainer.run(_ignore)
    assert len(trainer.history) == 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"config": replace(TINY, batch_size=4)}, r"training\.batch_size \(8 then, 4 now\)"),
        ({"stage": replace(STAGE, epochs=3)}, r"training\.stage\.epochs \(2 then, 3 now\)"),
        ({"seed": 6}, r"training\.seed \(5 then, 6 now\)"),
        ({"material": _material(count=24)}, r"corpora\.a\.trained on \(16 then, 24 now\)"),
        ({"material": _material("b")}, r"corpora\.b\.trained on \(not there then, 16 now\)"),
    ],
)
def test_another_training_does_not_go_on_from_it(
    changes: dict[str, object], named: str, kept: bytes, tmp_path: Path
) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(kept)
    with pytest.raises(
        RunDiffers, match=rf"checkpoint\.pt was made with something else: .*{named}"
    ):
        _trainer(tmp_path, **changes).run(_ignore)  # type: ignore[arg-type]


def test_other_starting_weights_are_another_training(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(kept)
    torch.manual_seed(1)
    other = Trainer(EmotionNet(TINY.model), _material(), TINY, STAGE, tmp_path, 5)
    with pytest.raises(RunDiffers, match="starting weights"):
        other.run(_ignore)


def test_the_length_of_the_other_stages_does_not_matter(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(kept)
    longer = replace(TINY, fine_tuning=replace(TINY.fine_tuning, epochs=99))
    _trainer(tmp_path, config=longer).run(_ignore)


def test_a_checkpoint_from_before_it_said_how_it_was_made_still_serves(
    kept: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint.pt"
    file.write_bytes(kept)
    state = read_checkpoint(file)
    del state["made_with"]
    save_tensors(state, file)
    trainer = _trainer(tmp_path)
    trainer.run(_ignore)
    assert len(trainer.history) == 2


@full_disk
@pytest.mark.parametrize("name", ["checkpoint.pt", "history.csv"])
def test_a_run_on_a_full_disk_goes_on_when_there_is_space(name: str, tmp_path: Path) -> None:
    unbroken = _trainer(tmp_path / "unbroken").run(_ignore)
    folder = tmp_path / "full"

    def fill_up(epoch: Epoch) -> None:
        if epoch.epoch == 1:
            (folder / f"{name}.{os.getpid()}.part").symlink_to(FULL)

    with pytest.raises(DiskFull, match=name):
        _trainer(folder).run(fill_up)
    resumed = _trainer(folder).run(_ignore)
    assert not list(folder.glob("*.part"))
    for expected, got in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(got, expected, atol=0, rtol=0)
