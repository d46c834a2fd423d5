import numpy as np
import pytest

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ
from emotion_stream.music.local.features import (
    FRAME_SAMPLES,
    HOP_SAMPLES,
    Rhythm,
    mel_power,
    power_spectrogram,
    rhythm,
)
from tests.music.local.fake_music import Samples


def of(samples: Samples) -> Rhythm:
    return rhythm(mel_power(power_spectrogram(samples, FRAME_SAMPLES, HOP_SAMPLES)))


def hits(per_minute: float, seconds: float = 20, accents: tuple[float, ...] = (1.0,)) -> Samples:
    """Noise bursts, loud as the accents say in turn."""
    rng = np.random.default_rng(4)
    time_s = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    period_s = 60 / per_minute
    level = np.array(accents)[(time_s / period_s).astype(int) % len(accents)]
    burst = level * np.exp(-(time_s % period_s) / 0.02) * rng.normal(size=len(time_s))
    return (0.3 * burst).astype(np.float32)


@pytest.mark.parametrize("bpm", [70, 90, 105])
def test_the_tempo_of_steady_hits_is_found(bpm: float) -> None:
    found = of(hits(bpm)).tempo_bpm
    assert found is not None
    assert found == pytest.approx(bpm, rel=0.02)


@pytest.mark.parametrize("bpm", [70, 90, 120, 140])
def test_the_tempo_of_beats_that_are_divided_in_two_is_found(bpm: float) -> None:
    found = of(hits(2 * bpm, accents=(1.0, 0.02))).tempo_bpm
    assert found is not None
    assert found == pytest.approx(bpm, rel=0.02)


@pytest.mark.parametrize("bpm", [126, 150, 180])
def test_a_fast_bare_pulse_may_be_half_beats_and_has_no_tempo(bpm: float) -> None:
    found = of(hits(bpm))
    assert found.tempo_bpm is None
    assert found.pulse_clarity > 0.5


@pytest.mark.parametrize("bpm", [60, 80, 132])
def test_beats_that_are_divided_in_three_have_no_tempo(bpm: float) -> None:
    found = of(hits(3 * bpm, accents=(1.0, 0.05, 0.3))).tempo_bpm
    assert found is None or found == pytest.approx(bpm, rel=0.02)


@pytest.mark.parametrize("bpm", [80, 120, 160])
def test_every_hit_is_an_onset(bpm: float) -> None:
    assert of(hits(bpm)).onsets_per_s == pytest.approx(bpm / 60, rel=0.1)


def test_a_steady_beat_is_clear_and_scattered_hits_are_not() -> None:
    rng = np.random.default_rng(9)
    scattered = np.zeros(20 * SAMPLE_RATE_HZ, dtype=np.float32)
    for start in rng.integers(0, len(scattered) - 2000, 40):
        scattered[start : start + 2000] += 0.3 * rng.normal(size=2000).astype(np.float32)
    assert of(hits(120)).pulse_clarity > 0.6
    assert of(scattered).pulse_clarity < 0.4


def test_rhythm_is_independent_of_the_level() -> None:
    loud, soft = of(hits(100)), of(hits(100) * np.float32(0.05))
    assert soft.onsets_per_s == loud.onsets_per_s
    assert soft.flux_db == pytest.approx(loud.flux_db, rel=0.02)


@pytest.mark.parametrize("count", [1, 600, 5 * SAMPLE_RATE_HZ])
def test_silence_has_no_pulse(count: int) -> None:
    assert of(np.zeros(count, dtype=np.float32)) == Rhythm(0.0, 0.0, None, 0.0)
