"""The device is the one that was asked for, or a clear refusal."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from emotion_stream.errors import UsageError  # noqa: E402
from emotion_stream.training.device import chosen_device  # noqa: E402

pytestmark = pytest.mark.training


def _with_gpus(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: count > 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: count)


@pytest.mark.parametrize(
    ("name", "gpus", "chosen"),
    [
        ("auto", 0, "cpu"),
        ("cpu", 2, "cpu"),
        ("auto", 2, "cuda:1"),
        ("cuda", 2, "cuda:1"),
    ],
)
def test_a_gpu_is_taken_where_there_is_one(
    name: str, gpus: int, chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_gpus(gpus, monkeypatch)
    assert chosen_device(name, 1) == torch.device(chosen)


@pytest.mark.parametrize(
    ("name", "gpus", "problem"),
    [
        ("cuda", 0, "no GPU here; take --device cpu"),
        ("tpu", 0, "--device takes auto, cpu, cuda, not 'tpu'"),
        ("auto", 1, "Process 2 of this machine has no GPU of its own: there are 1"),
    ],
)
def test_a_device_that_is_not_there_is_refused(
    name: str, gpus: int, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_gpus(gpus, monkeypatch)
    with pytest.raises(UsageError, match=problem):
        chosen_device(name, 1)
