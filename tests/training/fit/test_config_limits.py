"""A setting that makes no sense ends in one sentence, before anything is computed."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.training.fit.config import RULES, TrainingConfig, check, numbers, with_setting
from tests.training.fake_corpus import TINY

pytestmark = pytest.mark.training


def _with(*settings: str) -> TrainingConfig:
    config = TrainingConfig()
    for setting in settings:
        config = with_setting(config, setting)
    return config


def test_every_setting_has_its_limits() -> None:
    named = [name for rule in RULES for name in rule.names.split()]
    assert sorted(named) == sorted(numbers(TrainingConfig().as_dict()))


@pytest.mark.parametrize("config", [TrainingConfig(), TINY])
def test_the_usual_settings_are_within_them(config: TrainingConfig) -> None:
    check(config)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("batch_size=0", "batch_size is 0; it has to be at least 2"),
        ("batch_size=-3", "batch_size is -3; it has to be at least 2"),
        ("members=0", "members is 0; it has to be at least 1"),
        ("seed=-1", "seed is -1; it has to be from 0 to 4294967295"),
        ("speaker_balance=7", r"speaker_balance is 7\.0; it has to be from 0 to 1"),
        ("fine_tuning.epochs=0", "fine_tuning.epochs is 0; it has to be at least 1"),
        ("pretraining.draws=-1", "pretraining.draws is -1; it has to be at least 1"),
        ("fine_tuning.learning_rate=0", r"learning_rate is 0\.0; it has to be more than 0"),
        ("fine_tuning.learning_rate=inf", "learning_rate is inf; it has to be more than 0"),
        ("augmentation.noise_share=nan", "noise_share is nan; it has to be from 0 to 1"),
        ("model.dropout=1", r"model.dropout is 1\.0; it has to be at least 0 and below 1"),
        ("model.kernel=4", "model.kernel is 4; it has to be odd"),
        ("model.front_end.sample_rate_hz=8000", "is 8000; it has to be 16000"),
        ("model.front_end.window_samples=510", "is 510; it has to be a multiple of 4"),
        ("model.front_end.window_samples=128", "is 128; it has to be more than 246, a period"),
        ("augmentation.least_snr_db=40", r"is 40\.0, more than the 30\.0 of augmentation\.most"),
    ],
)
def test_what_makes_no_sense_is_named(setting: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check(_with(setting))


def test_two_settings_that_belong_together_are_judged_together() -> None:
    check(_with("augmentation.least_snr_db=40", "augmentation.most_snr_db=50"))
