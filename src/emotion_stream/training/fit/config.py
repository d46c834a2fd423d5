"""Every number a training run depends on, and within which limits it makes sense."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, NamedTuple

from emotion_stream.audio.recording import SAMPLE_RATE_HZ
from emotion_stream.errors import UsageError
from emotion_stream.training.augment.waveform import AugmentationConfig
from emotion_stream.training.network.front_end import FrontEndConfig
from emotion_stream.training.network.model import ModelConfig


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


class Rule(NamedTuple):
    """What is asked of some settings, in words and as a test; `names` are dotted."""

    words: str
    holds: Callable[[float], bool]
    names: str


RULES: Sequence[Rule] = (
    Rule(
        "at least 1",
        lambda value: value >= 1,
        "members crop_frames pretraining.epochs pretraining.draws fine_tuning.epochs "
        "fine_tuning.draws model.width model.squeeze model.local model.embedding model.strides "
        "model.front_end.hop_samples model.front_end.coefficients model.front_end.delta_frames",
    ),
    Rule("at least 2", lambda value: value >= 2, "batch_size model.front_end.mels"),
    Rule(
        "at least 0",
        lambda value: value >= 0,
        "weight_decay augmentation.variants augmentation.copies_seed augmentation.mixup_alpha "
        "augmentation.mel_masks augmentation.time_masks augmentation.most_masked_mels "
        "augmentation.most_masked_frames",
    ),
    Rule(
        "more than 0",
        lambda value: value > 0,
        "pretraining.learning_rate fine_tuning.learning_rate model.front_end.floor_db",
    ),
    Rule(
        "from 1 to 8000",
        lambda value: 1 <= value <= SAMPLE_RATE_HZ / 2,
        "model.front_end.lowest_pitch_hz model.front_end.highest_pitch_hz",
    ),
    Rule(
        "from 0 to 1",
        lambda value: 0 <= value <= 1,
        "other_share speaker_balance label_smoothing ema_decay augmentation.clean_share "
        "augmentation.room_share augmentation.simulated_room_share augmentation.channel_share "
        "augmentation.noise_share augmentation.voices_share augmentation.noise_unsteady_share "
        "augmentation.noise_alone_share",
    ),
    Rule(
        "at least 0 and below 1",
        lambda value: 0 <= value < 1,
        "model.dropout augmentation.least_speed_change augmentation.most_speed_change "
        "augmentation.mel_warp",
    ),
    Rule(
        "from -100 to 100",
        lambda value: -100 <= value <= 100,
        "augmentation.least_snr_db augmentation.most_snr_db",
    ),
    Rule("from 0 to 4294967295", lambda value: 0 <= value < 2**32, "seed"),
    Rule("odd and at least 1", lambda value: value >= 1 and value % 2 == 1, "model.kernel"),
    Rule(
        "a multiple of 4 and at least 4",  # its Fourier transform is folded twice
        lambda value: value >= 4 and value % 4 == 0,
        "model.front_end.window_samples",
    ),
    Rule(
        f"{SAMPLE_RATE_HZ}",
        lambda value: value == SAMPLE_RATE_HZ,
        "model.front_end.sample_rate_hz",
    ),
)

_ORDERED = (
    ("augmentation.least_speed_change", "augmentation.most_speed_change"),
    ("augmentation.least_snr_db", "augmentation.most_snr_db"),
    ("model.front_end.coefficients", "model.front_end.mels"),
    ("model.front_end.lowest_pitch_hz", "model.front_end.highest_pitch_hz"),
)
_PERIOD = ("window_samples", "lowest_pitch_hz")


def check(config: TrainingConfig) -> None:
    """Raises UsageError naming a setting that is out of its limits, its value and what may be."""
    values = numbers(config.as_dict())
    for rule in RULES:
        for name in rule.names.split():
            for value in values[name]:
                if not (rule.holds(value) and math.isfinite(value)):
                    raise UsageError(f"{name} is {value}; it has to be {rule.words}.")
    for lower, upper in _ORDERED:
        if values[lower] > values[upper]:
            raise UsageError(
                f"{lower} is {values[lower][0]}, more than the {values[upper][0]} of {upper}; it "
                "has to be at most that."
            )
    (window,), (lowest,) = (values[f"model.front_end.{n}"] for n in _PERIOD)
    if window <= SAMPLE_RATE_HZ / lowest:
        raise UsageError(
            f"model.front_end.window_samples is {window}; it has to be more than "
            f"{SAMPLE_RATE_HZ / lowest:.0f}, a period of the lowest_pitch_hz of {lowest}."
        )


def numbers(settings: Mapping[str, Any], before: str = "") -> dict[str, tuple[float, ...]]:
    """Every number of `TrainingConfig.as_dict` by its dotted name; several of one in its order."""
    return dict(_numbers(settings, before))


def _numbers(settings: Mapping[str, Any], before: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{before}{name}.")
        else:
            yield before + name, value if isinstance(value, tuple) else (value,)
