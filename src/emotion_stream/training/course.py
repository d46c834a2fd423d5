"""The course of a training: pre-train on the other corpora, then fine-tune on the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from emotion_stream.training.calibration import fit_temperature, unsure_below
from emotion_stream.training.config import StageConfig, TrainingConfig
from emotion_stream.training.corpora import RECIPES
from emotion_stream.training.distributed import ALONE, Workers
from emotion_stream.training.folds import Split, development_split
from emotion_stream.training.frames import Example
from emotion_stream.training.front_end import FrontEnd
from emotion_stream.training.loop import Epoch, Material, Trainer, predict
from emotion_stream.training.model import EmotionNet
from emotion_stream.training.run_folder import Calibration, save_parts
from emotion_stream.training.sampling import sampling_weights

EpochReport = Callable[[str, Epoch, int], None]
"""Told the name of the stage, the epoch that ended, and how many there will be."""

State = Mapping[str, Tensor]


@dataclass(frozen=True, eq=False)
class Course:
    """The settings and the place of one run."""

    config: TrainingConfig
    folder: Path
    target: str
    report: EpochReport
    workers: Workers = ALONE

    def pretrain(self, examples: Sequence[Example]) -> State | None:
        """Weights learned from every corpus but the target; None when there is no other."""
        others = [e for e in examples if e.utterance.corpus != self.target]
        if not others:
            return None
        split = development_split([e.utterance for e in others], self.config.seed)
        train, validation = _part(others, split.train), _part(others, split.validation)
        if not validation:
            return None
        weights = sampling_weights(train, speaker_balance=self.config.speaker_balance)
        material = Material(train, weights, validation)
        net = self._train("pretraining", material, self.config.pretraining, None, self.config.seed)
        return net.state_dict()

    def fine_tune(self, examples: Sequence[Example], split: Split, start: State | None) -> None:
        """Train the members on the split; save the calibrated model in `<folder>/<split name>`."""
        train, validation = _part(examples, split.train), _part(examples, split.validation)
        material = Material(train, self._weights(train), validation)
        members = [
            self._train(
                f"{split.name}/member-{number + 1}",
                material,
                self.config.fine_tuning,
                start,
                1000 * (number + 1) + self.config.seed,
            )
            for number in range(self.config.members)
        ]
        if not self.workers.leads:
            return
        corpora = tuple(sorted({example.utterance.corpus for example in train}))
        calibration = self._calibrate(members, validation)
        save_parts(self.folder / split.name, self.config, corpora, members, calibration)

    def _weights(self, train: Sequence[Example]) -> NDArray[np.float64]:
        others = sorted({e.utterance.corpus for e in train} - {self.target})
        balance = self.config.speaker_balance
        if not others:
            return sampling_weights(train, speaker_balance=balance)
        counts = {o: sum(e.utterance.corpus == o for e in train) ** 0.5 for o in others}
        share = self.config.other_share / sum(counts.values())
        weights = {o: share * count for o, count in counts.items()}
        wanted = {**weights, self.target: 1 - self.config.other_share}
        return sampling_weights(train, wanted, speaker_balance=balance)

    def _train(
        self, name: str, material: Material, stage: StageConfig, start: State | None, seed: int
    ) -> EmotionNet:
        torch.manual_seed(seed)
        net = EmotionNet(self.config.model)
        if start is not None:
            net.load_state_dict(dict(start))
        folder, workers = self.folder / name, self.workers
        trainer = Trainer(net, material, self.config, stage, folder, seed, workers)
        return trainer.run(lambda epoch: self.report(name, epoch, stage.epochs))

    def _calibrate(
        self, members: Sequence[EmotionNet], validation: Sequence[Example]
    ) -> Calibration:
        """On speech only: bursts are not what the model will hear."""
        speech = [e for e in validation if _is_speech(e.utterance.corpus)] or list(validation)
        front_end = FrontEnd(self.config.model.front_end).to(self.workers.device)
        logits = torch.stack([predict(member, front_end, speech) for member in members]).mean(dim=0)
        temperature = fit_temperature(logits, torch.tensor([e.label for e in speech]))
        return Calibration(temperature, unsure_below(logits, temperature))


def _is_speech(corpus: str) -> bool:
    return corpus not in RECIPES or RECIPES[corpus].kind == "speech"


def _part(examples: Sequence[Example], speakers: frozenset[str]) -> list[Example]:
    return [example for example in examples if example.utterance.speaker in speakers]
