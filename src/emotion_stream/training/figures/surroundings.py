"""Recall in noise and through channels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from matplotlib.figure import FigureBase

from emotion_stream.training.conditions.condition import SNRS_DB
from emotion_stream.training.figures.panels import INK, QUIET, Panel

Conditions = Mapping[str, Mapping[str, Any]]

_LOOKS = {
    "noise": ("#c28417", "o", "-"),
    "babble": ("#4f7fc4", "s", "--"),
    "music": ("#c9568a", "^", ":"),
}


def panels(conditions: Conditions) -> list[Panel]:
    """None where nothing but clean speech was asked about."""
    found = []
    if any(row["snr_db"] is not None for row in conditions.values()):
        found.append(
            Panel(
                partial(_by_snr, conditions),
                "Unweighted average recall over the signal-to-noise ratio, a line per kind of "
                "noise, beside that of clean speech.",
            )
        )
    if any(row["kind"] == "channel" for row in conditions.values()):
        found.append(
            Panel(
                partial(_by_channel, conditions),
                "Unweighted average recall through each channel, as bars, beside clean speech.",
            )
        )
    return found


def _by_snr(conditions: Conditions, figure: FigureBase) -> None:
    axes = figure.subplots()
    clean = 100 * float(conditions["clean"]["uar"])
    axes.axhline(clean, color=QUIET, linewidth=1, linestyle="--")
    axes.text(max(SNRS_DB), clean + 1, "clean", va="bottom", ha="left", color=INK)
    for kind, (color, marker, line) in _LOOKS.items():
        rows = [row for row in conditions.values() if row["kind"] == kind]
        if rows:
            axes.plot(
                [row["snr_db"] for row in rows],
                [100 * row["uar"] for row in rows],
                color=color,
                marker=marker,
                linestyle=line,
                label=kind,
            )
    axes.invert_xaxis()
    axes.set(xlabel="signal-to-noise ratio (dB)", ylabel="UAR (%)", ylim=(0, 100), xticks=SNRS_DB)
    axes.legend(loc="lower left")


def _by_channel(conditions: Conditions, figure: FigureBase) -> None:
    axes = figure.subplots()
    rows = {n: row for n, row in conditions.items() if row["kind"] in ("clean", "channel")}
    values = [100 * row["uar"] for row in rows.values()]
    bars = axes.barh(range(len(rows)), values, color=QUIET, height=0.6)
    axes.bar_label(bars, fmt="%.0f", padding=3, color=INK)
    axes.set_yticks(range(len(rows)), [row["title"] for row in rows.values()])
    axes.invert_yaxis()
    axes.set(xlabel="UAR (%)", xlim=(0, 100))
