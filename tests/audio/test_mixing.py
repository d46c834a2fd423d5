"""Frames of any layout become mono, and none of them ends the process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.decoding import decode
from tests import sounds

PROGRAM = """
import json, sys
import numpy as np
from emotion_stream.audio.decoding import decode

samples = np.concatenate(list(decode(sys.argv[1], max_duration_s=60)))
print(json.dumps({"samples": samples.size, "peak": float(np.abs(samples).max())}))
"""


@pytest.mark.process
@pytest.mark.parametrize(
    ("container", "codec"), [("ipod", "aac"), ("ogg", "libopus"), ("wav", "pcm_f32le")]
)
def test_eight_channels_are_mixed_like_two(container: str, codec: str, tmp_path: Path) -> None:
    """In a process of its own: reading past the end of the planes would end this one."""
    tone = sounds.tone(2, peak=0.4)
    path = tmp_path / "surround"
    path.write_bytes(
        sounds.encoded(tone, container=container, codec=codec, rate_hz=48_000, layout="7.1")
    )

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["samples"] == pytest.approx(2 * 16_000, abs=1_600)
    assert found["peak"] == pytest.approx(0.4, abs=0.1)


def decoded(*channels: sounds.Samples, rate_hz: int = 16_000) -> sounds.Samples:
    data = sounds.wav(np.stack(channels), rate_hz=rate_hz)
    return np.concatenate(list(decode(data, max_duration_s=60)))


@pytest.mark.parametrize("gain", [1.0, 0.95, 0.82])
def test_a_voice_in_opposite_phase_is_heard_from_one_channel(gain: float) -> None:
    speech = sounds.speech()
    other = -np.float32(gain) * speech + sounds.noise(10, rms=1e-4)[: speech.size]

    heard = decoded(speech, other)

    np.testing.assert_allclose(heard, speech, atol=2e-4)


def test_a_channel_that_turns_round_is_mixed_again() -> None:
    tone = sounds.tone(2)
    other = tone * np.where(np.arange(tone.size) < tone.size // 2, -1, 1)

    heard = decoded(tone, other.astype(np.float32))

    for part in (slice(0, 14_000), slice(18_000, None)):
        np.testing.assert_allclose(heard[part], tone[part], atol=1e-3)


@pytest.mark.parametrize("count", [2, 6, 8])
def test_one_channel_among_silent_ones_is_still_mixed(count: int) -> None:
    tone = sounds.tone(1)

    heard = decoded(tone, *[sounds.silence(1)] * (count - 1))

    np.testing.assert_allclose(heard, tone / count, atol=1e-4)


def test_silent_channels_are_silence() -> None:
    assert not decoded(sounds.silence(1), sounds.silence(1)).any()
