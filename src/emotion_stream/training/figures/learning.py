"""Training curves: loss and validation UAR of every stage, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from matplotlib.figure import FigureBase

from emotion_stream.training.figures.panels import Panel

Curves = Mapping[str, Sequence[Mapping[str, float]]]

_MOST_IN_LEGEND = 8


def panels(curves: Curves) -> list[Panel]:
    return [
        Panel(
            partial(_draw, curves, "loss", "training loss"),
            "Training loss over epochs, a line per stage and seed; it falls.",
        ),
        Panel(
            partial(_draw, curves, "validation_uar", "UAR of validation speakers"),
            "Unweighted average recall of the validation speakers over epochs, a line per stage.",
        ),
    ]


def _draw(curves: Curves, column: str, label: str, figure: FigureBase) -> None:
    """Seeds and networks of a stage share its colour."""
    axes = figure.subplots()
    stages = sorted({_stage(name) for name in curves})
    labelled: set[str] = set()
    for name, rows in curves.items():
        stage = _stage(name)
        axes.plot(
            [row["epoch"] for row in rows],
            [row[column] for row in rows],
            color=f"C{stages.index(stage) % 10}",
            label="_" if stage in labelled else stage,  # one entry per stage in the legend
            linewidth=1,
        )
        labelled.add(stage)
    axes.set(xlabel="epoch", ylabel=label)
    if column != "loss" and len(stages) <= _MOST_IN_LEGEND:
        axes.legend(fontsize=7)


def _stage(name: str) -> str:
    """`fold-1` of `seed-0/fold-1/member-1`."""
    return name.split("/")[1]
