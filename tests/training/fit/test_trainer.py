"""Training learns, can be stopped and taken up again, and teaches no corpus what it lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StageData, sampling_weights
from emotion_stream.training.fit.config import StageConfig, TrainingConfig
from emotion_stream.training.fit.trainer import Epoch, Trainer, class_masks, predict, validation_uar
from emotion_stream.training.network.front_end import FrontEnd
from emotion_stream.training.network.model import EmotionNet
from tests.training.fake_corpus import TINY, examples

pytestmark = pytest.mark.training

STAGE = StageConfig(epochs=4, learning_rate=3e-3, draws=32)


def _utterances(corpus: str, emotions: tuple[Emotion, ...], count: int) -> list[Utterance]:
    return [
        Utterance(Path(f"{n}.wav"), corpus, f"{corpus}/{n}", emotions[n % len(emotions)])
        for n in range(count)
    ]


def _material() -> StageData:
    all_eight = examples(_utterances("a", EMOTIONS, 32))
    three = examples(_utterances("b", EMOTIONS[2:5], 12), seed=1)
    held_out = examples(_utterances("a", EMOTIONS, 16), seed=2)
    train = [*all_eight, *three]
    return StageData(train, sampling_weights(train), held_out)


def _trainer(folder: Path, stage: StageConfig = STAGE, config: TrainingConfig = TINY) -> Trainer:
    torch.manual_seed(0)
    return Trainer(EmotionNet(config.model), _material(), config, stage, folder, seed=5)


def _ignore(epoch: Epoch) -> None:
    """Nobody watches."""


def test_learns_what_can_be_learned(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path, replace(STAGE, epochs=12, draws=64))
    net = trainer.run(_ignore)
    score = validation_uar(net, trainer.front_end, trainer.material.validation)
    assert score > 0.5
    assert score == trainer.history[-1].validation_uar
    assert trainer.history[-1].loss < trainer.history[0].loss


@pytest.mark.parametrize("mixup_alpha", [0.0, 0.4])
def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path: Path, mixup_alpha: float) -> None:
    config = replace(TINY, augmentation=replace(TINY.augmentation, mixup_alpha=mixup_alpha))
    unbroken = _trainer(tmp_path / "unbroken", config=config).run(_ignore)

    def stop(epoch: Epoch) -> None:
        if epoch.epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _trainer(tmp_path / "stopped", config=config).run(stop)
    again = _trainer(tmp_path / "stopped", config=config)
    resumed = again.run(_ignore)
    assert [row.epoch for row in again.history] == [1, 2, 3, 4]
    for expected, got in zip(unbroken.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(got, expected, atol=0, rtol=0)


def test_a_finished_run_is_not_run_again(tmp_path: Path) -> None:
    _trainer(tmp_path).run(_ignore)
    before = (tmp_path / "checkpoint.pt").stat().st_mtime_ns
    _trainer(tmp_path).run(_ignore)
    assert (tmp_path / "checkpoint.pt").stat().st_mtime_ns == before


def test_the_history_is_a_table(tmp_path: Path) -> None:
    _trainer(tmp_path).run(_ignore)
    lines = (tmp_path / "history.csv").read_text().splitlines()
    assert lines[0] == "epoch,loss,validation_uar,seconds"
    assert len(lines) == 1 + STAGE.epochs


def test_a_class_that_a_corpus_lacks_is_not_taught_as_absent(tmp_path: Path) -> None:
    masks = class_masks(_material().train)
    assert masks["a"].all()
    assert masks["b"].tolist() == [False, False, True, True, True, False, False, False]
    only_b = examples(_utterances("b", EMOTIONS[2:5], 12))
    config = replace(TINY, weight_decay=0.0)
    trainer = Trainer(
        EmotionNet(config.model),
        StageData(only_b, sampling_weights(only_b), only_b),
        config,
        STAGE,
        tmp_path,
        seed=0,
    )
    before = trainer.net.head.weight.detach().clone()
    trainer.run(_ignore)
    change = (trainer.net.head.weight - before).abs().amax(dim=1)
    assert (change[~masks["b"]] == 0).all()
    assert (change[masks["b"]] > 0).all()


def test_a_corpus_is_judged_among_the_classes_it_has() -> None:
    net = EmotionNet(TINY.model)
    with torch.no_grad():
        net.head.weight.zero_()
        net.head.bias.copy_(torch.tensor([9.0, 0, 0, 1, 0, 0, 0, 0]))
    only_b = examples(_utterances("b", EMOTIONS[2:5], 12))
    assert validation_uar(net, FrontEnd(TINY.model.front_end), only_b) == pytest.approx(1 / 3)


def test_windows_of_an_utterance_are_averaged() -> None:
    net, front_end = EmotionNet(TINY.model), FrontEnd(TINY.model.front_end)
    one, other = examples(_utterances("a", EMOTIONS, 2))
    window, more = one.frames[0][0], other.frames[0][0]
    both = replace(one, frames=((window, more),))
    logits = predict(net, front_end, [one, replace(one, frames=((more,),)), both])
    np.testing.assert_allclose(logits[2], (logits[0] + logits[1]) / 2, atol=1e-5)
