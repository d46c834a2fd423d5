"""Changed copies of training material, never of validation or test speakers.

Waveforms are changed once and kept (speed, noise, room); frames are changed anew in every epoch
(SpecAugment, Park et al. 2019, arXiv:1904.08779; a warped frequency axis, Jaitly & Hinton 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soxr
import torch
from numpy.typing import NDArray
from torch import Tensor

from emotion_stream.audio.recording import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class AugmentationConfig:
    """How much training material is changed. Noise and rooms count only where some are given."""

    variants: int = 2  # changed copies of each window, beside the window itself
    least_speed_change: float = 0.03
    most_speed_change: float = 0.12  # pitch and formants move along: another voice, same emotion
    noise_share: float = 0.5
    least_snr_db: float = 10.0  # stronger noise changes what people hear (arXiv:2104.08806)
    most_snr_db: float = 30.0
    room_share: float = 0.3
    mel_warp: float = 0.08
    mel_masks: int = 2
    most_masked_mels: int = 6
    time_masks: int = 2
    most_masked_frames: int = 30
    mixup_alpha: float = 0.0  # 0 is off


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Noises and impulse responses of rooms at 16 kHz to put voices into."""

    noises: Sequence[Samples] = ()
    rooms: Sequence[Samples] = ()


def changed_copy(
    samples: Samples, config: AugmentationConfig, around: Surroundings, rng: np.random.Generator
) -> Samples:
    """The window at another speed and perhaps in another room and in noise."""
    change = rng.uniform(config.least_speed_change, config.most_speed_change)
    speed = 1 + change * rng.choice((-1, 1))
    copy: Samples = soxr.resample(samples, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ, quality="MQ")
    if around.rooms and rng.random() < config.room_share:
        copy = in_room(copy, around.rooms[int(rng.integers(len(around.rooms)))])
    if around.noises and rng.random() < config.noise_share:
        noise = around.noises[int(rng.integers(len(around.noises)))]
        start = int(rng.integers(noise.size))
        snr_db = float(rng.uniform(config.least_snr_db, config.most_snr_db))
        copy = with_noise(copy, np.roll(noise, -start), snr_db)
    return copy


def in_room(samples: Samples, response: Samples) -> Samples:
    """Convolved with an impulse response, aligned to its direct sound, of the same length."""
    size = samples.size + response.size - 1
    direct = int(np.abs(response).argmax())
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    wet = np.fft.irfft(spectrum, size)[direct : direct + samples.size]
    return np.asarray(wet / max(float(np.abs(wet).max()), 1e-9) * 0.5, np.float32)


def with_noise(samples: Samples, noise: Samples, snr_db: float) -> Samples:
    """With `noise`, repeated to the length, `snr_db` below the samples."""
    repeated = np.resize(noise, samples.size)
    power, noise_power = float(np.mean(samples**2)), float(np.mean(repeated**2))
    if noise_power == 0:
        return samples
    gain = np.sqrt(power / noise_power / 10 ** (snr_db / 10))
    return np.asarray(samples + gain * repeated, np.float32)


def changed_frames(
    frames: Tensor, mels: int, config: AugmentationConfig, generator: torch.Generator
) -> Tensor:
    """Warp and mask the mel levels of a batch [B, channels, T]; prosody is masked in time only."""
    levels, prosody = frames[:, :mels], frames[:, mels:]
    if config.mel_warp:
        levels = _warped(levels, config.mel_warp, generator)
    average = levels.mean(dim=(1, 2), keepdim=True)
    mel_mask = _masks(levels.shape[0], mels, config.mel_masks, config.most_masked_mels, generator)
    time_mask = _masks(
        levels.shape[0], levels.shape[2], config.time_masks, config.most_masked_frames, generator
    )
    levels = torch.where(mel_mask[:, :, None] | time_mask[:, None], average, levels)
    prosody = prosody.masked_fill(time_mask[:, None], 0.0)
    return torch.cat([levels, prosody], dim=1)


def _masks(batch: int, size: int, count: int, longest: int, generator: torch.Generator) -> Tensor:
    """True inside `count` random stretches of at most `longest`: [batch, size]."""
    width = (torch.rand(batch, count, 1, generator=generator) * (longest + 1)).floor()
    start = (torch.rand(batch, count, 1, generator=generator) * (size - width)).floor()
    place = torch.arange(size)
    return ((place >= start) & (place < start + width)).any(dim=1)


def _warped(levels: Tensor, most: float, generator: torch.Generator) -> Tensor:
    """Stretch the mel axis of each item by up to `most`, as another vocal tract would."""
    batch, mels, _ = levels.shape
    stretch = 1 + most * (2 * torch.rand(batch, 1, generator=generator) - 1)
    place = (torch.arange(mels) * stretch).clamp(0, mels - 1)
    below = place.floor().long().clamp(max=mels - 2)
    weight = (place - below)[:, :, None]
    mix = torch.zeros(batch, mels, mels)
    mix.scatter_(2, below[:, :, None], 1 - weight)
    mix.scatter_(2, below[:, :, None] + 1, weight)
    return mix @ levels
