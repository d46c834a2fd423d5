"""The files of the library, decoded: loud enough, never clipped, and heard as they were meant."""

from __future__ import annotations

import json

import numpy as np
import pytest

from emotion_stream.music.local.analysis import Analysis, analyse
from emotion_stream.music.local.estimate import estimate
from emotion_stream.music.starter import shipped_folder
from tools.starter_library.mastering import integrated_lufs, true_peak_dbtp
from tools.starter_library.rendering import RATE_HZ, decode

pytestmark = pytest.mark.slow
FOLDER = shipped_folder()
TRACKS = json.loads((FOLDER / "catalogue.json").read_text("utf-8"))["tracks"]


def rank_correlation(one: list[float], other: list[float]) -> float:
    """Spearman's rho, ties sharing their mean rank."""

    def ranks(values: list[float]) -> list[float]:
        ordered = sorted(values)
        return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]

    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


@pytest.mark.parametrize("track", TRACKS, ids=lambda track: track["id"])
def test_each_piece_is_mastered(track: dict[str, str]) -> None:
    sound = decode(FOLDER / track["file"])
    assert integrated_lufs(sound, RATE_HZ) == pytest.approx(-18, abs=0.6)
    assert true_peak_dbtp(sound, RATE_HZ) <= -0.9
    assert np.corrcoef(sound.T)[0, 1] >= 0.1, "it survives a mono speaker"
    blocks = np.abs(sound[: len(sound) // 4800 * 4800]).reshape(-1, 4800 * 2).max(axis=1)
    assert np.mean(blocks < 10 ** (-55 / 20)) <= 0.06, "no holes of silence"


def test_a_listener_that_knows_only_the_sound_orders_the_pieces_alike() -> None:
    analyses = [analyse(FOLDER / track["file"]) for track in TRACKS]
    heard = [estimate(a.features).affect for a in analyses if isinstance(a, Analysis)]
    arousal = rank_correlation([t["affect"]["arousal"] for t in TRACKS], [a.arousal for a in heard])
    valence = rank_correlation([t["affect"]["valence"] for t in TRACKS], [a.valence for a in heard])
    assert arousal >= 0.7
    assert valence >= 0.4
