"""The course of a training: pre-train on the other corpora, then fine-tune on the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from emotion_stream.training.data.corpora import RECIPES, voices_of
from emotion_stream.training.data.dataset import StageData, sampling_weights
from emotion_stream.training.data.feature_cache import Example
from emotion_stream.training.data.folds import Split, development_split
from emotion_stream.training.fit.calibration import (
    fit_temperature,
    unsure_below,
    with_batch_statistics,
)
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.distributed import ALONE, Workers
from emotion_stream.training.fit.run_folder import Calibration, save_parts, write_split
from emotion_stream.training.fit.trainer import Epoch, Trainer, predict
from emotion_stream.training.network.front_end import FrontEnd
from emotion_stream.training.network.model import EmotionNet

EpochReport = Callable[[str, Epoch, int], None]
"""Told the name of the stage, the epoch that ended, and how many there will be."""

State = Mapping[str, Tensor]


@dataclass(frozen=True, eq=False)
class StagedTraining:
    """The settings and the place of one run."""

    config: TrainingConfig
    folder: Path
    target: str
    report: EpochReport
    workers: Workers = ALONE
    noises: Sequence[NDArray[np.float32]] = ()

    def pretrain(self, examples: Sequence[Example]) -> Sequence[State]:
        """Weights learned from every corpus but the target: where each member starts.

        They are kept as a model in `<folder>/pretraining`: one that never heard the target. Empty
        when there is no other corpus that can spare speakers to validate.
        """
        own = frozenset(e.utterance.speaker for e in examples if e.utterance.corpus == self.target)
        # All of them, also who is not in the target: of some only a part would be left, and other
        # people of that part be held out than are held out to fine-tune.
        voices = voices_of(self.target)
        others = [e for e in examples if voices_of(e.utterance.corpus) != voices]
        split = development_split([e.utterance for e in others], self.config.seed)
        if not split.validation:
            return ()
        split = Split("pretraining", split.train, split.validation, own)
        train = _part(others, split.train)
        weights = sampling_weights(train, speaker_balance=self.config.speaker_balance)
        material = StageData(train, weights, _part(others, split.validation), self.noises)
        stage, seed = self.config.pretraining, self.config.seed
        members = self._train(split.name, material, stage, seed, ())
        self._keep(split, material, members)
        return [member.state_dict() for member in members]

    def fine_tune(self, examples: Sequence[Example], split: Split, starts: Sequence[State]) -> None:
        """Train the members on the split; keep the calibrated model in `<folder>/<split name>`.

        Each goes on from its own of `starts`, or from random weights where there are none.
        """
        train = _part(examples, split.train)
        validation = _part(examples, split.validation)
        material = StageData(train, self._weights(train), validation, self.noises)
        stage, seed = self.config.fine_tuning, 1000 + self.config.seed
        members = self._train(split.name, material, stage, seed, starts)
        self._keep(split, material, members)

    def _keep(self, split: Split, material: StageData, members: Sequence[EmotionNet]) -> None:
        if not self.workers.leads:
            return
        corpora = tuple(sorted({example.utterance.corpus for example in material.train}))
        met, weights = self._met_in_use(material)
        nets = [
            with_batch_statistics(
                member,
                self.config.model,
                met,
                weights,
                crop_frames=self.config.crop_frames,
                seed=self.config.seed,
            )
            for member in members
        ]
        calibrations = self._calibrate(nets, material.validation)
        save_parts(self.folder / split.name, self.config, corpora, nets, calibrations)
        write_split(self.folder / split.name, split)

    def _met_in_use(self, material: StageData) -> tuple[Sequence[Example], NDArray[np.float64]]:
        """What batch statistics are measured on: the target, or all where it is not trained on."""
        own = [e for e in material.train if e.utterance.corpus == self.target]
        return (own, sampling_weights(own)) if own else (material.train, material.weights)

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
        self,
        name: str,
        material: StageData,
        stage: StageConfig,
        seed: int,
        starts: Sequence[State],
    ) -> list[EmotionNet]:
        """Every member, from its own of `starts` where there are any."""
        begins: Sequence[State | None] = starts or [None] * self.config.members
        return [
            self._train_one(f"{name}/member-{n + 1}", material, stage, seed + 1000 * n, begins[n])
            for n in range(self.config.members)
        ]

    def _train_one(
        self, name: str, material: StageData, stage: StageConfig, seed: int, start: State | None
    ) -> EmotionNet:
        torch.manual_seed(seed)
        net = EmotionNet(self.config.model)
        if start is not None:
            net.load_state_dict(dict(start))
        folder, workers = self.folder / name, self.workers
        trainer = Trainer(net, material, self.config, stage, folder, seed, workers)
        return trainer.run(lambda epoch: self.report(name, epoch, stage.epochs))

    def _calibrate(
        self, nets: Sequence[EmotionNet], validation: Sequence[Example]
    ) -> list[Calibration]:
        """Of the ensemble, then of each network; on speech only: bursts are not what is heard."""
        speech = [e for e in validation if _is_speech(e.utterance.corpus)] or list(validation)
        front_end = FrontEnd(self.config.model.front_end).to(self.workers.device)
        labels = torch.tensor([example.label for example in speech])
        logits = torch.stack(
            [predict(net.to(self.workers.device), front_end, speech) for net in nets]
        )
        return [_calibration(each, labels) for each in (logits.mean(dim=0), *logits)]


def _calibration(logits: Tensor, labels: Tensor) -> Calibration:
    temperature = fit_temperature(logits, labels)
    return Calibration(temperature, unsure_below(logits, temperature))


def _is_speech(corpus: str) -> bool:
    return corpus not in RECIPES or RECIPES[corpus].kind == "speech"


def _part(examples: Sequence[Example], speakers: frozenset[str]) -> list[Example]:
    return [example for example in examples if example.utterance.speaker in speakers]
