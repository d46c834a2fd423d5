"""A training by one or more processes; `torchrun ... shared_run.py CORPUS.csv OUT [FAILURE]`.

FAILURE is what befalls the second of them in its second epoch: `error` or `kill`. `bfloat16` is
none: it trains in that instead of in double precision.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor

from emotion_stream.errors import EmotionStreamError, UsageError
from emotion_stream.training.fit import distributed, run, stages
from emotion_stream.training.fit.distributed import Torchrun, Workers, joined
from emotion_stream.training.fit.run import TrainingRequest
from emotion_stream.training.fit.trainer import Epoch
from emotion_stream.training.network.model import EmotionNet, ModelConfig
from tests.training.fake_corpus import TINY, no_bar

CONFIG = replace(
    TINY,
    augmentation=replace(TINY.augmentation, mixup_alpha=0.4),
    fine_tuning=replace(TINY.fine_tuning, epochs=3, draws=32),
)


class PreciseNet(EmotionNet):
    """Computes in double precision.

    In single precision a sum in another order can move a value past the bend of a ReLU, and from
    there on the weights drift apart: on some machines, and on others not.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        self.double()

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        logits, embedding = super().forward(features.double())
        return logits.float(), embedding.float()


def train(corpus: Path, out: Path, workers: Workers, failure: str = "") -> None:
    def report(stage: str, epoch: Epoch, epochs: int) -> None:
        sys.stdout.write(f"process {workers.rank} ends epoch {epoch.epoch}\n")
        sys.stdout.flush()
        if workers.rank == 1 and epoch.epoch == 2 and failure == "error":
            raise UsageError("The second process fails.")
        if workers.rank == 1 and epoch.epoch == 2 and failure == "kill":
            os.kill(os.getpid(), signal.SIGKILL)

    order = TrainingRequest({"mine": corpus}, out, out / "cache", CONFIG)
    run.train(order, no_bar, report, workers)


if __name__ == "__main__":
    torch.set_num_threads(1)
    if sys.argv[3:] == ["bfloat16"]:
        distributed.has_bfloat16 = lambda device: True
    else:
        stages.EmotionNet = PreciseNet  # type: ignore[misc]
    try:
        with joined(Torchrun(), "cpu", timeout_s=120) as group:
            train(Path(sys.argv[1]), Path(sys.argv[2]), group, *sys.argv[3:])
    except EmotionStreamError as error:
        sys.exit(f"{error.code}: {error}")
