"""Two processes train the model that one trains, and none of them waits for ever."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from emotion_stream.errors import UsageError
from emotion_stream.training.fit import stages, sync_batch_norm
from emotion_stream.training.fit.distributed import ALONE, Torchrun, Workers, joined
from emotion_stream.training.fit.sync_batch_norm import SharedDropout, SyncBatchNorm, share_batch
from emotion_stream.training.network.model import EmotionNet
from tests.sounds import wav
from tests.training.fake_corpus import TINY, voice
from tests.training.shared_run import PreciseNet, train

pytestmark = pytest.mark.training

ROOT = Path(__file__).parents[3]
TORCHRUN = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
SCRIPT = ["-m", "tests.training.shared_run"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight speakers, two emotions."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = ["path,emotion,speaker"]
    for number in range(16):
        (folder / f"{number}.wav").write_bytes(wav(voice(0.8 + 0.03 * number)))
        rows.append(f"{number}.wav,{('anger', 'fear')[number % 2]},s{number // 2}")
    (folder / "mine.csv").write_text("\n".join(rows) + "\n")
    return folder / "mine.csv"


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1"}


def _two(corpus: Path, out: Path, failure: str) -> list[subprocess.Popen[str]]:
    """Two processes without `torchrun`, which would end one when the other fails."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    return [
        subprocess.Popen(
            [sys.executable, *SCRIPT, corpus, out, failure],
            cwd=ROOT,
            env=_environment() | place | {"RANK": str(rank), "LOCAL_RANK": str(rank)},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        for rank in range(2)
    ]


@pytest.mark.process
@pytest.mark.slow
def test_two_processes_give_the_weights_of_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages, "EmotionNet", PreciseNet)
    train(corpus, tmp_path / "one", ALONE)
    told = subprocess.run(
        [*TORCHRUN, *SCRIPT, corpus, tmp_path / "two"],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert sorted(told.stdout.split("\n")) == sorted(
        ["", *(f"process {rank} ends epoch {epoch}" for rank in (0, 1) for epoch in (1, 2, 3))]
    )
    one, two = (
        torch.load(tmp_path / who / "development" / "weights.pt", weights_only=True)[0]
        for who in ("one", "two")
    )
    torch.testing.assert_close(two, one, atol=1e-6, rtol=1e-4)  # statistics are single precision
    assert (tmp_path / "two" / "development" / "model.onnx").exists()
    assert not list((tmp_path / "two").rglob("*.part"))


@pytest.mark.process
@pytest.mark.slow
def test_two_processes_train_in_bfloat16(corpus: Path, tmp_path: Path) -> None:
    both = _two(corpus, tmp_path, "bfloat16")
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    (weights,) = torch.load(tmp_path / "development" / "weights.pt", weights_only=True)
    assert all(values.isfinite().all() for values in weights.values())


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_a_shared_layer_normalises_and_remembers_as_that_of_one_process(
    kind: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = (3 + 2 * torch.randn(8, 4, 5)).to(kind)
    alone = torch.nn.BatchNorm1d(4)
    net = torch.nn.Sequential(torch.nn.BatchNorm1d(4))
    share_batch(net, 0, 2)
    monkeypatch.setattr(sync_batch_norm, "gathered", lambda part, rank, count: _of_parts(x))
    whole, part = alone(x), net(x[:4])
    assert part.dtype == whole.dtype == kind
    torch.testing.assert_close(
        part, whole[:4], atol=0.03 if kind == torch.bfloat16 else 1e-5, rtol=0
    )
    torch.testing.assert_close(net[0].running_mean, alone.running_mean, atol=1e-3, rtol=0)
    torch.testing.assert_close(net[0].running_var, alone.running_var, atol=1e-3, rtol=0)


def _of_parts(x: torch.Tensor) -> torch.Tensor:
    parts = [torch.var_mean(part.float(), [0, 2], correction=0) for part in x.chunk(2)]
    return torch.stack([torch.stack([mean, variance]) for variance, mean in parts])


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.parametrize(
    ("failure", "code", "voice_of", "says"),
    [
        ("error", 1, 1, "usage: The second process fails."),
        ("kill", -signal.SIGKILL, 0, "process_lost: Another process of this training no longer"),
    ],
)
def test_one_that_fails_ends_all_with_one_error(
    failure: str, code: int, voice_of: int, says: str, corpus: Path, tmp_path: Path
) -> None:
    both = _two(corpus, tmp_path, failure)
    errors = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [1, code]
    assert says in errors[voice_of]
    assert "Traceback" not in "".join(errors)
    assert not any(word in errors[1 - voice_of] for word in ("usage:", "process_lost:"))


@pytest.mark.process
@pytest.mark.slow
def test_a_mistake_is_told_once_under_torchrun(tmp_path: Path) -> None:
    command = ["-m", "emotion_stream.cli", "train", "--corpus", "tess=nowhere", "--out", "run"]
    told = subprocess.run(
        [*TORCHRUN, *command],
        cwd=tmp_path,
        env=_environment() | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert told.stderr.count("emotion-stream: usage: There is no folder nowhere") == 1


def test_a_batch_that_cannot_be_shared_equally_is_refused() -> None:
    Workers(count=4).check_batch(64)
    with pytest.raises(UsageError, match="batch of 64 cannot be shared equally by 3 processes"):
        Workers(count=3).check_batch(64)


def test_one_process_computes_as_before() -> None:
    with joined(Torchrun(), "cpu") as workers:
        assert workers == ALONE
    net = EmotionNet(TINY.model)
    assert ALONE.adopt(net) is net
    assert not any(isinstance(m, SyncBatchNorm | SharedDropout) for m in net.modules())


def test_shared_layers_hold_the_same_weights() -> None:
    net = EmotionNet(TINY.model)
    before = {name: (value.data_ptr(), value.shape) for name, value in net.state_dict().items()}
    order = [name for name, _ in net.named_parameters()]
    share_batch(net, 1, 2)
    after = {name: (value.data_ptr(), value.shape) for name, value in net.state_dict().items()}
    assert after == before
    assert [name for name, _ in net.named_parameters()] == order
    kinds = {type(module) for module in net.modules()}
    assert {SyncBatchNorm, SharedDropout} <= kinds
    assert not {torch.nn.BatchNorm1d, torch.nn.Dropout} & kinds


def test_a_part_of_the_dropout_of_a_batch_is_that_of_one_process() -> None:
    x, shared = torch.randn(6, 4, 5), SharedDropout(0.5)
    shared.rank, shared.count = 1, 2
    torch.manual_seed(3)
    whole = torch.nn.functional.dropout(x, 0.5)
    torch.manual_seed(3)
    torch.testing.assert_close(shared(x[3:]), whole[3:])
    assert shared.eval()(x) is x
