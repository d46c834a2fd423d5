"""From any source to windows: what serving and training both rely on."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from emotion_stream.audio.listening import hear, listen
from emotion_stream.audio.recording import LARGEST_SAMPLE, Recording
from emotion_stream.emotions import Verdict
from emotion_stream.errors import AudioTooLong, UsageError
from tests import sounds


def test_a_spoken_clip_gives_levelled_windows() -> None:
    heard = hear(sounds.wav(sounds.speech()))

    assert heard.quality.verdict is Verdict.GOOD
    assert heard.windows
    for window in heard.windows:
        assert window.samples.size == round((window.end_s - window.start_s) * 16_000)
        assert np.abs(window.samples).max() <= 0.991


def test_the_same_sound_gives_the_same_windows_from_bytes_and_from_memory() -> None:
    samples = sounds.speech()
    exact = np.frombuffer(sounds.wav(samples)[44:], "<i2").astype(np.float32) / 32768

    from_bytes = hear(sounds.wav(samples))
    from_memory = hear(Recording(exact, 16_000))

    assert len(from_bytes.windows) == len(from_memory.windows)
    for one, other in zip(from_bytes.windows, from_memory.windows, strict=True):
        assert one.start_s == other.start_s
        np.testing.assert_allclose(one.samples, other.samples, atol=1e-6)


def test_the_level_of_the_microphone_does_not_change_the_windows() -> None:
    loud = hear(Recording(sounds.speech(), 16_000))
    quiet = hear(Recording(sounds.speech() * np.float32(0.003), 16_000))

    assert quiet.quality.verdict is Verdict.TOO_QUIET
    for one, other in zip(loud.windows, quiet.windows, strict=True):
        assert (one.start_s, one.end_s) == (other.start_s, other.end_s)
        np.testing.assert_allclose(one.samples, other.samples, atol=1e-4)


def test_a_recording_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(AudioTooLong, match=r"more than the 2 s"):
        listen(Recording(sounds.silence(3), 16_000), max_duration_s=2)
    with pytest.raises(AudioTooLong, match="longer than 2 s"):
        hear(sounds.wav(sounds.silence(3)), max_duration_s=2)


@pytest.mark.parametrize("source", [Recording(sounds.silence(3), 16_000), b""])
def test_a_limit_that_is_no_number_is_refused(source: Recording | bytes) -> None:
    with pytest.raises(UsageError, match="longest duration of nan"):
        listen(source, max_duration_s=math.nan)


@pytest.mark.parametrize(
    "samples",
    [
        sounds.silence(4),
        sounds.silence(4) + np.float32(0.4),
        sounds.noise(4),
        sounds.tone(4),
        sounds.tone(4, frequency_hz=150),
    ],
    ids=["silence", "dc", "noise", "tone", "low tone"],
)
def test_what_is_not_speech_gives_no_window(samples: sounds.Samples) -> None:
    heard = hear(Recording(samples, 16_000))

    assert heard.windows == ()
    assert heard.quality.verdict is Verdict.NO_SPEECH


def test_one_sample_is_too_short() -> None:
    heard = hear(Recording(np.ones(1, np.float32), 16_000))

    assert heard.windows == ()
    assert heard.quality.verdict is Verdict.TOO_SHORT


def test_the_largest_samples_that_are_taken_do_no_harm() -> None:
    spike = sounds.speech().copy()
    spike[5_000] = LARGEST_SAMPLE

    for samples in (spike, sounds.noise(3) * LARGEST_SAMPLE):
        heard = hear(Recording(np.clip(samples, -LARGEST_SAMPLE, LARGEST_SAMPLE), 16_000))

        assert np.isfinite(heard.quality.peak)
        assert all(np.isfinite(window.samples).all() for window in heard.windows)
        json.dumps(heard.quality.as_dict(), allow_nan=False)


def test_the_waveform_has_at_most_600_peaks_and_spans_the_recording() -> None:
    loud_end = np.concatenate([sounds.silence(20), sounds.tone(10, peak=0.8)])
    waveform = hear(Recording(loud_end, 16_000)).waveform

    assert 300 <= len(waveform) <= 600
    third = len(waveform) // 3
    assert max(waveform[:third]) == 0
    assert min(waveform[-third + 5 :]) == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 44_100, 48_000])
def test_samples_of_another_rate_give_the_windows_of_a_file_of_that_rate(rate_hz: int) -> None:
    samples = sounds.resampled(sounds.speech(), 16_000, rate_hz)
    exact = (np.clip(samples, -1, 1) * 32767).astype("<i2").astype(np.float32) / 32768

    from_memory = hear(Recording(exact, rate_hz))
    from_file = hear(sounds.wav(samples, rate_hz=rate_hz))

    assert len(from_memory.windows) == len(from_file.windows)
    for one, other in zip(from_memory.windows, from_file.windows, strict=True):
        assert one.start_s == pytest.approx(other.start_s, abs=0.05)
        assert one.end_s == pytest.approx(other.end_s, abs=0.05)
    assert from_memory.quality.duration_s == pytest.approx(exact.size / rate_hz, abs=0.01)


def test_a_long_recording_is_heard_as_it_goes() -> None:
    listening = listen(Recording(np.resize(sounds.speech(), 60 * 16_000), 16_000))

    next(listening)

    assert listening.heard_s <= 21
    assert listening.heard_s > 3
    assert len(list(listening)) > 40
    assert listening.heard_s == pytest.approx(60)
