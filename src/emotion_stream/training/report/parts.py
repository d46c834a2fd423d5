"""The section about what the parts of the recipe are worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emotion_stream.training.fingerprint import changed, flat
from emotion_stream.training.report.blocks import (
    Block,
    Commands,
    Table,
    Text,
    interval,
    percent,
)

Report = Mapping[str, Any]  # Any: what JSON can hold


def parts(report: Report) -> list[Block]:
    """What `ablation.ablations` found."""
    if "ablations" not in report:
        return []
    tried = report["ablations"]
    folds, under = ", ".join(tried["folds"]), list(tried["conditions"])
    head = ("trained", "UAR", "lost, 95 % interval over speakers", *tried["conditions"].values())
    rows = [
        (
            _changed(run["changed"]) or "nothing left out",
            percent(run["uar"]),
            interval(run["lost_interval_95"]) if run["changed"] else "-",
            *(percent(run["under"][name]) for name in under),
        )
        for run in tried["runs"]
    ]
    return [
        Text(
            f"Trained again without one part at a time, on {folds}, one seed, and "
            f"asked about the same {tried['utterances']} utterances; conditions on the share of "
            f"them that is told above. {_otherwise(report)}{_given(tried['runs'])}The interval is "
            f"of what is lost against the first row. {_shown(tried['runs'])}"
        ),
        Table("What the parts of the recipe are worth", head, rows),
        Text("Trained by:"),
        Commands([run["command"] for run in tried["runs"]]),
    ]


def _otherwise(report: Report) -> str:
    """Where the first run is not of the recipe that the report is of."""
    recipe, first = flat(report["training"]), flat(report["ablations"]["training"])
    differing = {
        name: (recipe[name], first[name])
        for name in changed(recipe, first)
        if name in recipe and name in first  # older runs lack the newest settings
    }
    if not differing:
        return ""
    return f"All of them differ from the recipe of this report: {_changed(differing)}. "


def _given(runs: Sequence[Mapping[str, Any]]) -> str:
    if not any("--pretrained" in run["command"] for run in runs):
        return ""
    return "They start from one pre-training, which had every part. "


def _shown(runs: Sequence[Mapping[str, Any]]) -> str:
    """Whether any part is shown to matter on recordings as they are."""
    intervals = [run["lost_interval_95"] for run in runs if run["changed"]]
    if any(not low <= 0 <= high for low, high in intervals):
        return ""
    return "None leaves out zero: no part is shown to matter on recordings as they are."


def _changed(changed: Mapping[str, Any]) -> str:
    rows = sorted(changed.items())
    return ", ".join(f"{name} {now} instead of {then}" for name, (then, now) in rows)
