"""Every number a training run depends on, in one place; it is written into the run folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

from emotion_stream.errors import UsageError
from emotion_stream.training.augmentation import AugmentationConfig
from emotion_stream.training.front_end import FrontEndConfig
from emotion_stream.training.model import ModelConfig


@dataclass(frozen=True)
class StageConfig:
    """One stretch of training: one cycle of the learning rate (Smith & Topin 2017)."""

    epochs: int
    learning_rate: float
    draws: int  # examples drawn per epoch


@dataclass(frozen=True)
class TrainingConfig:
    """The whole recipe: pre-train on every other corpus, then fine-tune on the target."""

    model: ModelConfig = field(default_factory=ModelConfig)
    augmentation: AugmentationConfig = field(default_factory=AugmentationConfig)
    pretraining: StageConfig = StageConfig(epochs=28, learning_rate=2e-3, draws=7680)
    fine_tuning: StageConfig = StageConfig(epochs=90, learning_rate=2e-3, draws=1600)
    crop_frames: int = 160  # 2.5 s of a window are seen in a step; shorter ones are repeated
    members: int = 1  # networks trained from different seeds, side by side in one model
    other_share: float = 0.3  # of a fine-tuning epoch comes from the other corpora
    speaker_balance: float = 0.0  # 0.5 draws speakers by the root of their utterances
    batch_size: int = 32
    weight_decay: float = 0.05
    label_smoothing: float = 0.1
    ema_decay: float = 0.995
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:  # Any: what JSON can hold
        return asdict(self)


def with_setting(config: TrainingConfig, text: str) -> TrainingConfig:
    """`config` with one number changed, as `augmentation.mel_warp=0`. Raises UsageError."""
    path, _, value = text.partition("=")
    changed: TrainingConfig = _changed(config, path.split("."), value, text)
    return changed


def _changed(part: Any, path: list[str], value: str, text: str) -> Any:  # Any: part of a config
    name, rest = path[0], path[1:]
    known = {each.name: getattr(part, each.name) for each in fields(part)}
    now = known.get(name)
    if rest and is_dataclass(now):
        return replace(part, **{name: _changed(now, rest, value, text)})
    if rest or not isinstance(now, int | float):
        raise UsageError(f"--set {text}: no such number; there is {', '.join(known)}.")
    try:
        return replace(part, **{name: type(now)(value)})
    except ValueError:
        raise UsageError(
            f"--set {text}: {name} takes a number like {now}, not {value!r}."
        ) from None


def model_config_from(saved: dict[str, Any]) -> ModelConfig:
    """Read back the `model` part of `TrainingConfig.as_dict` after it went through JSON."""
    rest = {key: value for key, value in saved.items() if key != "front_end"}
    rest["strides"] = tuple(rest["strides"])
    return ModelConfig(front_end=FrontEndConfig(**saved["front_end"]), **rest)
