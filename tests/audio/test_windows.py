"""Where windows lie, how loud they are, and how little is held meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from emotion_stream.audio.silero import FRAME_SAMPLES
from emotion_stream.audio.speech import Stretch
from emotion_stream.audio.windows import MARGIN_S, Window, windows
from tests import sounds

FRAME_S = FRAME_SAMPLES / 16_000
STRETCH_FRAMES = 312


def spoken(
    duration_s: float, *spans_s: tuple[float, float], stretch_frames: int = STRETCH_FRAMES
) -> Iterator[Stretch]:
    """Noise for the time given, with speech in the spans."""
    samples = sounds.noise(duration_s, rms=0.05)
    middle_s = (np.arange(-(-samples.size // FRAME_SAMPLES)) + 0.5) * FRAME_S
    speech = np.zeros(middle_s.size, bool)
    for start_s, end_s in spans_s:
        speech |= (middle_s > start_s) & (middle_s < end_s)
    for place in range(0, speech.size, stretch_frames):
        held = slice(place * FRAME_SAMPLES, (place + stretch_frames) * FRAME_SAMPLES)
        yield Stretch(samples[held], speech[place : place + stretch_frames])


def spans(found: list[Window]) -> list[tuple[float, float]]:
    return [(window.start_s, window.end_s) for window in found]


def cut(duration_s: float, *spans_s: tuple[float, float]) -> list[Window]:
    return list(windows(spoken(duration_s, *spans_s)))


def test_a_short_clip_is_one_window_of_its_own_length_with_a_margin() -> None:
    (window,) = cut(4, (1, 2.5))

    assert window.start_s == pytest.approx(1 - MARGIN_S, abs=FRAME_S)
    assert window.end_s == pytest.approx(2.5 + MARGIN_S, abs=FRAME_S)
    assert window.speech_ratio == pytest.approx(1.5 / (1.5 + 2 * MARGIN_S), abs=0.03)
    assert window.samples.size == round((window.end_s - window.start_s) * 16_000)


def test_a_clip_that_begins_and_ends_with_speech_is_taken_whole() -> None:
    (window,) = cut(2, (0, 2))

    assert (window.start_s, window.end_s) == (0, 2)


def test_long_speech_gives_a_window_a_second_and_one_that_ends_with_it() -> None:
    found = cut(8, (1, 6.5))

    first = found[0].start_s
    assert first == pytest.approx(1 - MARGIN_S, abs=FRAME_S)
    assert [start for start, _ in spans(found)][:-1] == pytest.approx([first, first + 1, first + 2])
    assert found[-1].end_s == pytest.approx(6.5 + MARGIN_S, abs=FRAME_S)
    assert all(end - start == pytest.approx(3) for start, end in spans(found))


def test_a_tail_of_a_moment_gives_no_window_of_its_own() -> None:
    assert len(cut(6, (0, 4))) == 2


def test_a_pause_for_breath_is_inside_and_a_long_silence_is_not() -> None:
    assert len(cut(6, (0.5, 1.3), (2.3, 3))) == 1
    apart = cut(12, (0.5, 1.5), (8, 9))
    assert [round(start) for start, _ in spans(apart)] == [0, 8]
    assert [round(end) for _, end in spans(apart)] == [2, 9]


def test_too_little_speech_gives_none() -> None:
    assert cut(4) == []
    assert cut(4, (1, 1.2)) == []
    assert cut(8, (1, 1.3), (2.6, 2.8), (4.1, 4.3)) == []


@pytest.mark.parametrize("stretch_frames", [1, 7, 100, 312, 5_000])
def test_the_stretches_do_not_matter(stretch_frames: int) -> None:
    layout = [(0.3, 2.0), (2.4, 7.7), (9.9, 10.5), (14, 19.99)]
    expected = cut(20, *layout)

    found = list(windows(spoken(20, *layout, stretch_frames=stretch_frames)))

    assert spans(found) == spans(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one.samples, other.samples)


def test_speech_is_brought_to_one_level_with_one_gain() -> None:
    samples = sounds.noise(3, rms=0.01)[: 90 * FRAME_SAMPLES]
    samples[: samples.size // 2] *= 4
    (window,) = windows([Stretch(samples, np.ones(90, bool))])

    assert np.sqrt(np.mean(window.samples**2)) == pytest.approx(10 ** (-23 / 20), rel=1e-3)
    gains = window.samples / samples
    np.testing.assert_allclose(gains, gains[0], rtol=1e-4)


def test_the_gain_stops_where_a_peak_would_clip() -> None:
    samples = sounds.noise(3, rms=0.001)[: 90 * FRAME_SAMPLES]
    samples[5_000] = 0.9

    (window,) = windows([Stretch(samples, np.ones(90, bool))])

    assert np.abs(window.samples).max() == pytest.approx(0.99, abs=1e-3)


def test_an_hour_with_a_word_at_each_end_holds_a_few_seconds() -> None:
    """The cutter never keeps more than a stretch and some seconds."""
    from emotion_stream.audio.windows import _Cutter

    cutter = _Cutter()
    second = sounds.noise(STRETCH_FRAMES * FRAME_S)
    speech = np.zeros(STRETCH_FRAMES, bool)
    held, found = [], []
    for place in range(360):
        speech[:30] = place in (0, 359)
        found += list(cutter.push(Stretch(second, speech.copy())))
        held.append(cutter._samples.size / 16_000)
    assert max(held) < 15
    assert len(found) + len(list(cutter.close())) == 2
