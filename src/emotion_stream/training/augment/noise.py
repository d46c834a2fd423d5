"""Noise and other voices under the frames of a batch, drawn anew in every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from emotion_stream.training.augment.waveform import AugmentationConfig
from emotion_stream.training.network.front_end import FrontEnd

# Powers of sounds that have nothing to do with each other add up, band by band, and so do their
# autocorrelations: the mixture has the pitch of the one that is more strongly voiced at a moment.
# So what is drawn costs a fraction of a millisecond where changing the waveform would cost
# several; and no two steps hear the same. What disturbs at home barks, cries and rattles: a share
# of the noises comes and goes. And a detector of speech may take noise for it: some is heard
# before the voice begins and after it has ended (decisions 14 and 16).
#
# A sound is here a tensor of frames [..., channels, T] with powers in the place of mel levels.

_MOST_VOICES = 7
_FEWEST_VOICES = 1
_VOICE_SPREAD = 0.3  # powers of ten between the voices of a crowd: a standard deviation
_COLOURED_SHARE = 0.2  # of the noises that are not voices, where recorded ones are given too
_STEEPEST_DB = 24.0  # how far coloured noise falls from the lowest band to the highest
_FLUTTER_DB = 2.0
_MOST_TILT_DB = 12.0  # at either end of the bands of a recorded noise
_MOST_SHIFT = 6  # mel bands: the same noise of something larger or smaller
_BURST_DB = 15.0  # of the level of a burst: a standard deviation
_SHORTEST_BURST, _LONGEST_BURST = 4.0, 40.0  # frames, on average
_LONGEST_ALONE = 0.2  # of the frames, at either end
_FAINTEST = 1e-10  # power: keeps logarithms finite


class NoisyFrames:
    """Puts frames [B, channels, T] of the front end into noise; one per training."""

    def __init__(
        self,
        front_end: FrontEnd,
        config: AugmentationConfig,
        noises: Sequence[NDArray[np.float32]] = (),
    ) -> None:
        """`noises` are recordings at 16 kHz; without any, noise is coloured at random."""
        self.config, self.mels = config, front_end.config.mels
        self.prosody = front_end.config.prosody
        self.bandwidth = front_end.bandwidth[:, None]
        self.noises: Tensor | None = None  # one noise after the other: [channels, frames]
        if noises:
            with torch.no_grad():
                frames = [front_end.frames(torch.from_numpy(n)[None])[0] for n in noises]
            self.noises = self._sound(torch.cat(frames, dim=1))

    def __call__(self, frames: Tensor, generator: torch.Generator) -> Tensor:
        """A copy in which a share of the items, `noise_share`, lies in noise."""
        batch, _, size = frames.shape
        chosen = torch.rand(batch, generator=generator) < self.config.noise_share
        if not chosen.any():
            return frames
        voices, count = self._sound(frames), int(chosen.sum())
        noise = self._any_noise(count, size, generator)
        crowded = torch.rand(count, generator=generator) < self.config.voices_share
        if crowded.any():
            noise[crowded] = self._crowd(voices, int(crowded.sum()), generator)
        unsteady = torch.rand(count, 1, 1, generator=generator) < self.config.noise_unsteady_share
        bursts = torch.where(unsteady, _bursts(count, size, generator), 1.0)
        noise[:, : self.mels] *= bursts
        changed = frames.clone()
        changed[chosen] = self._mixed(voices[chosen], noise, generator)
        return changed

    def _sound(self, frames: Tensor) -> Tensor:
        return self._with_bands(frames, _power)

    def _with_bands(self, frames: Tensor, change: Callable[[Tensor], Tensor]) -> Tensor:
        """`change` of the mel bands, beside the prosody as it is."""
        return torch.cat([change(frames[..., : self.mels, :]), frames[..., self.mels :, :]], dim=-2)

    def _mixed(self, voice: Tensor, noise: Tensor, generator: torch.Generator) -> Tensor:
        """Frames of the two together, at a ratio that is drawn; the voice's ends may be silent."""
        count, _, size = voice.shape
        least, most = self.config.least_snr_db, self.config.most_snr_db
        snr_db = least + (most - least) * torch.rand(count, 1, 1, generator=generator)
        # Of the voice before its ends fall silent: they must not make the noise fainter.
        gain = self._energy(voice).mean(dim=2, keepdim=True) / 10 ** (snr_db / 10)
        gain = gain / self._energy(noise).mean(dim=2, keepdim=True).clamp(min=_FAINTEST)
        alone = torch.rand(count, 1, 1, generator=generator) < self.config.noise_alone_share
        silent = alone & _ends(count, size, generator)[:, None]
        loudness = torch.stack([torch.where(silent, 0.0, 1.0), gain.expand(-1, -1, size)], dim=1)
        together = self._together(torch.stack([voice, noise], dim=1), loudness)
        return self._with_bands(together, _levels)

    def _energy(self, sound: Tensor) -> Tensor:
        """[..., 1, T]"""
        return (sound[..., : self.mels, :] * self.bandwidth).sum(dim=-2, keepdim=True)

    def _together(self, sounds: Tensor, loudness: Tensor) -> Tensor:
        """One sound of several [B, N, channels, T], each times its loudness [B, N, 1, T]."""
        power = (sounds[:, :, : self.mels] * loudness).sum(dim=1)
        energy = self._energy(sounds) * loudness
        share = energy / (energy.sum(dim=1, keepdim=True) + _FAINTEST)
        # Both channels fade: the pitch comes weighed by the voicing, and so stays a pitch times it.
        prosody = sounds[:, :, self.mels :] * share
        strongest = prosody[:, :, :1].argmax(dim=1, keepdim=True)  # by voicing: [B, 1, 1, T]
        heard = prosody.gather(1, strongest.expand(-1, -1, self.prosody, -1))[:, 0]
        return torch.cat([power, heard], dim=1)

    def _any_noise(self, count: int, size: int, generator: torch.Generator) -> Tensor:
        """Stretches of the recorded noises, and coloured noise: [count, channels, size]."""
        coloured = _coloured(count, self.mels, size, generator)
        coloured = torch.cat([coloured, torch.zeros(count, self.prosody, size)], dim=1)
        if self.noises is None:
            return coloured
        total = self.noises.shape[1]
        start = torch.randint(total, (count, 1), generator=generator)
        stretch = self.noises[:, (start + torch.arange(size)) % total].transpose(0, 1)
        stretch = self._with_bands(stretch, lambda power: _recoloured(power, generator))
        recorded = torch.rand(count, 1, 1, generator=generator) >= _COLOURED_SHARE
        return torch.where(recorded, stretch, coloured)

    def _crowd(self, sounds: Tensor, count: int, generator: torch.Generator) -> Tensor:
        """Several voices of the batch at once, each from a moment of its own."""
        batch, channels, size = sounds.shape
        drawn = (count, _MOST_VOICES)
        who = torch.randint(batch, drawn, generator=generator)
        voices = torch.randint(_FEWEST_VOICES, _MOST_VOICES + 1, (count, 1), generator=generator)
        loudness = torch.pow(10.0, _VOICE_SPREAD * torch.randn(drawn, generator=generator))
        loudness = loudness * (torch.arange(_MOST_VOICES) < voices)
        start = torch.randint(size, drawn, generator=generator)
        moment = (start[:, :, None] + torch.arange(size)) % size
        moment = moment[:, :, None].expand(-1, -1, channels, -1)
        return self._together(sounds[who].gather(3, moment), loudness[:, :, None, None])


def _power(levels: Tensor) -> Tensor:
    return torch.pow(10.0, levels / 10)


def _levels(power: Tensor) -> Tensor:
    return 10 * torch.log10(power + _FAINTEST)


def _coloured(count: int, mels: int, size: int, generator: torch.Generator) -> Tensor:
    """Steady noise that rises or falls with the band, a little uneven in both directions."""
    slope = _STEEPEST_DB * (0.25 - 1.25 * torch.rand(count, 1, 1, generator=generator))
    levels = slope * torch.linspace(0, 1, mels)[:, None]
    levels = levels + _FLUTTER_DB * torch.randn(count, mels, 1, generator=generator)
    return _power(levels + _FLUTTER_DB * torch.randn(count, mels, size, generator=generator))


def _recoloured(noise: Tensor, generator: torch.Generator) -> Tensor:
    """Shifted along the bands and tilted, [B, mels, T]: a few recordings are many noises."""
    count, mels, size = noise.shape
    shift = torch.randint(-_MOST_SHIFT, _MOST_SHIFT + 1, (count, 1), generator=generator)
    band = (torch.arange(mels) + shift).clamp(0, mels - 1)[:, :, None].expand(-1, -1, size)
    tilt = _MOST_TILT_DB * (2 * torch.rand(count, 1, 1, generator=generator) - 1)
    return noise.gather(1, band) * _power(tilt * torch.linspace(-1, 1, mels)[:, None])


def _bursts(count: int, size: int, generator: torch.Generator) -> Tensor:
    """How much louder than itself a noise that comes and goes is at a time: [count, 1, size]."""
    span = _LONGEST_BURST / _SHORTEST_BURST
    length = _SHORTEST_BURST * span ** torch.rand(count, 1, generator=generator)  # frames
    burst = (torch.rand(count, size, generator=generator) < 1 / length).cumsum(dim=1)
    burst = burst.clamp(max=size - 1)  # a burst in every frame would count to `size`
    levels = _BURST_DB * torch.randn(count, size, generator=generator)  # of each burst
    return _power(levels.gather(1, burst))[:, None]


def _ends(count: int, size: int, generator: torch.Generator) -> Tensor:
    """True in a random stretch at the beginning and another at the end: [count, size]."""
    begin, end = _LONGEST_ALONE * size * torch.rand(2, count, 1, generator=generator)
    place = torch.arange(size)
    return torch.logical_or(place < begin, place >= size - end)


# Noise where none is recorded, and a stretch of any sound from a random place on.

Samples = NDArray[np.float32]


def from_anywhere(samples: Samples, rng: np.random.Generator, size: int) -> Samples:
    """`size` samples from a random place on, round and round."""
    start = int(rng.integers(samples.size))
    return np.take(samples, np.arange(start, start + size), mode="wrap")


def coloured_noise(rng: np.random.Generator, size: int, *, slope: float) -> Samples:
    """Noise whose power falls with frequency to the power `slope`: 0 is white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(rng.standard_normal(size))
    # No power of the frequency is finite at 0 Hz: it counts as the bin above.
    falling = np.maximum(np.arange(spectrum.size), 1) ** (-slope / 2)
    drawn = np.fft.irfft(spectrum * falling, size)
    return np.asarray(0.1 * drawn / drawn.std(), np.float32)
