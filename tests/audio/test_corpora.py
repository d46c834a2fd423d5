"""Real voices are heard and real noises are not: on the development corpora, where they lie."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from emotion_stream.audio.listening import Heard, hear
from emotion_stream.emotions import Verdict

pytestmark = [pytest.mark.corpora, pytest.mark.slow]

SAMPLE = 40


def heard(folder: Path, pattern: str, seed: int = 1) -> list[Heard]:
    files = sorted(file for file in folder.rglob(pattern) if file.is_file())
    if not files:
        pytest.fail(f"no {pattern} under {folder}")
    chosen = np.random.default_rng(seed).permutation(len(files))[:SAMPLE]
    return [hear(files[place]) for place in chosen]


def share_heard(found: list[Heard]) -> float:
    return sum(bool(each.windows) for each in found) / len(found)


@pytest.mark.parametrize(
    ("corpus", "pattern"),
    [
        ("ravdess_speech", "03-*"),
        ("emodb", "[01]*"),
        ("tess", "*_*.*"),
        ("nemo", "*_*_*.*"),
        ("savee", "*_*.*"),
    ],
)
def test_acted_speech_is_heard(corpora: Path, corpus: str, pattern: str) -> None:
    assert share_heard(heard(corpora / corpus, pattern)) >= 0.95


def test_the_very_quiet_recordings_of_ravdess_are_heard(corpora: Path) -> None:
    for name in ("03-01-02-02-01-01-09", "03-01-04-01-01-02-20", "03-01-02-02-02-02-20"):
        (file,) = (corpora / "ravdess_speech").rglob(f"{name}.*")
        found = hear(file)
        assert found.windows
        assert found.quality.verdict is Verdict.TOO_QUIET


@pytest.mark.parametrize(
    ("corpus", "pattern"),
    [("esc10", "*.*"), ("noises_noisex92_nonspeech", "*.*"), ("emospeech_india", "background-*")],
)
def test_everyday_sounds_are_not_speech(corpora: Path, corpus: str, pattern: str) -> None:
    assert share_heard(heard(corpora / corpus, pattern)) <= 0.1
