import numpy as np
import pytest

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ
from emotion_stream.music.local.features import Tonality, tonality
from tests.music.local.fake_music import MAJOR, MINOR, Samples


def cadence(triad: tuple[int, ...], root: int = 60) -> Samples:
    """The chords of the first, fourth, fifth and first degree, with overtones."""
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    hertz = [
        [440 * 2 ** ((root + degree + step - 69) / 12) for step in triad] for degree in (0, 5, 7, 0)
    ]
    chords = [
        sum(np.sin(2 * np.pi * h * k * time_s) / k for h in chord for k in (1, 2, 3))
        for chord in hertz
    ]
    return (0.05 * np.concatenate(chords)).astype(np.float32)


@pytest.mark.parametrize("root", [57, 60, 66])
def test_major_and_minor_are_told_apart_in_any_key(root: int) -> None:
    major, minor = tonality(cadence(MAJOR, root)), tonality(cadence(MINOR, root))
    assert major.mode > 0.03
    assert minor.mode < -0.03
    assert min(major.key_clarity, minor.key_clarity) > 0.7


def test_noise_has_less_of_a_key_than_music() -> None:
    noise = (0.1 * np.random.default_rng(2).normal(size=5 * SAMPLE_RATE_HZ)).astype(np.float32)
    assert tonality(noise).key_clarity < tonality(cadence(MAJOR)).key_clarity


@pytest.mark.parametrize("count", [1, 4096, SAMPLE_RATE_HZ])
def test_silence_has_no_key(count: int) -> None:
    assert tonality(np.zeros(count, dtype=np.float32)) == Tonality(0.0, 0.0)
