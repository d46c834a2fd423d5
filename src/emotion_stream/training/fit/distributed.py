"""Where the network is computed: the processor, a GPU, or several processes under `torchrun`.

The model of several processes is that of one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import torch
from pydantic_settings import BaseSettings
from torch import Tensor, distributed, nn
from torch.distributed.distributed_c10d import PrefixStore, Store
from torch.distributed.rendezvous import rendezvous

from emotion_stream.errors import UsageError
from emotion_stream.training.fit.sync_batch_norm import gathered, reaching_all, share_batch

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


# One training computed by several processes under `torchrun`: the model is that of one process.
#
# Every process draws the same batch from the same seed and computes an equal part of it. Layers
# that look across the batch see all of it (`sync_batch_norm`), and the loss is that of the whole
# batch in every process, so that it may compare any items. Only the first process, the leader,
# writes.

Net = TypeVar("Net", bound=nn.Module)

TIMEOUT_S = 1800.0
"""How long one process waits for another within a stage: a validation takes minutes at most."""

_LOOK_S = 0.2


class Torchrun(BaseSettings):
    """What `torchrun` tells each process in WORLD_SIZE and LOCAL_RANK; without it, that of one."""

    world_size: int = 1
    local_rank: int = 0


@dataclass(frozen=True)
class Workers:
    """The place of this process among those that train together; alone, it does all itself."""

    rank: int = 0
    count: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    store: Store | None = None

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def check_batch(self, size: int) -> None:
        """Raises UsageError where the parts of a batch would not be equal."""
        if size % self.count:
            raise UsageError(
                f"A batch of {size} cannot be shared equally by {self.count} processes; start a "
                f"number of them that divides {size}."
            )

    def adopt(self, net: Net) -> Net:
        """The network on the device of this process, ready for a part of each batch."""
        if self.count > 1:
            share_batch(net, self.rank, self.count)
        return net.to(self.device)

    def compute(self, net: nn.Module, features: Tensor) -> tuple[Tensor, ...]:
        """The outputs of `net` for the whole batch, of which each process computes its part.

        Layers may hand on bfloat16 (`quick_layers`); weights, the statistics of the batch and the
        outputs are single precision.
        """
        with quick_layers(self.device):
            outputs = net(features.chunk(self.count)[self.rank])
        parts = tuple(part.float() for part in outputs)
        if self.count == 1:
            return parts
        return tuple(gathered(part, self.rank, self.count).flatten(0, 1) for part in parts)

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Afterwards every process holds the gradients of the whole batch."""
        if self.count == 1:
            return
        gradients = [each.grad for each in parameters if each.grad is not None]
        # One exchange for all parameters instead of one for each.
        together = torch.cat([gradient.flatten() for gradient in gradients])
        with reaching_all():
            distributed.all_reduce(together)
        # Each process has the loss of the whole batch, and `gathered` passes back the sum of all
        # these losses: the same gradient so many times.
        together /= self.count
        means = torch.split(together, [gradient.numel() for gradient in gradients])
        for gradient, mean in zip(gradients, means, strict=True):
            gradient.copy_(mean.view_as(gradient))

    def from_leader(self, compute: Callable[[], float]) -> float:
        """What the leader computes, told to everybody."""
        if self.count == 1:
            return compute()
        told = torch.tensor([compute() if self.leads else 0.0], dtype=torch.float64)
        told = told.to(self.device)
        with reaching_all():
            distributed.broadcast(told, src=0)
        return told.item()

    @contextmanager
    def leader_first(self, what: str) -> Iterator[None]:
        """The others begin when the leader has ended, however long that takes: caches are there."""
        if self.store is None:
            yield
            return
        with reaching_all():
            # Looked at now and then: `Store.wait` would give up after its timeout, and filling a
            # cache may take longer.
            while not (self.leads or self.store.check([what])):
                if self.store.check(["failed"]):
                    raise SystemExit(1)
                time.sleep(_LOOK_S)
        yield
        if self.leads:
            with reaching_all():
                self.store.set(what, "done")


ALONE = Workers()


@contextmanager
def joined(started: Torchrun, device: str, *, timeout_s: float = TIMEOUT_S) -> Iterator[Workers]:
    """This process among those that `torchrun` started, by its variables.

    Of processes that fail together one raises what went wrong, the others SystemExit. Raises
    UsageError for a device that is not there, ProcessLost where another process does not answer.
    """
    if started.world_size == 1:
        yield Workers(device=chosen_device(device))
        return
    timeout = timedelta(seconds=timeout_s)
    with reaching_all():
        store, rank, count = next(rendezvous("env://", timeout=timeout))
    with _one_voice(store):
        chosen = chosen_device(device, started.local_rank)
        if chosen.type == "cuda":
            torch.cuda.set_device(chosen)
        with reaching_all():
            distributed.init_process_group(
                "nccl" if chosen.type == "cuda" else "gloo",
                store=PrefixStore("group", store),  # torch's keys beside ours
                rank=rank,
                world_size=count,
                timeout=timeout,
            )
        yield Workers(rank, count, chosen, store)
        distributed.destroy_process_group()


@contextmanager
def _one_voice(store: Store) -> Iterator[None]:
    """Let one of the processes that fail say why: the others fail because it did."""
    try:
        yield
    except BaseException as error:
        try:
            first = store.add("failed", 1) == 1
        except RuntimeError:  # the process that kept the store is gone
            first = True
        if first:
            raise
        raise SystemExit(1) from error
