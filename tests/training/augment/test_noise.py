"""Frames in noise look as the front end hears a noisy waveform, and only those that were drawn."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from emotion_stream.training.augment import noise as augment_noise
from emotion_stream.training.augment.noise import NoisyFrames
from emotion_stream.training.augment.waveform import AugmentationConfig
from emotion_stream.training.network.front_end import FrontEnd, FrontEndConfig
from tests.sounds import noise, resampled, synthetic_speech

pytestmark = pytest.mark.training

_MELS = 40


@pytest.fixture(scope="module")
def front_end() -> FrontEnd:
    return FrontEnd(FrontEndConfig())


def _always(
    snr_db: float, *, voices: float = 0.0, unsteady: float = 0.0, alone: float = 0.0
) -> AugmentationConfig:
    return AugmentationConfig(
        noise_share=1.0,
        voices_share=voices,
        noise_unsteady_share=unsteady,
        noise_alone_share=alone,
        least_snr_db=snr_db,
        most_snr_db=snr_db,
    )


def _frames(front_end: FrontEnd, samples: np.ndarray) -> torch.Tensor:
    return front_end.frames(torch.from_numpy(samples)[None])


def _sound(front_end: FrontEnd, samples: np.ndarray) -> torch.Tensor:
    """Frames with powers in the place of levels."""
    frames = _frames(front_end, samples)
    return torch.cat([10 ** (frames[:, :_MELS] / 10), frames[:, _MELS:]], dim=1)


def _energy(front_end: FrontEnd, frames: torch.Tensor) -> torch.Tensor:
    power = 10 ** (frames[:, :_MELS] / 10)
    return (power * front_end.bandwidth[:, None]).sum(dim=1)


@pytest.mark.parametrize("snr_db", [0.0, 10.0])
def test_added_to_frames_it_is_what_the_front_end_hears_of_a_noisy_waveform(
    front_end: FrontEnd, snr_db: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(augment_noise, "_recoloured", lambda noise, generator: noise)
    voice, hiss = synthetic_speech(6), noise(3.0)
    voice, hiss = (part - part.mean() for part in (voice[:48_000], hiss[: voice.size]))
    gain = np.sqrt(np.mean(voice**2) / np.mean(hiss**2) / 10 ** (snr_db / 10))
    heard = _frames(front_end, np.asarray(voice + gain * hiss[: voice.size], np.float32))
    mixed = NoisyFrames(front_end, _always(snr_db), [hiss])
    mixed.noises = _sound(front_end, hiss)[0]  # the same noise
    got = torch.stack(
        [
            mixed(_frames(front_end, voice), torch.Generator().manual_seed(seed))[0]
            for seed in range(20)
        ]
    )
    centred = [levels[..., :_MELS, :] - levels[..., :_MELS, :].mean() for levels in (got, heard)]
    nearest = (centred[0] - centred[1]).abs().mean(dim=(1, 2)).min()
    clean = _frames(front_end, voice)[:, :_MELS]
    assert nearest < 3.5 < (clean - clean.mean() - centred[1]).abs().mean()
    voicing = (got[:, _MELS] - heard[:, _MELS]).abs().mean()
    assert voicing < 0.1


@pytest.mark.parametrize("unsteady", [0.0, 1.0])
@pytest.mark.parametrize("voices", [0.0, 1.0])
def test_the_noise_has_the_level_that_was_asked_for(
    front_end: FrontEnd, voices: float, unsteady: float
) -> None:
    frames = torch.cat([_frames(front_end, synthetic_speech(3)[:48_000])] * 4)
    in_noise = NoisyFrames(front_end, _always(10.0, voices=voices, unsteady=unsteady), [noise(2.0)])
    changed = in_noise(frames, torch.Generator().manual_seed(3))
    before = _energy(front_end, frames)
    added = _energy(front_end, changed) - before
    ratio_db = 10 * torch.log10(before.mean(dim=1) / added.mean(dim=1))
    torch.testing.assert_close(ratio_db, torch.full((4,), 10.0), atol=0.05, rtol=0)


def test_a_share_of_the_items_is_changed_and_the_rest_is_as_it_was(front_end: FrontEnd) -> None:
    frames = torch.randn(400, _MELS + 2, 20, generator=torch.Generator().manual_seed(0))
    config = AugmentationConfig(noise_share=0.25)
    changed = NoisyFrames(front_end, config)(frames, torch.Generator().manual_seed(1))
    touched = (changed != frames).any(dim=(1, 2))
    assert 0.15 < touched.float().mean() < 0.35
    assert (changed[:, :_MELS][touched] != frames[:, :_MELS][touched]).float().mean() > 0.9


def test_without_a_share_nothing_is_changed(front_end: FrontEnd) -> None:
    frames = torch.randn(8, _MELS + 2, 20)
    in_noise = NoisyFrames(front_end, AugmentationConfig(noise_share=0.0))
    assert in_noise(frames, torch.Generator()) is frames


def test_the_same_seed_draws_the_same_noise(front_end: FrontEnd) -> None:
    frames = torch.randn(8, _MELS + 2, 50)
    in_noise = NoisyFrames(front_end, AugmentationConfig(noise_share=0.7), [noise(1.0)])
    first, again, other = (
        in_noise(frames, torch.Generator().manual_seed(seed)) for seed in (4, 4, 5)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_silence_stays_finite(front_end: FrontEnd) -> None:
    silent = _frames(front_end, np.zeros(16_000, np.float32))
    config = _always(5.0, voices=0.5)
    changed = NoisyFrames(front_end, config, [np.zeros(8_000, np.float32)])(
        silent.repeat(6, 1, 1), torch.Generator().manual_seed(0)
    )
    assert torch.isfinite(changed).all()


def test_a_voice_in_noise_is_less_voiced(front_end: FrontEnd) -> None:
    frames = _frames(front_end, synthetic_speech(3)[:48_000])
    changed = NoisyFrames(front_end, _always(0.0))(frames, torch.Generator().manual_seed(0))
    assert changed[:, _MELS].mean() < 0.8 * frames[:, _MELS].mean()


def _added(front_end: FrontEnd, frames: torch.Tensor, config: AugmentationConfig) -> torch.Tensor:
    in_noise = NoisyFrames(front_end, config, [noise(2.0)])
    changed = in_noise(frames, torch.Generator().manual_seed(2))
    return _energy(front_end, changed) - _energy(front_end, frames)


def test_noise_that_comes_and_goes_is_mostly_in_a_few_moments(front_end: FrontEnd) -> None:
    frames = _frames(front_end, synthetic_speech(3)[:48_000]).repeat(40, 1, 1)

    def loudest_tenth(unsteady: float) -> float:
        added = _added(front_end, frames, _always(10.0, unsteady=unsteady))
        loudest = added.sort(dim=1, descending=True).values[:, : added.shape[1] // 10]
        return float((loudest.sum(dim=1) / added.sum(dim=1)).mean())

    assert loudest_tenth(0.0) < 0.25
    assert loudest_tenth(1.0) > 0.4


def test_a_burst_lasts_and_every_item_has_its_own(front_end: FrontEnd) -> None:
    frames = _frames(front_end, synthetic_speech(3)[:48_000])[:, :, 20:80].repeat(40, 1, 1)
    added = _added(front_end, frames, _always(10.0, unsteady=1.0)).clamp(min=1e-6).log10()
    from_moment_to_moment = added.diff(dim=1).abs().median()
    from_item_to_item = (added[:20] - added[20:]).abs().median()
    assert from_moment_to_moment < 0.3 * from_item_to_item


def test_before_the_voice_begins_and_after_it_ended_there_is_noise_alone(
    front_end: FrontEnd,
) -> None:
    frames = torch.zeros(40, _MELS + 2, 160)
    frames[:, _MELS] = 0.9
    in_noise = NoisyFrames(front_end, _always(30.0, alone=1.0))
    changed = in_noise(frames, torch.Generator().manual_seed(2))
    gone = changed[:, _MELS] == 0
    assert not gone[:, 40:-40].any()
    assert gone[:, 0].float().mean() > 0.8
    assert gone[:, -1].float().mean() > 0.8
    assert 0.1 < gone.float().mean() < 0.3
    left = _energy(front_end, changed) / _energy(front_end, frames)
    assert left[gone].max() < 0.1 < 0.9 < left[~gone].min()


def test_a_recorded_noise_brings_its_own_voicing(front_end: FrontEnd) -> None:
    voice = _frames(front_end, synthetic_speech(3)[:48_000])
    other = resampled(synthetic_speech(8), 16_000, 11_000)
    in_noise = NoisyFrames(front_end, _always(-30.0), [other])
    told = torch.cat([in_noise(voice, torch.Generator().manual_seed(seed)) for seed in range(20)])
    voiced = told[:, _MELS].mean(dim=1) > 0.5 * _sound(front_end, other)[0, _MELS].mean()
    assert voiced.float().mean() > 0.6  # the rest is coloured at random, and has none


def test_a_crowd_is_voiced(front_end: FrontEnd) -> None:
    frames = torch.cat(
        [_frames(front_end, synthetic_speech(number)[:48_000])[:, :, :40] for number in (3, 4, 5)]
    )
    in_noise = NoisyFrames(front_end, _always(-30.0, voices=1.0))
    changed = in_noise(frames, torch.Generator().manual_seed(2))
    assert changed[:, _MELS].mean() > 0.3 * frames[:, _MELS].mean()


def test_a_recorded_noise_is_shifted_along_the_bands_and_tilted() -> None:
    tone = torch.full((200, _MELS, 4), 1.0)
    tone[:, 20] = 1e6
    changed = augment_noise._recoloured(tone, torch.Generator().manual_seed(0))
    loudest = changed[:, :, 0].argmax(dim=1) - 20
    assert set(loudest.tolist()) == set(range(-6, 7))
    tilt_db = 10 * torch.log10(changed[:, -1, 0] / changed[:, 0, 0])
    assert 20 < tilt_db.abs().max() <= 24.1
    assert tilt_db.min() < -15 < 15 < tilt_db.max()


@pytest.mark.parametrize("snr_db", [-5.0, 0.0, 5.0])
def test_of_two_voices_the_stronger_gives_the_pitch(front_end: FrontEnd, snr_db: float) -> None:
    low = synthetic_speech(3)[:48_000]
    high = resampled(synthetic_speech(8), 16_000, 11_000)[: low.size]
    low, high = (part / np.sqrt(np.mean(part**2)) for part in (low[: high.size], high))
    quieter = 10 ** (-snr_db / 20)
    heard = _frames(front_end, np.asarray(low + quieter * high, np.float32))[:, _MELS:]
    pair = torch.stack([_sound(front_end, np.asarray(v, np.float32)) for v in (low, high)], dim=1)
    loudness = torch.tensor([1.0, quieter**2])[None, :, None, None]
    told = NoisyFrames(front_end, _always(0.0))._together(pair, loudness)[:, _MELS:]
    alone = pair[:, 0, _MELS:]
    off, off_alone = ((each - heard).abs().mean(dim=2)[0] for each in (told, alone))
    assert (off < torch.tensor([0.06, 0.12])).all()
    assert (off < 0.8 * off_alone).all()
