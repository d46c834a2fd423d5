"""Frames of any layout become mono, and none of them ends the process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sounds

PROGRAM = """
import json, sys
import numpy as np
from emotion_stream.audio.decoding import decode

samples = np.concatenate(list(decode(sys.argv[1], max_duration_s=60)))
print(json.dumps({"samples": samples.size, "peak": float(np.abs(samples).max())}))
"""


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
