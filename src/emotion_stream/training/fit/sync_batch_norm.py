"""Layers for a batch of which each process computes an equal part, and the exchange they need.

`nn.SyncBatchNorm` does the same on a GPU; these layers do it on the processor too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, distributed, nn
from torch.nn import functional

from emotion_stream.errors import ProcessLost


@contextmanager
def reaching_all() -> Iterator[None]:
    """Raises ProcessLost where torch could not reach another process in time."""
    try:
        yield
    except RuntimeError as error:
        raise ProcessLost(
            "Another process of this training no longer answers. Give the same command again: it "
            "goes on from its last whole epoch.",
            detail=str(error).splitlines()[0] if str(error) else "",
        ) from error


class _Gathered(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, part: Tensor, rank: int, count: int) -> Tensor:  # Any: torch's context
        ctx.rank = rank
        parts = [torch.empty_like(part) for _ in range(count)]
        with reaching_all():
            distributed.all_gather(parts, part.contiguous())
        return torch.stack(parts)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        gradient = gradient.contiguous().clone()
        with reaching_all():
            distributed.all_reduce(gradient)
        part: Tensor = gradient[ctx.rank]
        return part, None, None


def gathered(part: Tensor, rank: int, count: int) -> Tensor:
    """The parts of all processes, in their order: [count, *part]; in every process the same.

    The gradient is that of the sum of the losses of all processes.
    """
    whole: Tensor = _Gathered.apply(part, rank, count)  # type: ignore[no-untyped-call]
    return whole


class SyncBatchNorm(nn.modules.batchnorm._BatchNorm):
    """Normalises by the statistics of the whole batch, and keeps those of the whole batch."""

    rank: int
    count: int

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return super().forward(x)
        given = x.dtype
        x = x.float() if given == torch.bfloat16 else x  # statistics of rounded values, unrounded
        axes = [0, *range(2, x.dim())]
        variance, mean = torch.var_mean(x, axes, correction=0)
        parts = gathered(torch.stack([mean, variance]), self.rank, self.count)  # (count, 2, C)
        # Parts are of one size: the variance of all is the mean of theirs plus that of their means.
        mean = parts[:, 0].mean(dim=0)
        variance = parts[:, 1].mean(dim=0) + parts[:, 0].var(dim=0, correction=0)
        self._remember(mean, variance, self.count * x.numel() // x.shape[1])
        shape = (1, -1, *(1 for _ in axes[1:]))
        normal = (x - mean.view(shape)) * torch.rsqrt(variance + self.eps).view(shape)
        if self.affine:
            normal = normal * self.weight.view(shape) + self.bias.view(shape)
        return normal.to(given)

    def _check_input_dim(self, input: Tensor) -> None:  # [B, C], [B, C, T] or [B, C, F, T]
        pass

    def _remember(self, mean: Tensor, variance: Tensor, values: int) -> None:
        if self.running_mean is None or self.running_var is None or self.momentum is None:
            raise TypeError("the running statistics are part of the model")
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            # As torch does: a batch is normalised by its own variance, the estimate for others is
            # unbiased.
            self.running_var.lerp_(variance * values / (values - 1), self.momentum)
            if self.num_batches_tracked is not None:
                self.num_batches_tracked.add_(1)


class SharedDropout(nn.Dropout):
    """Draws the mask of the whole batch, as one process would, and takes its part of it."""

    rank: int
    count: int

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.p == 0:
            return x
        # All processes draw alike: of its own part each would mask the same places.
        whole = torch.ones(len(x) * self.count, *x.shape[1:], dtype=x.dtype, device=x.device)
        return x * functional.dropout(whole, self.p).chunk(self.count)[self.rank]


def share_batch(net: nn.Module, rank: int, count: int) -> None:
    """Put shared layers in the place of those that know only their part; weights stay the same."""
    for parent in list(net.modules()):
        for name, child in parent.named_children():
            shared: SyncBatchNorm | SharedDropout
            if isinstance(child, nn.BatchNorm1d | nn.BatchNorm2d):
                shared = SyncBatchNorm(
                    child.num_features, child.eps, child.momentum, affine=child.affine
                )
                shared.weight, shared.bias = child.weight, child.bias
                shared._buffers = child._buffers
            elif type(child) is nn.Dropout:
                shared = SharedDropout(child.p)
            else:
                continue
            shared.rank, shared.count = rank, count
            setattr(parent, name, shared.train(child.training))
