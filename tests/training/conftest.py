"""A corpus and a finished run that the tests of the learning wing share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sounds import wav

# Some tests of this folder need no `train` extra: what imports it is imported where it is used.


@pytest.fixture(scope="package")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Twenty actors of RAVDESS, and a corpus of one's own with four speakers and a copy."""
    from tests.training.fake_corpus import voice, write_ravdess

    folder = tmp_path_factory.mktemp("corpora")
    rows = ["path,emotion,speaker"]
    for number, emotion in enumerate(["anger", "fear"] * 4):
        (folder / f"{number}.wav").write_bytes(wav(voice(0.803 + 0.071 * number)))
        rows.append(f"{number}.wav,{emotion},s{number // 2}")
    (folder / "copy.wav").write_bytes((folder / "0.wav").read_bytes())
    (folder / "unlabelled.wav").write_bytes(wav(voice(1.0)))
    rows += ["copy.wav,anger,s0", "unlabelled.wav,,s9"]
    (folder / "mine.csv").write_text("\n".join(rows) + "\n")
    return {
        "ravdess": write_ravdess(folder / "ravdess", range(1, 21)),
        "mine": folder / "mine.csv",
    }


@pytest.fixture(scope="package")
def run(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five folds, each with a tiny model."""
    from emotion_stream.training.fit import run
    from emotion_stream.training.fit.run import TrainingRequest
    from tests.training.fake_corpus import TINY, no_bar, unwatched

    out = tmp_path_factory.mktemp("run")
    order = TrainingRequest(sources, out, out / "cache", TINY, protocol="ravdess5")
    run.train(order, no_bar, unwatched)
    return out
