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
    """Whether its own instructions multiply bfloat16: elsewhere that is slower than single."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    # An older torch cannot tell.
    known: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(known.get(name) for name in ("amx_bf16", "avx512_bf16", "bf16"))
