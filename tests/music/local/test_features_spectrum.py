import numpy as np
import pytest

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ
from emotion_stream.music.local.features import (
    FRAME_SAMPLES,
    HOP_SAMPLES,
    MEL_BANDS,
    Timbre,
    mel_power,
    power_spectrogram,
    timbre,
)
from tests.music.local.fake_music import Samples

TIME_S = np.arange(4 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
RNG = np.random.default_rng(5)


def tone(hertz: float, level: float = 0.3) -> Samples:
    return (level * np.sin(2 * np.pi * hertz * TIME_S)).astype(np.float32)


def of(samples: Samples) -> Timbre:
    power = power_spectrogram(samples, FRAME_SAMPLES, HOP_SAMPLES)
    return timbre(samples, power, mel_power(power))


def test_the_bands_cover_the_spectrum_without_gaps() -> None:
    flat = mel_power(np.ones((1, FRAME_SAMPLES // 2 + 1), dtype=np.float32))
    assert flat.shape == (1, MEL_BANDS)
    assert flat.min() > 0


def test_loudness_is_the_rms_level() -> None:
    assert of(tone(440, 1.0)).loudness_dbfs == pytest.approx(-3.01, abs=0.01)
    assert of(tone(440, 0.1)).loudness_dbfs == pytest.approx(-23.01, abs=0.01)


def test_higher_tones_are_brighter() -> None:
    assert of(tone(300)).centroid_octaves < of(tone(1200)).centroid_octaves
    assert of(tone(3000)).centroid_octaves == pytest.approx(np.log2(3000), abs=0.3)


def test_noise_is_flat_and_a_tone_is_not() -> None:
    noise = (0.2 * RNG.normal(size=len(TIME_S))).astype(np.float32)
    assert of(noise).flatness_db > -4
    assert of(tone(440)).flatness_db < -20


def test_clicks_are_percussive_and_a_tone_is_not() -> None:
    clicks = np.zeros(len(TIME_S), dtype=np.float32)
    clicks[:: SAMPLE_RATE_HZ // 3] = 1
    assert of(clicks).percussive_share > 0.8
    assert of(tone(440)).percussive_share < 0.1


def test_timbre_but_not_loudness_is_independent_of_the_level() -> None:
    sound = tone(500) + (0.05 * RNG.normal(size=len(TIME_S))).astype(np.float32)
    loud, soft = of(sound), of(sound * np.float32(0.1))
    assert soft.centroid_octaves == pytest.approx(loud.centroid_octaves, abs=0.02)
    assert soft.flatness_db == pytest.approx(loud.flatness_db, abs=0.1)
    assert soft.percussive_share == pytest.approx(loud.percussive_share, abs=0.01)
    assert soft.loudness_dbfs == pytest.approx(loud.loudness_dbfs - 20, abs=0.01)


@pytest.mark.parametrize("count", [1, 100, FRAME_SAMPLES, SAMPLE_RATE_HZ])
def test_silence_of_any_length_has_finite_values(count: int) -> None:
    values = of(np.zeros(count, dtype=np.float32))
    assert np.all(np.isfinite(list(vars(values).values())))
    assert values.percussive_share == 0
