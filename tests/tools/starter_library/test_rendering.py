"""A score becomes sound with the real synthesiser, and packs into Opus."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import numpy as np
import pytest

from emotion_stream.errors import UsageError
from tools.starter_library import rendering
from tools.starter_library.midi import to_midi
from tools.starter_library.rendering import RATE_HZ, SOUND_FONT, decode, encode_opus, synthesise
from tools.starter_library.score import Note, Part, Score

needs_synthesiser = pytest.mark.skipif(
    shutil.which("fluidsynth") is None or not SOUND_FONT.is_file(),
    reason="no fluidsynth with fluid-soundfont-gm here",
)
SCALE = tuple(Note(i / 2, 0.5, 60 + pitch, 90) for i, pitch in enumerate((0, 2, 4, 5, 7)))
MIDI = to_midi(Score("Scale", 4, ((0.0, 120.0),), (Part("piano", "melody", 0, 0, SCALE),)))


@needs_synthesiser
def test_a_score_can_be_heard() -> None:
    sound = synthesise(MIDI)
    assert sound.shape[1] == 2
    assert len(sound) / RATE_HZ >= 1.25
    assert np.abs(sound).max() > 0.02
    assert np.isfinite(sound).all()


@needs_synthesiser
def test_bytes_that_are_no_score_are_refused_or_silent() -> None:
    try:
        sound = synthesise(b"this is not a score")
    except UsageError:
        return
    assert np.abs(sound).max() < 1e-3


def test_a_missing_sound_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"fluid-soundfont-gm"):
        synthesise(MIDI, tmp_path / "none.sf2")


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    font = tmp_path / "font.sf2"
    font.write_bytes(b"")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="fluidsynth is not installed"):
        synthesise(MIDI, font)


def test_a_program_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "fluidsynth"
    program.write_text("#!/bin/sh\necho no memory >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    font = tmp_path / "font.sf2"
    font.write_bytes(b"")
    with pytest.raises(UsageError, match="no memory"):
        synthesise(MIDI, font)


def test_a_program_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "fluidsynth"
    program.write_text("#!/bin/sh\nexec sleep 20\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(rendering, "TIMEOUT_S", 0.2)
    font = tmp_path / "font.sf2"
    font.write_bytes(b"")
    with pytest.raises(UsageError, match="did not finish"):
        synthesise(MIDI, font)


def test_opus_keeps_the_sound_and_its_tags(tmp_path: Path) -> None:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    tone = (0.3 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)
    path = tmp_path / "tone.opus"
    encode_opus(np.stack([tone, tone], axis=1), path, "A Tone")
    back = decode(path)
    assert len(back) / RATE_HZ == pytest.approx(1.0, abs=0.05)
    assert np.abs(back).max() == pytest.approx(0.3, abs=0.05)
    with av.open(str(path)) as container:
        tags = {**container.metadata, **container.streams.audio[0].metadata}
    assert tags.get("title") == "A Tone"
