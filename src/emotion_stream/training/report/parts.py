"""The section about what the parts of the recipe are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emotion_stream.training.report.blocks import Block, Table, Text, interval, percent

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
            _changed(run["changed"]) or "as the recipe says, one network",
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
            "them that is told above. The interval is of what is lost against the first row."
        ),
        Table("What the parts of the recipe are worth", head, rows),
    ]


def _changed(changed: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {now} instead of {then}" for name, (then, now) in changed.items())
