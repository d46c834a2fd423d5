import numpy as np
import pytest

from emotion_stream.music.local.excerpt import SAMPLE_RATE_HZ, audible_part
from tests.music.local.fake_music import Samples

RNG = np.random.default_rng(6)


def noise(seconds: float, level_dbfs: float = -20.0) -> Samples:
    count = int(seconds * SAMPLE_RATE_HZ)
    return (10 ** (level_dbfs / 20) * RNG.normal(size=count)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE_HZ), dtype=np.float32)


def audible_s(*parts: Samples) -> float:
    return len(audible_part(np.concatenate(parts), SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def test_silent_stretches_are_left_out() -> None:
    assert audible_s(silence(5), noise(4), silence(6), noise(3)) == pytest.approx(7, abs=0.2)


def test_a_pause_is_music() -> None:
    assert audible_s(noise(1), silence(2), noise(1)) == pytest.approx(4, abs=0.2)
    assert audible_s(*(noise(0.02), silence(0.98)) * 8) > 7


def test_what_lies_far_below_the_music_is_silence_and_a_quiet_recording_is_not() -> None:
    assert audible_s(noise(4, -5), noise(5, -58)) == pytest.approx(4, abs=0.2)
    assert audible_s(noise(5, -50)) == 5


@pytest.mark.parametrize(
    "sound",
    [silence(5), np.full(5 * SAMPLE_RATE_HZ, 0.5, np.float32), noise(5, -80), silence(0)],
    ids=["silence", "offset", "dither", "nothing"],
)
def test_what_nobody_hears_is_nothing(sound: Samples) -> None:
    assert audible_s(sound) == 0
