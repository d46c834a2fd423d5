"""Samples in memory are checked once, at the door."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from emotion_stream.audio.recording import Recording
from emotion_stream.errors import EmptyAudio, InvalidSamples


def test_floats_are_kept_and_integers_scaled() -> None:
    assert Recording(np.array([0.5, -1.0]), 16_000).samples.tolist() == [0.5, -1.0]
    whole = Recording(np.array([-32768, 16384], np.int16), 8_000)  # type: ignore[arg-type]
    assert whole.samples.tolist() == [-1.0, 0.5]
    assert whole.samples.dtype == np.float32
    assert whole.duration_s == 2 / 8_000


@pytest.mark.parametrize(
    ("kind", "smallest"),
    [("i1", -128), ("<i2", -(2**15)), (">i2", -(2**15)), ("i4", -(2**31))],
)
def test_integers_of_a_known_full_scale_are_scaled(kind: str, smallest: int) -> None:
    samples = np.array([0, smallest], kind)

    assert Recording(samples, 16_000).samples.tolist() == [0, -1]


@pytest.mark.parametrize("kind", [np.int64, np.uint8, np.uint16])
def test_integers_of_no_known_full_scale_are_named(kind: type) -> None:
    with pytest.raises(InvalidSamples, match=f"type {np.dtype(kind)} are not sound"):
        Recording(np.array([0, 100], kind), 16_000)
    with pytest.raises(InvalidSamples, match=r"type int64 .*int16"):
        Recording.from_channels([[0, 16_384, 3]], 16_000)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_a_recording_keeps_what_it_was_given(kind: type) -> None:
    samples = np.full(5, 0.5, kind)
    recording = Recording(samples, 16_000)

    samples[:] = 0

    assert recording.samples.tolist() == [0.5] * 5
    with pytest.raises(ValueError, match="read-only"):
        recording.samples[0] = 1


def test_frames_in_place_of_channels_are_noticed() -> None:
    with pytest.raises(InvalidSamples, match=r"\(16000, 2\) .*samples\.T\?"):
        Recording.from_channels(np.zeros((16_000, 2)), 16_000)
    assert Recording.from_channels(np.zeros((8, 16_000)), 16_000).samples.size == 16_000


def test_channels_are_mixed_by_the_mean() -> None:
    recording = Recording.from_channels([[0.2, 0.4], [0.4, 0.0]], 16_000)

    np.testing.assert_allclose(recording.samples, [0.3, 0.2], atol=1e-7)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_named_by_its_place(bad: float) -> None:
    samples = np.zeros(16_000)
    samples[8_000] = bad

    with pytest.raises(InvalidSamples, match=r"Sample 8000 \(at 0\.500 s\)"):
        Recording(samples.astype(np.float32), 16_000)
    with pytest.raises(InvalidSamples, match="Sample 8000"):
        Recording.from_channels(np.stack([np.zeros(16_000), samples]), 16_000)


@pytest.mark.parametrize("bad", [1e7, -1e30, 3e38])
def test_a_value_far_past_full_scale_is_named_with_its_place(bad: float) -> None:
    samples = np.zeros(16_000, np.float32)
    samples[8_000] = bad

    with pytest.raises(InvalidSamples, match=r"Sample 8000 \(at 0\.500 s\) is ") as raised:
        Recording(samples, 16_000)
    assert f"is {bad:.3g}, where full scale is 1" in str(raised.value)
    with pytest.raises(InvalidSamples, match="divide its samples"):
        Recording.from_channels(np.stack([np.zeros(16_000), samples]), 16_000)


def test_floats_on_the_scale_of_integers_are_taken() -> None:
    assert Recording(np.array([32767.0, -32768.0]), 16_000).samples.tolist() == [32767, -32768]
    assert Recording(np.array([0.5], np.float16), 16_000).samples.tolist() == [0.5]  # type: ignore[arg-type]


def test_a_double_too_large_for_a_float_is_no_number() -> None:
    with pytest.raises(InvalidSamples, match="Sample 1 "):
        Recording(np.array([0.0, 1e300]), 16_000)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "samples",
    [np.zeros((2, 5)), np.zeros(()), np.array(["a"]), np.zeros(3, bool), np.zeros(3, complex)],
)
def test_other_shapes_and_types_are_refused(samples: npt.NDArray[np.float32]) -> None:
    with pytest.raises(InvalidSamples):
        Recording(samples, 16_000)


@pytest.mark.parametrize("rate_hz", [0, -16_000, 1, 10_000_000])
def test_a_rate_that_is_not_sound_is_refused(rate_hz: int) -> None:
    with pytest.raises(InvalidSamples, match=f"{rate_hz} Hz"):
        Recording(np.zeros(5, np.float32), rate_hz)


def test_no_samples_are_empty() -> None:
    with pytest.raises(EmptyAudio):
        Recording(np.zeros(0, np.float32), 16_000)
    with pytest.raises(EmptyAudio):
        Recording.from_channels(np.zeros((2, 0)), 16_000)
    with pytest.raises(InvalidSamples):
        Recording.from_channels(np.zeros(4), 16_000)
