"""Channels: what is decoded again sounds as it would at the other end."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.decoding import decode
from emotion_stream.training.evaluate import corruptions
from tests.sounds import Samples, noise, tone

pytestmark = pytest.mark.training


def _decoded(source: bytes) -> Samples:
    return np.concatenate(list(decode(source, max_duration_s=60)))


def _power_above(samples: Samples, frequency_hz: float) -> float:
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    first = round(frequency_hz / 8000 * (spectrum.size - 1))
    return float(spectrum[first:].sum() / spectrum.sum())


def test_a_telephone_carries_nothing_above_4_khz() -> None:
    recording = corruptions.band_limited(noise(1.0))
    assert (recording.sample_rate_hz, recording.samples.size) == (8_000, 8_000)
    assert _power_above(_decoded(corruptions.mu_law(noise(1.0))), 4_200) < 0.01


def test_mu_law_adds_some_noise_and_no_more() -> None:
    sound = tone(1.0, peak=0.3)
    heard = _decoded(corruptions.mu_law(sound))
    middle = slice(2_000, 14_000)
    error = np.mean((heard[middle] - sound[middle]) ** 2) / np.mean(sound**2)
    assert 1e-5 < error < 1e-3  # about 38 dB


def test_opus_keeps_to_its_bit_rate_and_length() -> None:
    file = corruptions.opus(noise(3.0))
    assert file.startswith(b"OggS")
    assert 3_000 < len(file) < 12_000  # 6,000 at 16 kbit/s
    assert abs(_decoded(file).size - 48_000) < 1_600
