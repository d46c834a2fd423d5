"""Every fold is measured once, on utterances that are counted as ours are."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.peers import comparison, front_ends
from benchmarks.peers.comparison import ComparisonOrder, Report, compare, features_of
from benchmarks.peers.front_ends import FrontEnd
from benchmarks.peers.material import UNHEARD, Floats, Part, read_material
from benchmarks.peers.peer import Fitted, Peer
from benchmarks.peers.roster import roster
from emotion_stream.training.data.dataset import read_corpora
from emotion_stream.training.data.windows import as_float
from emotion_stream.training.fit.run_folder import provenance
from tests.sounds import wav
from tests.training.fake_corpus import voice, write_ravdess

pytestmark = [pytest.mark.training, pytest.mark.slow]


@dataclass
class Guess:
    """Answers the emotion it was taught most, and counts how often it was taught."""

    recipe: Mapping[str, Any] = field(default_factory=lambda: {"guess": 1})
    fits: int = 0
    name: str = "guess"
    title: str = "a guess"
    source: str = "nowhere"
    front_end: FrontEnd = front_ends.mean_mfcc
    chance: bool = True

    def fit(self, train: Part, validation: Part, seed: int) -> Fitted:
        self.fits += 1
        return self.specimen(train)

    def specimen(self, train: Part) -> Fitted:
        most = np.eye(8, dtype=np.float32)[np.bincount(train.labels).argmax()]
        return Fitted(lambda features: np.tile(most, (len(features), 1)), 8, {"epoch": 1})


@pytest.fixture(scope="module")
def ravdess(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty actors; the first has a silent file and a copy of another."""
    folder = write_ravdess(tmp_path_factory.mktemp("ravdess"), range(1, 21))
    first = folder / "Actor_01"
    (first / "03-01-03-01-01-02-01.wav").write_bytes(wav(0 * voice(1.0)))
    copied = (first / "03-01-03-01-01-01-01.wav").read_bytes()
    (first / "03-01-03-01-02-01-01.wav").write_bytes(copied)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def _compare(ravdess: Path, cache: Path, out: Path, *peers: Peer) -> tuple[Report, list[str]]:
    said: list[str] = []
    order = ComparisonOrder("ravdess", ravdess, "ravdess5", cache, peers, (0,), out)
    return compare(order, said.append), said


def test_a_run_goes_on_where_it_was_stopped(ravdess: Path, cache: Path, tmp_path: Path) -> None:
    out = tmp_path / "peers.json"
    first = Guess()
    report, _ = _compare(ravdess, cache, out, first)
    assert first.fits == 5
    assert json.loads(out.read_text()) == report
    folds = report["ravdess5"]["peers"]["guess"]["folds"]
    del folds["seed-0/fold-3"]
    folds["seed-0/fold-1"]["commit"] = "an older one"
    out.write_text(json.dumps(report))
    second = Guess()
    again, _ = _compare(ravdess, cache, out, second)
    assert second.fits == 1
    assert set(again["ravdess5"]["peers"]["guess"]["folds"]) == {
        f"seed-0/fold-{number}" for number in range(1, 6)
    }
    measured_at = {k: v["commit"] for k, v in again["ravdess5"]["peers"]["guess"]["folds"].items()}
    assert measured_at.pop("seed-0/fold-1") == "an older one"
    assert set(measured_at.values()) == {provenance().commit}
    again["ravdess5"]["peers"]["guess"]["folds"]["seed-0/fold-2"]["speakers"]["train"].pop()
    out.write_text(json.dumps(again))
    other_split = Guess()
    _compare(ravdess, cache, out, other_split)
    assert other_split.fits == 1
    other = Guess(recipe={"guess": 2})
    _compare(ravdess, cache, out, other)
    assert other.fits == 5


def test_silence_is_wrong_and_a_copy_is_judged_but_not_learnt(ravdess: Path, cache: Path) -> None:
    utterances = read_corpora({"ravdess": ravdess})["ravdess"]
    material = read_material(utterances, cache, lambda _: None)
    assert material.account == {
        "utterances": 42,
        "speakers": 20,
        "no_speech_heard": 1,
        "copies": 1,
    }
    features = np.arange(len(material.windows), dtype=np.float32)[:, None]
    judged = material.part(features, {"ravdess/01"})
    learnt = material.part(features, {"ravdess/01"}, learnt=True)
    assert (len(judged.labels), len(learnt.labels)) == (4, 3)
    logits = np.zeros((len(judged.features), 8), np.float32)
    logits[:, 3] = 1
    assert sorted(judged.predictions(logits).tolist()) == [UNHEARD, 3, 3, 3]


def test_features_that_were_computed_before_a_stop_are_kept(
    ravdess: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "_SHARD", 10)
    material = read_material(
        read_corpora({"ravdess": ravdess})["ravdess"], tmp_path, lambda _: None
    )
    asked = 0

    def front_end(samples: Floats) -> Floats:
        nonlocal asked
        asked += 1
        if asked == 15:
            raise KeyboardInterrupt
        return samples[:3]

    with pytest.raises(KeyboardInterrupt):
        features_of(front_end, material, tmp_path)
    features = features_of(front_end, material, tmp_path)
    assert len(features) == len(material.windows)
    # One probe for each call; five windows of the second ten were lost, the first ten kept.
    assert asked == 2 + len(material.windows) + 4
    expected = np.stack([as_float(window)[:3] for window in material.windows])
    np.testing.assert_array_equal(features, expected)


def test_windows_of_an_utterance_vote_together() -> None:
    part = Part(np.zeros((3, 1), np.float32), np.array([0, 0, 1]), np.array([2, 4]))
    logits = np.zeros((3, 8), np.float32)
    logits[0, 4], logits[1, 2], logits[2, 4] = 1, 3, 1
    assert part.predictions(logits).tolist() == [2, 4]


def test_a_peer_whose_package_is_missing_is_left_out(
    ravdess: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opensmile", None)
    front_ends._opensmile.cache_clear()
    report, said = _compare(
        ravdess, cache, tmp_path / "peers.json", *roster(["mfcc-svm", "egemaps-svm", "compare-svm"])
    )
    assert set(report["ravdess5"]["peers"]) == {"mfcc-svm"}
    for left_out in ("egemaps-svm", "compare-svm"):
        assert any(line.startswith(f"{left_out} is left out: pip install") for line in said)
    fold = report["ravdess5"]["peers"]["mfcc-svm"]["folds"]["seed-0/fold-2"]
    assert fold["utterances"] == fold["utterances"] | {"happiness": 4, "sadness": 4}
    assert 0.5 <= fold["uar"] <= 1
    times = report["ravdess5"]["speed"]["peers"]["mfcc-svm"]
    assert times["front_end_ms"] > 0
