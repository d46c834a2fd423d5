"""Where the network is computed: the processor, or a GPU."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from emotion_stream.errors import UsageError

DEVICES = ("auto", "cpu", "cuda")


def chosen_device(name: str, local_rank: int = 0) -> torch.device:
    """`auto` is a GPU where there is one. Each process of a machine takes the GPU of its number.

    Raises UsageError where the device is unknown or not there.
    """
    if name not in DEVICES:
        raise UsageError(f"--device takes {', '.join(DEVICES)}, not {name!r}.")
    there = torch.cuda.is_available()
    if name == "cpu" or (name == "auto" and not there):
        return torch.device("cpu")
    if not there:
        raise UsageError("torch finds no GPU here; take --device cpu.")
    if local_rank >= torch.cuda.device_count():
        raise UsageError(
            f"Process {local_rank + 1} of this machine has no GPU of its own: there are "
            f"{torch.cuda.device_count()}. Start as many processes, or take --device cpu."
        )
    return torch.device("cuda", local_rank)


def has_bfloat16(device: torch.device) -> bool:
    """Whether a training step in bfloat16 is quicker there than in single precision.

    Of processors those with AMX. With AVX-512 alone a step was slower; an older torch cannot tell.
    """
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    known: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    onednn: bool = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return onednn and bool(known.get("amx_bf16"))


def quick_layers(device: torch.device, *, wanted: bool = True) -> torch.autocast:
    """Within it layers multiply and hand on bfloat16 where that is quicker (arXiv:1905.12322)."""
    enabled = wanted and has_bfloat16(device)
    return torch.autocast(device.type, torch.bfloat16, enabled=enabled)
