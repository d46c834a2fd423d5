"""The front end equals librosa's MFCC and takes no notice of the microphone's gain."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from emotion_stream.training.network.front_end import FrontEnd, FrontEndConfig
from tests.sounds import noise, silence, synthetic_speech, tone

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def front_end() -> FrontEnd:
    return FrontEnd(FrontEndConfig())


@pytest.mark.parametrize("sound", [synthetic_speech(8), noise(1.0), tone(0.7)])
def test_equals_librosa(front_end: FrontEnd, sound: np.ndarray) -> None:
    import librosa

    config = front_end.config
    expected = librosa.feature.mfcc(
        y=sound,
        sr=config.sample_rate_hz,
        n_mfcc=config.coefficients,
        n_mels=config.mels,
        n_fft=config.window_samples,
        hop_length=config.hop_samples,
    )
    got = front_end.mfcc(torch.from_numpy(sound)[None])[0].numpy()
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, atol=1e-3)


@pytest.mark.parametrize("gain", [0.01, 0.3, 20.0])
def test_the_gain_cancels_out(front_end: FrontEnd, gain: float) -> None:
    sound = torch.from_numpy(0.1 * synthetic_speech(6))[None]
    torch.testing.assert_close(front_end(gain * sound), front_end(sound), atol=2e-3, rtol=0)


@pytest.mark.parametrize("samples", [1, 160, 4000, 16_001, 48_000])
def test_is_finite_for_silence_of_any_length(front_end: FrontEnd, samples: int) -> None:
    features = front_end(torch.from_numpy(silence(samples / 16_000))[None])
    assert features.shape == (
        1,
        front_end.config.channels,
        1 + samples // front_end.config.hop_samples,
    )
    assert torch.isfinite(features).all()


def test_a_recording_that_clips_is_finite(front_end: FrontEnd) -> None:
    square = torch.sign(torch.from_numpy(tone(0.5)))[None]
    assert torch.isfinite(front_end(square)).all()


@pytest.mark.parametrize("pitch_hz", [90.0, 150.0, 310.0])
def test_finds_the_pitch_of_a_voice(front_end: FrontEnd, pitch_hz: float) -> None:
    time_s = np.arange(8000) / 16_000
    sound = sum(np.sin(2 * np.pi * k * pitch_hz * time_s) / k for k in range(1, 9))
    frames = front_end.frames(torch.from_numpy(np.float32(0.1 * sound))[None])[0]
    voicing, voiced_pitch = frames[front_end.config.mels :, 10:-10].mean(dim=1).tolist()
    assert voicing > 0.7
    assert 150 * 2 ** (voiced_pitch / voicing) == pytest.approx(pitch_hz, rel=0.06)


def test_noise_is_not_voiced(front_end: FrontEnd) -> None:
    frames = front_end.frames(torch.from_numpy(noise(1.0))[None])[0]
    assert frames[front_end.config.mels].mean() < 0.4


def test_of_a_steady_change_of_the_room_only_its_colour_stays(front_end: FrontEnd) -> None:
    frames = front_end.frames(torch.from_numpy(synthetic_speech(6))[None])
    mels = front_end.config.mels
    frames[:, :mels] = frames[:, :mels].clamp(min=float(frames[:, :mels].max()) - 12)
    coloured = frames.clone()
    colour = torch.linspace(-3, 3, mels)[:, None]
    coloured[:, :mels] += colour
    heard, expected = front_end.features(coloured), front_end.features(frames)
    series = front_end.config.series
    torch.testing.assert_close(heard[:, :series], expected[:, :series], atol=2e-2, rtol=0)
    stays = heard[:, series:] - expected[:, series:]
    torch.testing.assert_close(stays, (colour / 10).expand_as(stays), atol=2e-2, rtol=0)


def test_what_is_faint_sounds_as_it_would_in_a_noisy_room(front_end: FrontEnd) -> None:
    frames = front_end.frames(torch.from_numpy(synthetic_speech(6))[None])
    mels, floor_db = front_end.config.mels, front_end.config.floor_db
    noisy = frames.clone()
    faint = float(frames[:, :mels].max()) - floor_db - 20
    noisy[:, :mels] = frames[:, :mels].clamp(min=faint)
    changed = (front_end.features(noisy) - front_end.features(frames)).abs()
    assert (noisy != frames)[:, :mels].float().mean() > 0.02
    assert changed.max() < 0.02


def test_a_higher_voice_has_the_same_melody(front_end: FrontEnd) -> None:
    frames = front_end.frames(torch.from_numpy(synthetic_speech(6))[None])
    mels = front_end.config.mels
    higher = frames.clone()
    higher[:, mels + 1] += 0.7 * frames[:, mels]  # octaves, weighed by the voicing
    torch.testing.assert_close(
        front_end.features(higher), front_end.features(frames), atol=1e-3, rtol=0
    )
