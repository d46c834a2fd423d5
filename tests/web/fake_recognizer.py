"""A recogniser for tests of the web: it answers by the first byte of what it is given."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from emotion_stream.emotions import EMOTIONS, Emotion, Moment, Quality, Reading, Scores, Verdict
from emotion_stream.errors import NotAudio
from emotion_stream.web.services import RecognizerInfo


@dataclass(frozen=True)
class Info:
    version: str = "0-test"
    labels: tuple[str, ...] = tuple(EMOTIONS)
    sample_rate_hz: int = 16_000
    corpora: tuple[str, ...] = ("made in the test",)
    corpus_titles: tuple[str, ...] = ("Made in the Test",)
    licence: str = "CC0-1.0"
    unsure_below: float = 0.4
    sha256: str = "0" * 64


@dataclass
class FakeRecognizer:
    """`RIFF...` is sad, `quiet` has no speech, `crash` is a mistake, `wait...` waits for a file."""

    info: RecognizerInfo = field(default_factory=Info)
    go_file: Path = Path("go")
    begun: list[bytes] = field(default_factory=list)

    def analyze(
        self, source: BinaryIO, *, max_duration_s: float, progress: Callable[[float], None]
    ) -> Reading:
        sound = source.read()
        self.begun.append(sound[:20])
        if sound.startswith(b"wait"):
            (self.go_file.parent / f"begun-{len(self.begun)}").touch()
            until_there(self.go_file, progress)
        if sound.startswith(b"quiet"):
            return Reading(0.0, 4.0, None, None, quality(Verdict.NO_SPEECH), None)
        if sound.startswith(b"crash"):
            raise RuntimeError("the secret is 12345")
        if not sound.startswith((b"RIFF", b"wait")):
            raise NotAudio("This is not a sound file. Record or upload wav, mp3 or m4a.")
        return sad_reading()


def until_there(file: Path, progress: Callable[[float], None], patience_s: float = 20) -> None:
    """Another process says when to go on."""
    end = time.monotonic() + patience_s
    while not file.exists():
        assert time.monotonic() < end, f"nobody made {file}"
        progress(0.0)
        time.sleep(0.005)


def quality(verdict: Verdict = Verdict.GOOD) -> Quality:
    return Quality(verdict, "Clear speech.", 4.0, 2.9, -23.0, 0.6, 0.0, None)


def sad_reading() -> Reading:
    scores = Scores((0.05, 0.36, 0.02, 0.5, 0.01, 0.03, 0.02, 0.01))
    moment = Moment(0.0, 3.0, scores, Emotion.SADNESS)
    return Reading(
        0.0,
        4.0,
        scores,
        Emotion.SADNESS,
        quality(),
        scores.affect,
        timeline=(moment,),
        waveform=(0.0, 0.5, 1.0),
    )
