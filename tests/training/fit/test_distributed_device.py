"""The device is the one that was asked for, or a clear refusal."""

from __future__ import annotations

import pytest
import torch

from emotion_stream.errors import UsageError
from emotion_stream.training.fit.distributed import Workers, chosen_device, has_bfloat16

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


@pytest.mark.parametrize(
    ("known", "there"),
    [
        ({"amx_bf16": True, "avx512_bf16": True}, True),
        ({"avx512_bf16": True, "avx2": True}, False),  # slower than single precision
        ({"bf16": True, "neon": True}, False),  # not measured
        (None, False),  # an older torch
    ],
)
def test_bfloat16_is_taken_where_a_processor_has_amx(
    known: dict[str, bool] | None, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if known is None:
        monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    else:
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: known, raising=False)
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: True)
    assert has_bfloat16(torch.device("cpu")) is there
    net = torch.nn.Conv1d(3, 2, 3)
    x, seen = torch.randn(4, 3, 9), []
    net.register_forward_hook(lambda layer, given, out: seen.append(out.dtype))
    (got,) = Workers().compute(lambda part: (net(part),), x)  # type: ignore[arg-type]
    assert seen == [torch.bfloat16 if there else torch.float32]
    assert got.dtype == torch.float32
    torch.testing.assert_close(got, net(x), atol=0.03, rtol=0.03)


@pytest.mark.parametrize("there", [True, False])
def test_bfloat16_is_taken_where_a_gpu_has_it(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        torch.cuda, "is_bf16_supported", lambda *, including_emulation: there or including_emulation
    )
    assert has_bfloat16(torch.device("cuda", 0)) is there


def test_without_onednn_there_is_no_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"amx_bf16": True}, raising=False)
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    assert not has_bfloat16(torch.device("cpu"))
