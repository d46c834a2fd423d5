"""A small training in a process of its own, which kills itself where it is told to.

`python -m tests.training.killed_run FOLDER step 6`: after the sixth step;
`... write 3`: when the third checkpoint is written but has not taken its place.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import torch

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training import atomic_write
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StageData, sampling_weights
from emotion_stream.training.fit.config import StageConfig
from emotion_stream.training.fit.trainer import Trainer
from emotion_stream.training.network.model import EmotionNet
from tests.training.fake_corpus import TINY, examples

STAGE = StageConfig(epochs=4, learning_rate=3e-3, draws=32)  # 4 steps each


def trainer(folder: Path) -> Trainer:
    names = [Utterance(Path(f"{n}.wav"), "a", f"a/{n}", EMOTIONS[n % 8]) for n in range(32)]
    train = examples(names)
    torch.manual_seed(0)
    material = StageData(train, sampling_weights(train), examples(names[:16], seed=2))
    return Trainer(EmotionNet(TINY.model), material, TINY, STAGE, folder, seed=5)


def _dying(where: str, count: int) -> None:
    """Kill this process at the `count`-th step or written checkpoint from now."""
    step, keep, left = Trainer._step, atomic_write._keep, [count]

    def count_down() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying_step(*arguments: object) -> float:
        loss = step(*arguments)  # type: ignore[arg-type]
        count_down()
        return loss

    def dying_keep(part: Path) -> None:
        keep(part)
        if "checkpoint" in part.name:
            count_down()

    if where == "step":
        Trainer._step = dying_step  # type: ignore[method-assign, assignment]
    else:
        atomic_write._keep = dying_keep


if __name__ == "__main__":
    torch.set_num_threads(1)
    _dying(sys.argv[2], int(sys.argv[3]))
    trainer(Path(sys.argv[1])).run(lambda epoch: None)
