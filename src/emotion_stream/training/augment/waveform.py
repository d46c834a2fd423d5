"""Changed copies of training material, never of validation or test speakers.

Waveforms are changed once and kept (speed, room, channel); frames are changed anew in every step:
noise and voices (`augment.noise`), SpecAugment (Park et al. 2019, arXiv:1904.08779) and a warped
frequency axis (Jaitly & Hinton 2013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import soxr
import torch
from numpy.typing import NDArray
from torch import Tensor

from emotion_stream.audio.recording import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]

_LONGEST_ROOM = 2 * SAMPLE_RATE_HZ


@dataclass(frozen=True)
class AugmentationConfig:
    """How much training material is changed.

    Where no noise is given it is coloured at random; where no room is given it is simulated.
    """

    variants: int = 2  # changed copies of each window, beside the window itself
    clean_share: float = 0.5  # of what is drawn is the window itself (decision 12)
    copies_seed: int = 0  # of the copies, so that runs of other seeds find them in the cache
    least_speed_change: float = 0.03
    most_speed_change: float = 0.12  # pitch and formants move along: another voice, same emotion
    room_share: float = 0.5
    simulated_room_share: float = 0.5  # of the rooms, where measured ones are given too
    channel_share: float = 0.25  # a telephone's band, 8-bit mu-law, or a muffled microphone
    noise_share: float = 0.5  # of all that is drawn
    voices_share: float = 0.35  # of that, in other voices
    noise_unsteady_share: float = 0.5  # of that, in noise or voices that come and go
    noise_alone_share: float = 0.3  # of that, noise goes on before and after the voice
    # Strong noise changes what people hear (arXiv:2104.08806); reports ask for 0 dB all the same.
    least_snr_db: float = 0.0
    most_snr_db: float = 30.0
    mel_warp: float = 0.08
    mel_masks: int = 2
    most_masked_mels: int = 6
    time_masks: int = 2
    most_masked_frames: int = 19  # 0.3 s
    mixup_alpha: float = 0.0  # off: it lost seven points on one fold (decision 12)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """Noises and impulse responses of rooms at 16 kHz to put voices into."""

    noises: Sequence[Samples] = ()
    rooms: Sequence[Samples] = ()


def augmented_copy(
    samples: Samples, config: AugmentationConfig, around: Surroundings, rng: np.random.Generator
) -> Samples:
    """The window at another speed and perhaps in another room, through a poor channel."""
    change = rng.uniform(config.least_speed_change, config.most_speed_change)
    speed = 1 + change * rng.choice((-1, 1))
    copy: Samples = soxr.resample(samples, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ, quality="MQ")
    if rng.random() < config.room_share:
        copy = in_room(copy, _a_room(config, around, rng))
    if rng.random() < config.channel_share:
        copy = through_channel(copy, CHANNELS[int(rng.integers(len(CHANNELS)))])
    return copy


def _a_room(config: AugmentationConfig, around: Surroundings, rng: np.random.Generator) -> Samples:
    if around.rooms and rng.random() >= config.simulated_room_share:
        return around.rooms[int(rng.integers(len(around.rooms)))]
    return simulated_room(float(rng.uniform(0.15, 0.8)), float(rng.uniform(-3, 12)), rng)


def simulated_room(
    reverberation_s: float, direct_to_reverberant_db: float, rng: np.random.Generator
) -> Samples:
    """An impulse, then noise that decays by 60 dB in `reverberation_s` (Polack 1988)."""
    size = round(reverberation_s * SAMPLE_RATE_HZ)
    tail = rng.normal(size=size) * 10 ** (-3 * np.arange(size) / size)
    tail[: SAMPLE_RATE_HZ // 500] = 0.0  # 2 ms: before that the wall is too near
    tail *= 10 ** (-direct_to_reverberant_db / 20) / max(float(np.sqrt(np.sum(tail**2))), 1e-9)
    tail[0] = 1.0
    return tail.astype(np.float32)


Channel = Literal["telephone", "mu-law", "muffled"]
CHANNELS: tuple[Channel, ...] = ("telephone", "mu-law", "muffled")


def through_channel(samples: Samples, channel: Channel) -> Samples:
    """A telephone's 300 to 3400 Hz; ITU-T G.711 mu-law on top of it; or nothing above 5 kHz."""
    if channel == "muffled":
        return _band(samples, 0.0, 5000.0)
    narrow = _band(samples, 300.0, 3400.0)
    if channel == "telephone":
        return narrow
    peak = max(float(np.abs(narrow).max()), 1e-9)
    squeezed = np.sign(narrow) * np.log1p(255 * np.abs(narrow) / peak) / np.log(256)
    steps = np.round(squeezed * 127) / 127  # 8 bits: a sign and 127 steps
    loud = np.sign(steps) * (256 ** np.abs(steps) - 1) / 255
    return np.asarray(loud * peak, np.float32)


def _band(samples: Samples, lowest_hz: float, highest_hz: float) -> Samples:
    """Only the frequencies between; edges fall off within 10 %."""
    size = _fast_size(samples.size)
    spectrum = np.fft.rfft(samples, size)
    frequency_hz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ)
    gain = np.clip((1.1 * highest_hz - frequency_hz) / (0.1 * highest_hz), 0, 1)
    if lowest_hz:
        gain *= np.clip((frequency_hz - 0.9 * lowest_hz) / (0.1 * lowest_hz), 0, 1)
    return np.asarray(np.fft.irfft(spectrum * gain, size)[: samples.size], np.float32)


def in_room(samples: Samples, response: Samples) -> Samples:
    """Convolved with an impulse response, aligned to its direct sound, of the same length.

    What comes more than two seconds after the direct sound is left out: nobody hears it.
    """
    direct = int(np.abs(response).argmax())
    response = response[: direct + _LONGEST_ROOM]
    size = _fast_size(samples.size + response.size - 1)
    spectrum = np.fft.rfft(samples, size) * np.fft.rfft(response, size)
    wet = np.fft.irfft(spectrum, size)[direct : direct + samples.size]
    # At half of full scale, where nothing clips: the level itself cancels out in the front end.
    return np.asarray(wet / max(float(np.abs(wet).max()), 1e-9) * 0.5, np.float32)


def _fast_size(size: int) -> int:
    """A size not below `size` that takes little time to transform: 3 or 4 times a power of two."""
    power = 1 << max(0, size - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= size else power


def augmented_frames(
    frames: Tensor, mels: int, config: AugmentationConfig, generator: torch.Generator
) -> Tensor:
    """Warp and mask the mel levels of a batch [B, channels, T]; prosody is masked in time only."""
    levels, prosody = frames[:, :mels], frames[:, mels:]
    if config.mel_warp:
        levels = _warped(levels, config.mel_warp, generator)
    # Masked by the mean, as in SpecAugment, whose levels have a mean of zero; prosody as unvoiced.
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
