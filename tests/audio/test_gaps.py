"""Times are those of the film: a late start and a gap are silence, a wrong clock is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import av
import numpy as np
import pytest

from emotion_stream.audio.decoding import decode
from emotion_stream.audio.gaps import Gaps
from emotion_stream.errors import AudioTooLong
from tests import sounds

RATE_HZ = 48_000
PACKET = 960

Clock = Callable[[float], float]


def frame(start_s: float | None, duration_s: float = 0.02) -> av.AudioFrame:
    made = av.AudioFrame("flt", "mono", round(duration_s * RATE_HZ))
    made.sample_rate = RATE_HZ
    made.time_base = Fraction(1, RATE_HZ)
    made.pts = None if start_s is None else round(start_s * RATE_HZ)
    return made


def told(gaps: Gaps, *starts_s: float | None) -> list[float]:
    return [round(gaps.before(frame(start_s)), 3) for start_s in starts_s]


def film(clock: Clock, *, container: str, codec: str = "libopus", seconds: float = 4) -> bytes:
    """A tone whose packets have the times that `clock` makes of theirs."""
    tone = sounds.tone(seconds, rate_hz=RATE_HZ)
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=RATE_HZ, layout="mono")
        resampler = av.AudioResampler(stream.format, "mono", RATE_HZ)
        for place in range(0, tone.size, PACKET):
            part = av.AudioFrame.from_ndarray(
                tone[np.newaxis, place : place + PACKET], "flt", "mono"
            )
            part.sample_rate = RATE_HZ
            (made,) = resampler.resample(part)
            made.pts = round(clock(place / RATE_HZ) * RATE_HZ)
            output.mux(stream.encode(made))
        output.mux(stream.encode(None))
    return file.getvalue()


def decoded(data: bytes, max_duration_s: float = 3600) -> sounds.Samples:
    return np.concatenate(list(decode(data, max_duration_s=max_duration_s)))


def test_frames_in_a_row_have_no_gap() -> None:
    assert told(Gaps(first_s=0.0, most_s=60), 0.0, 0.02, 0.04, None, 0.08) == [0] * 5


def test_a_leap_and_a_late_start_are_gaps() -> None:
    assert told(Gaps(first_s=0.0, most_s=60), 5.0, 5.02, 8.04, 8.06) == [5, 0, 3, 0]
    assert told(Gaps(first_s=None, most_s=60), 5.0, 5.02, 8.04) == [0, 0, 3]


def test_an_uneven_clock_is_no_gap() -> None:
    assert told(Gaps(first_s=0.0, most_s=60), -0.007, 0.2, 0.1, 0.3, None, 0.45) == [0] * 6


def test_a_clock_that_goes_back_and_on_leaves_no_gap_twice() -> None:
    assert (
        told(Gaps(first_s=0.0, most_s=60), 0.0, 4.0, 0.04, 4.04, -9.0, 0.1) == [0, 3.98] + [0] * 4
    )


def test_a_clock_that_is_wrong_is_not_followed() -> None:
    assert told(Gaps(first_s=0.0, most_s=60), 1e6, 0.02, 5.04, 1e6) == [0, 0, 5, 0]
    assert sum(told(Gaps(first_s=0.0, most_s=60), *range(0, 900, 9))) <= 60


@pytest.mark.parametrize(
    ("container", "codec"), [("matroska", "libopus"), ("webm", "libopus"), ("mp4", "aac")]
)
def test_sound_that_sets_in_late_is_preceded_by_silence(container: str, codec: str) -> None:
    data = film(lambda time_s: time_s + 3, container=container, codec=codec)

    heard = decoded(data)

    assert heard.size / 16_000 == pytest.approx(7, abs=0.1)
    assert np.abs(heard[: int(2.9 * 16_000)]).max() == 0
    assert np.abs(heard[int(3.1 * 16_000) : int(6.9 * 16_000)]).max() > 0.4


def test_what_is_missing_in_the_middle_is_silence() -> None:
    data = film(lambda time_s: time_s + 10 * (time_s >= 2), container="webm")

    heard = decoded(data)

    assert heard.size / 16_000 == pytest.approx(14, abs=0.1)
    assert np.abs(heard[int(2.2 * 16_000) : int(11.8 * 16_000)]).max() == 0
    assert np.abs(heard[int(12.2 * 16_000) :]).max() > 0.4


def test_silence_counts_for_the_longest_duration() -> None:
    data = film(lambda time_s: time_s + 10 * (time_s >= 2), container="webm")

    with pytest.raises(AudioTooLong):
        decoded(data, max_duration_s=8)


def test_an_ogg_that_was_joined_late_starts_at_once() -> None:
    data = film(lambda time_s: time_s + 1_000, container="ogg")

    assert decoded(data).size / 16_000 == pytest.approx(4, abs=0.1)
