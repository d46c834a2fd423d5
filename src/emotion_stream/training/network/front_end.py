"""From waveform to MFCC inside the model: training and the ONNX file compute the same.

The short-time Fourier transform is four products with fixed bases, so that it exports without loss:
a frame folded about its middle, twice, needs a quarter of the multiplications of the plain basis.
The cepstrum (Davis & Mermelstein 1980, doi:10.1109/TASSP.1980.1163420) equals that of
`librosa.feature.mfcc` with the settings of `FrontEndConfig`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

_DYNAMIC_RANGE_DB = 80.0  # librosa.power_to_db: what lies further below the loudest is cut off
_POWER_FLOOR = 1e-10  # the `amin` of librosa.power_to_db, so that quiet sounds agree too
_ENERGY_FLOOR = 1e-9  # of silence: keeps a division by it finite
# A period twice as long fits as well: the shorter one is preferred. The three values gave the
# fewest octave errors against pYIN on eleven RAVDESS clips.
_OVERLAP_MADE_GOOD = 0.6
_OCTAVE_COST = 0.05
_PITCH_SHARPNESS = 100.0
_LEAST_VOICED = 1e-3  # frames: without a voice there is no pitch to compare with
_NEPER_DB = 10 / math.log(10)  # of power


@dataclass(frozen=True)
class FrontEndConfig:
    """Settings of the front end; changing one changes the meaning of trained weights."""

    sample_rate_hz: int = 16_000
    window_samples: int = 512  # 32 ms
    hop_samples: int = 256  # 16 ms: fewer multiplications than every 10 (decision 14)
    mels: int = 40
    coefficients: int = 40
    delta_frames: int = 2  # on each side, as in HTK
    floor_db: float = 45.0  # below the loudest moment of any band everything sounds alike
    lowest_pitch_hz: float = 65.0
    highest_pitch_hz: float = 500.0

    @property
    def prosody(self) -> int:
        """Voicing and pitch, one channel each."""
        return 2

    def frames_in(self, duration_s: float) -> int:
        """Frames of a sound: they are centred, and the first lies at its beginning."""
        return 1 + round(duration_s * self.sample_rate_hz) // self.hop_samples

    @property
    def frame_channels(self) -> int:
        """Channels of `FrontEnd.frames`: mel levels and prosody."""
        return self.mels + self.prosody

    @property
    def series(self) -> int:
        """The first of the channels: MFCC, prosody, and the deltas of both."""
        return 2 * (self.coefficients + self.prosody)

    @property
    def channels(self) -> int:
        """Channels the network sees: the series, and the mel levels the MFCC are made of."""
        return self.series + self.mels


def _bins(size: int) -> NDArray[np.int64]:
    """The order in which the spectrum is computed: even bins, then odd ones."""
    # As the products of `power` come out. The filters below have their rows in this order instead,
    # and no spectrum is ever put back into its own.
    return np.concatenate([np.arange(0, size // 2 + 1, 2), np.arange(1, size // 2, 2)])


def _fourier_bases(size: int) -> dict[str, NDArray[np.float32]]:
    """For a windowed frame folded twice, see `FrontEnd.power`: each [samples left, bins].

    With h = size / 2, cos(2 pi k n / size) is the same at n and size - n and, but for the sign of
    an odd k, at n and h - n; sin changes its sign at the first and, for an even k, at the second.
    """
    quarter = size // 4
    even, odd = np.arange(0, 2 * quarter + 1, 2), np.arange(1, 2 * quarter, 2)
    angle = 2 * np.pi / size
    bases = {
        "cosine_even": np.cos(angle * np.outer(np.arange(quarter + 1), even)),
        "cosine_odd": np.cos(angle * np.outer(np.arange(quarter), odd)),
        "sine_even": np.sin(angle * np.outer(np.arange(1, quarter), even)),
        "sine_odd": np.sin(angle * np.outer(np.arange(1, quarter + 1), odd)),
    }
    return {name: basis.astype(np.float32) for name, basis in bases.items()}


def _hann(size: int) -> NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)


def _mel_of_hz(frequency_hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slaney's scale: linear below 1 kHz, logarithmic above."""
    linear = frequency_hz * 3 / 200
    logarithmic = 15 + np.log(np.maximum(frequency_hz, 1.0) / 1000) * 27 / math.log(6.4)
    return np.where(frequency_hz < 1000, linear, logarithmic)


def _hz_of_mel(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * math.log(6.4) / 27))


def _mel_edges_hz(config: FrontEndConfig) -> NDArray[np.float64]:
    top_mel = _mel_of_hz(np.array(config.sample_rate_hz / 2))
    return _hz_of_mel(np.linspace(0.0, float(top_mel), config.mels + 2))


def _mel_filters(config: FrontEndConfig) -> NDArray[np.float32]:
    """Triangles of equal area, bins as in `_bins`: [mels, window_samples // 2 + 1]."""
    nyquist_hz = config.sample_rate_hz / 2
    edges_hz = _mel_edges_hz(config)
    bins_hz = np.linspace(0, nyquist_hz, config.window_samples // 2 + 1)
    rising = (bins_hz - edges_hz[:-2, None]) / np.diff(edges_hz)[:-1, None]
    falling = (edges_hz[2:, None] - bins_hz) / np.diff(edges_hz)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    area = 2 / (edges_hz[2:] - edges_hz[:-2])
    return (triangles * area[:, None])[:, _bins(config.window_samples)].astype(np.float32)


def _bandwidths_hz(config: FrontEndConfig) -> NDArray[np.float32]:
    """By which the power in a band is multiplied to give its energy: [mels]."""
    edges_hz = _mel_edges_hz(config)
    return ((edges_hz[2:] - edges_hz[:-2]) / 2).astype(np.float32)


def _cosine_transform(coefficients: int, mels: int) -> NDArray[np.float32]:
    """Orthonormal DCT-II: [coefficients, mels]."""
    angle = np.pi * np.outer(np.arange(coefficients), np.arange(mels) + 0.5) / mels
    basis = np.cos(angle) * math.sqrt(2 / mels)
    basis[0] /= math.sqrt(2)
    return basis.astype(np.float32)


def _autocorrelation_basis(config: FrontEndConfig, lags: NDArray[np.int64]) -> NDArray[np.float32]:
    """From a power spectrum to autocorrelation at `lags`: [lags, window_samples // 2 + 1]."""
    bins = _bins(config.window_samples)
    # Wiener-Khinchin: the cosine transform of a power spectrum is the autocorrelation.
    basis = 2 * np.cos(2 * np.pi * np.outer(lags, bins) / config.window_samples)
    # Every other bin stands for a negative frequency as well.
    basis[:, (bins == 0) | (bins == config.window_samples // 2)] /= 2
    return (basis / config.window_samples).astype(np.float32)


def _window_autocorrelation(size: int, lags: NDArray[np.int64]) -> NDArray[np.float64]:
    """How much of itself a Hann window overlaps at each lag (Boersma 1993)."""
    spectrum = np.fft.rfft(_hann(size), 2 * size)
    whole: NDArray[np.float64] = np.fft.irfft(np.abs(spectrum) ** 2)
    share: NDArray[np.float64] = whole[lags] / whole[0]
    return share


class FrontEnd(nn.Module):
    """Waveform [batch, samples] to features [batch, channels, frames].

    Two steps, so that the first can be computed once and kept: `frames` (mel levels in dB and
    prosody) and `features` (cepstrum, deltas, mean subtraction). The gain of the microphone
    cancels out in both.
    """

    window: Tensor
    cosine_even: Tensor
    cosine_odd: Tensor
    sine_even: Tensor
    sine_odd: Tensor
    mel: Tensor
    bandwidth: Tensor
    cosine: Tensor
    lag: Tensor
    octave_cost: Tensor
    pitch: Tensor
    delta: Tensor

    def __init__(self, config: FrontEndConfig) -> None:
        super().__init__()
        self.config = config
        rate = config.sample_rate_hz
        lags = np.arange(
            int(rate / config.highest_pitch_hz), int(rate / config.lowest_pitch_hz) + 1
        )
        # A windowed voice correlates less with itself at long lags, because less of it overlaps:
        # divided by that, a low voice is as voiced as a high one (Boersma 1993).
        overlap = _window_autocorrelation(config.window_samples, lags) ** _OVERLAP_MADE_GOOD
        lag_basis = _autocorrelation_basis(config, lags) / overlap[:, None]
        side = np.arange(-config.delta_frames, config.delta_frames + 1)
        channels = config.series // 2
        for name, values in {
            "window": _hann(config.window_samples).astype(np.float32),
            **_fourier_bases(config.window_samples),
            "mel": _mel_filters(config),
            "bandwidth": _bandwidths_hz(config),
            "cosine": _cosine_transform(config.coefficients, config.mels),
            "lag": lag_basis.astype(np.float32),
            "octave_cost": (_OCTAVE_COST * np.log2(lags / lags[0])).astype(np.float32)[:, None],
            "pitch": np.log2(rate / lags / 150.0).astype(np.float32),  # octaves above 150 Hz
            "delta": np.tile((side / (side**2).sum()).astype(np.float32), (channels, 1, 1)),
        }.items():
            # Follows from the settings: a checkpoint holds only what was learned.
            self.register_buffer(name, torch.from_numpy(values), persistent=False)

    def _framed(self, waveform: Tensor) -> Tensor:
        """Centred, windowed frames: [batch, frames, window_samples]."""
        window, hop = self.config.window_samples, self.config.hop_samples
        blocks = -(-window // hop)  # a frame lies in so many hops
        padded = functional.pad(waveform, (window // 2, blocks * hop - window // 2))
        whole = padded[:, : padded.shape[1] // hop * hop].reshape(waveform.shape[0], -1, hop)
        count = whole.shape[1] - blocks + 1
        parts = [whole[:, first : first + count] for first in range(blocks)]
        return torch.cat(parts, dim=2)[:, :, :window] * self.window

    def power(self, waveform: Tensor) -> Tensor:
        """Power spectrum, frames centred, even bins before odd ones: [batch, bins, frames]."""
        frames = self._framed(waveform)  # (B, T, 512); its first sample is 0, as the window is
        half, quarter = self.config.window_samples // 2, self.config.window_samples // 4
        first, mirrored = frames[:, :, 1:half], frames[:, :, half + 1 :].flip(2)
        ends = frames[:, :, :1], frames[:, :, half : half + 1]
        cosine = torch.cat([ends[0], first + mirrored, ends[1]], dim=2)  # (B, T, 257)
        sine = first - mirrored  # (B, T, 255)
        low, high = cosine[:, :, :quarter], cosine[:, :, quarter + 1 :].flip(2)
        real_even = torch.cat([low + high, cosine[:, :, quarter : quarter + 1]], dim=2)
        real = torch.cat([real_even @ self.cosine_even, (low - high) @ self.cosine_odd], dim=2)
        low, high = sine[:, :, : quarter - 1], sine[:, :, quarter:].flip(2)
        imaginary_odd = torch.cat([low + high, sine[:, :, quarter - 1 : quarter]], dim=2)
        imaginary = torch.cat([(low - high) @ self.sine_even, imaginary_odd @ self.sine_odd], dim=2)
        return (real * real + imaginary * imaginary).transpose(1, 2)

    def _levels(self, power: Tensor) -> Tensor:
        """Mel levels in dB: [batch, mels, frames]."""
        mel = functional.conv1d(power, self.mel[:, :, None])
        levels = 10 * torch.log10(torch.clamp(mel, min=_POWER_FLOOR))
        loudest = levels.amax(dim=(1, 2), keepdim=True)
        return torch.maximum(levels, loudest - _DYNAMIC_RANGE_DB)

    def _prosody(self, power: Tensor) -> Tensor:
        """Voicing (0 to 1) and voiced pitch (octaves around 150 Hz): [batch, 2, frames]."""
        energy = power.mean(dim=1, keepdim=True)
        correlation = functional.conv1d(power, self.lag[:, :, None])
        # A share of the usual energy beside that of the frame: faint noise in a pause, however
        # periodic by chance, is hardly voiced.
        correlation = correlation / (energy + energy.mean(dim=2, keepdim=True) * 1e-3 + 1e-9)
        preferred = _PITCH_SHARPNESS * (correlation - self.octave_cost)
        best = functional.softmax(preferred, dim=1)  # a soft argmax over the lags
        voicing = (best * correlation).sum(dim=1, keepdim=True).clamp(0, 1)
        pitch = (best * self.pitch[:, None]).sum(dim=1, keepdim=True)
        return torch.cat([voicing, pitch * voicing], dim=1)

    def frames(self, waveform: Tensor) -> Tensor:
        """Mel levels in dB and prosody: [batch, frame_channels, frames]."""
        centred = waveform - waveform.mean(dim=1, keepdim=True)
        # Before any floor is applied: they are absolute, and a quiet microphone would fall below.
        level = (centred * centred).mean(dim=1, keepdim=True)
        power = self.power(centred / torch.sqrt(level + _ENERGY_FLOOR))
        return torch.cat([self._levels(power), self._prosody(power)], dim=1)

    def mfcc(self, waveform: Tensor) -> Tensor:
        """Plain cepstral coefficients of the waveform as it is: [batch, coefficients, frames]."""
        return functional.conv1d(self._levels(self.power(waveform)), self.cosine[:, :, None])

    def features(self, frames: Tensor) -> Tensor:
        """MFCC less their mean over the utterance, voicing, pitch, all deltas, and mel levels.

        The mean goes, because it holds microphone and room; the deviation stays, because it holds
        how lively the voice is. What is faint melts into one floor, as it does in a noisy room.
        The pitch is from its own mean. The mel levels are from the mean of all of them: what the
        voice is like as a whole stays in them, and with it some of the microphone.
        """
        levels, prosody = frames[:, : self.config.mels], frames[:, self.config.mels :]
        floor = levels.amax(dim=(1, 2), keepdim=True) - self.config.floor_db
        # In powers this is an addition: softplus in these units gives 10 log10(power + floor), as
        # if a steady noise of that level lay under everything.
        levels = floor + _NEPER_DB * functional.softplus((levels - floor) / _NEPER_DB)
        cepstrum = functional.conv1d(levels, self.cosine[:, :, None])
        cepstrum = (cepstrum - cepstrum.mean(dim=2, keepdim=True)) / 10
        static = torch.cat([cepstrum, self._relative(prosody)], dim=1)
        local = (levels - levels.mean(dim=(1, 2), keepdim=True)) / 10
        return torch.cat([static, self._deltas(static), local], dim=1)

    @staticmethod
    def _relative(prosody: Tensor) -> Tensor:
        """Voicing, and pitch from the utterance's own: how high a voice lies tells who speaks."""
        voicing, pitch = prosody[:, :1], prosody[:, 1:]  # the pitch is weighed by the voicing
        weight = (voicing * voicing).sum(dim=2, keepdim=True) + _LEAST_VOICED
        usual = (voicing * pitch).sum(dim=2, keepdim=True) / weight
        return torch.cat([voicing, pitch - usual * voicing], dim=1)

    def _deltas(self, static: Tensor) -> Tensor:
        """Slope over `delta_frames` on each side, by regression; beyond the ends lies the mean."""
        padding, groups = self.config.delta_frames, self.delta.shape[0]
        return functional.conv1d(static, self.delta, padding=padding, groups=groups)

    def forward(self, waveform: Tensor) -> Tensor:
        return self.features(self.frames(waveform))
