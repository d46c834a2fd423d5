"""The table of peers in docs/results.md is the one that the committed reports give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers.table import BEGIN, END, placed, rendered
from emotion_stream import __version__
from emotion_stream.errors import UsageError

pytestmark = pytest.mark.training

REPOSITORY = Path(__file__).parents[2]


def _fold(uar: float) -> dict[str, Any]:
    return {"uar": uar, "parameters": 1234, "utterances": {"anger": 4, "fear": 2, "calm": 0}}


def _report() -> dict[str, Any]:
    net = {"title": "Net", "recipe": {"epochs": 10, "published_epochs": 300}}
    svm = {"title": "SVM", "recipe": {}}
    folds = {"seed-0/fold-1": _fold(0.5), "seed-0/fold-2": _fold(0.7), "seed-1/fold-1": _fold(0.7)}
    speed = {
        "shipped": {"parameters": 600_000, "ms": 4.76},
        "peers": {"net": {"front_end_ms": 1.25, "model_ms": 3.0}},
    }
    return {
        "ravdess5": {
            "corpus": "ravdess",
            "peers": {"svm": svm | {"folds": folds}, "net": net | {"folds": {}}},
            "speed": speed,
        },
        "emodb-loso": {
            "corpus": "emodb",
            "peers": {"net": net | {"folds": {"seed-0/fold-1": _fold(0.8)}}},
        },
    }


def test_a_row_for_each_and_a_dash_for_what_was_not_measured(tmp_path: Path) -> None:
    (tmp_path / "peers.json").write_text(json.dumps(_report()))
    ours = {"findings": {"uar": {"mean_over_folds": 0.646, "sd_over_folds": 0.062}}}
    (tmp_path / "report.json").write_text(json.dumps(ours))
    assert rendered(tmp_path / "peers.json").splitlines() == [
        "|  | RAVDESS, 2 emotions, 2 folds | EMO-DB, 2 emotions, 1 folds "
        "| parameters | ms per 3 s |",
        "| --- | --- | --- | --- | --- |",
        "| **Emotion Stream** | **64.6 ± 6.2 %** | - | 600,000 | 4.8 |",
        "| SVM | 65.0 ± 7.1 % | - | 1,234 | - |",
        "| Net | - | 80.0 ± 0.0 % | 1,234 | 4.2 |",
        "",
        "Trained for fewer epochs than published: Net 10 of 300 (EMO-DB).",
    ]


def test_the_table_takes_its_place_and_nothing_else() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert placed("new", page) == f"before\n{BEGIN}\nnew\n{END}\nafter\n"
    assert placed("new", placed("new", page)) == placed("new", page)
    with pytest.raises(UsageError, match="no place for the table"):
        placed("new", "before\nafter\n")


def test_the_page_of_results_shows_what_was_measured() -> None:
    page = (REPOSITORY / "docs" / "results.md").read_text(encoding="utf-8")
    reports = REPOSITORY / "docs" / "reports" / __version__
    assert placed(rendered(reports / "peers.json"), page) == page
