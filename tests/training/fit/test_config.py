"""Any hyper-parameter can be set by its name, and a mistake says what there is."""

from __future__ import annotations

import pytest

from emotion_stream.errors import UsageError
from emotion_stream.training.fit.config import TrainingConfig, with_setting

pytestmark = pytest.mark.training


def test_changes_one_number_and_keeps_its_kind() -> None:
    config = with_setting(TrainingConfig(), "augmentation.mel_warp=0")
    assert config.augmentation.mel_warp == 0
    assert isinstance(config.augmentation.mel_warp, float)
    assert with_setting(config, "augmentation.mel_warp=0.08") == TrainingConfig()
    assert with_setting(TrainingConfig(), "fine_tuning.draws=32").fine_tuning.draws == 32


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mel_warp=0", "no such number; there is model, augmentation"),
        ("augmentation=1", "no such number"),
        ("augmentation.variants.x=1", "no such number; there is variants"),
        ("augmentation.variants=two", "variants takes a number like 2, not 'two'"),
        ("seed", "seed takes a number like 0, not ''"),
    ],
)
def test_a_mistake_is_named(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        with_setting(TrainingConfig(), text)
