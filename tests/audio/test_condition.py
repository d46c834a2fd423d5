"""How much of a recording is clipped, damaged or missing is measured as it is decoded."""

from __future__ import annotations

import numpy as np
import pytest

from emotion_stream.audio.condition import Condition
from emotion_stream.audio.decoding import decode
from emotion_stream.audio.listening import hear
from emotion_stream.audio.recording import Recording
from emotion_stream.emotions import Verdict
from tests import sounds

KINDS = [
    ("mp3", "libmp3lame", 44_100),
    ("flac", "flac", 16_000),
    ("ipod", "aac", 44_100),
    ("ogg", "libopus", 48_000),
]


def spoken(container: str, codec: str, rate_hz: int, *, repeats: int = 5) -> bytearray:
    samples = np.tile(sounds.speech(), repeats)
    return bytearray(sounds.encoded(samples, container=container, codec=codec, rate_hz=rate_hz))


@pytest.mark.parametrize(("container", "codec", "rate_hz"), KINDS)
@pytest.mark.parametrize("noise", [False, True], ids=["zeros", "noise"])
def test_a_recording_most_of_which_is_damaged_says_so(
    container: str, codec: str, rate_hz: int, noise: bool
) -> None:
    data = spoken(container, codec, rate_hz)
    first, last = len(data) * 2 // 10, len(data) * 8 // 10
    lost = last - first
    data[first:last] = np.random.default_rng(0).bytes(lost) if noise else bytes(lost)

    quality = hear(bytes(data)).quality

    assert 0.5 < quality.damaged_ratio < 0.85
    assert f"{quality.damaged_ratio:.0%} of the recording is damaged or missing" in quality.message
    assert "The recording is clear" not in quality.message


@pytest.mark.parametrize(("container", "codec", "rate_hz"), KINDS)
@pytest.mark.parametrize("twice", [False, True])
def test_a_sound_recording_is_not_called_damaged(
    container: str, codec: str, rate_hz: int, twice: bool
) -> None:
    data = bytes(spoken(container, codec, rate_hz, repeats=1))

    quality = hear(data * 2 if twice else data).quality

    assert quality.damaged_ratio < 0.02
    assert quality.message == "The recording is clear."


@pytest.mark.parametrize("kind", [KINDS[0], KINDS[1]])
def test_a_recording_that_was_cut_off_says_so(kind: tuple[str, str, int]) -> None:
    data = spoken(*kind)

    quality = hear(bytes(data[: len(data) // 2])).quality

    assert quality.damaged_ratio == pytest.approx(0.5, abs=0.1)
    assert quality.verdict is Verdict.GOOD


def test_the_header_of_a_recorder_that_was_switched_off_is_no_damage() -> None:
    data = sounds.wav(np.tile(sounds.speech(), 2))

    assert hear(data[: len(data) // 2]).quality.damaged_ratio == 0


def test_an_mp3_that_does_not_tell_its_length_is_not_guessed_at() -> None:
    """The first frame is silent: by its rate, FFmpeg takes the recording for far longer."""
    samples = np.concatenate([sounds.silence(1), sounds.speech(), sounds.silence(1)])
    options = {"write_xing": "0", "q": "9"}
    data = sounds.encoded(samples, container="mp3", codec="libmp3lame", options=options)

    assert hear(data).quality.damaged_ratio == 0


def test_samples_in_memory_are_whole() -> None:
    assert hear(Recording(sounds.speech(), 16_000)).quality.damaged_ratio == 0


def test_the_share_is_the_larger_of_what_failed_and_what_is_missing() -> None:
    assert Condition().damaged_ratio == 0
    assert Condition(decoded_s=9.0, damaged_s=1.0).damaged_ratio == pytest.approx(0.1)
    assert Condition(promised_s=10.0, decoded_s=8.0, damaged_s=1.0).damaged_ratio == 0.2
    assert Condition(promised_s=10.0, decoded_s=11.0).damaged_ratio == 0


def clipped(samples: sounds.Samples) -> sounds.Samples:
    return np.clip(samples * 20, -1, 1)


def test_one_channel_that_distorts_is_heard_behind_a_silent_one() -> None:
    loud = clipped(sounds.speech())

    quality = hear(sounds.wav(np.stack([loud, np.zeros_like(loud)]))).quality

    assert quality.verdict is Verdict.CLIPPED
    assert quality.clipped_ratio == hear(sounds.wav(loud)).quality.clipped_ratio


def test_distortion_is_the_same_at_every_rate() -> None:
    at_48 = clipped(sounds.resampled(sounds.speech(), 16_000, 48_000))
    expected = float(np.mean(np.abs(at_48) >= 0.99))

    from_file = hear(sounds.wav(at_48, rate_hz=48_000)).quality
    from_memory = hear(Recording(at_48, 48_000)).quality

    assert from_file.clipped_ratio == pytest.approx(expected, abs=1e-4)
    assert from_memory.clipped_ratio == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    "codec", ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"]
)
def test_full_scale_is_known_in_every_form(codec: str) -> None:
    samples = np.array([0, 0.5, -0.5, 0.97, 1, -1, 0.999, 0], np.float32)
    condition = Condition()

    list(decode(sounds.encoded(samples, codec=codec), max_duration_s=1, condition=condition))

    assert (condition.moments, condition.clipped_moments) == (8, 3)
