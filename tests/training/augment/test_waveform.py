"""Changed copies are changed by what was asked for, and by nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from emotion_stream.training.augment.waveform import (
    AugmentationConfig,
    Surroundings,
    augmented_copy,
    augmented_frames,
    in_room,
)
from tests.sounds import noise, tone

pytestmark = pytest.mark.training


def test_a_copy_runs_at_another_speed_within_the_bounds() -> None:
    sound, config = tone(1.0), AugmentationConfig()
    sizes = {
        augmented_copy(sound, config, Surroundings(), np.random.default_rng(seed)).size / sound.size
        for seed in range(20)
    }
    changes = {abs(1 / size - 1) for size in sizes}
    assert min(changes) > config.least_speed_change - 0.01
    assert max(changes) < config.most_speed_change + 0.01
    assert min(sizes) < 1 < max(sizes)


def test_a_room_that_only_delays_keeps_the_sound_in_its_place() -> None:
    response = np.zeros(400, np.float32)
    response[250] = 1
    sound = tone(0.5, peak=0.5)
    np.testing.assert_allclose(in_room(sound, response), sound, atol=1e-4)


def test_rooms_are_used_where_they_are_given() -> None:
    config = AugmentationConfig(room_share=1.0, simulated_room_share=0.0)
    around = Surroundings((), (noise(0.1),))
    plain = augmented_copy(tone(0.5), config, Surroundings(), np.random.default_rng(0))
    wet = augmented_copy(tone(0.5), config, around, np.random.default_rng(0))
    assert plain.shape == wet.shape
    assert np.abs(plain - wet).max() > 0.01


def test_masks_take_mel_bands_and_moments_out_and_leave_the_rest() -> None:
    frames = torch.randn(6, 42, 100, generator=torch.Generator().manual_seed(1)) + 5
    config = AugmentationConfig(mel_warp=0.0, mel_masks=1, time_masks=1)
    changed = augmented_frames(frames, 40, config, torch.Generator().manual_seed(2))
    kept = changed == frames
    masked_moments = (~kept[:, 40:]).all(dim=1)
    assert (changed[:, 40:].permute(0, 2, 1)[masked_moments] == 0).all()
    assert masked_moments.sum(dim=1).max() <= config.most_masked_frames
    masked_bands = (~kept[:, :40]).all(dim=2)
    assert masked_bands.sum(dim=1).max() <= config.most_masked_mels
    assert 0.4 < kept.float().mean() < 1


def test_without_masks_and_warp_nothing_changes() -> None:
    frames = torch.randn(2, 42, 30)
    config = AugmentationConfig(mel_warp=0.0, most_masked_mels=0, most_masked_frames=0)
    torch.testing.assert_close(augmented_frames(frames, 40, config, torch.Generator()), frames)


def test_warping_moves_a_peak_by_no_more_than_was_asked_for() -> None:
    frames = torch.zeros(50, 42, 3)
    frames[:, 30] = 1
    config = AugmentationConfig(mel_warp=0.1, most_masked_mels=0, most_masked_frames=0)
    peaks = augmented_frames(frames, 40, config, torch.Generator()).argmax(dim=1)[:, 0]
    assert peaks.min() >= 27
    assert peaks.max() <= 34
    assert len(set(peaks.tolist())) > 3
