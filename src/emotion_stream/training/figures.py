"""The pictures of a report: training curves, confusion matrix, and accuracy over coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from emotion_stream.emotions import EMOTIONS

Curves = Mapping[str, Sequence[Mapping[str, float]]]

_INK = "#24364b"
_METADATA = {"Software": None}  # the same picture from the same figures, byte for byte


def _save(figure: Figure, file: Path) -> None:
    figure.savefig(file, dpi=110, metadata=_METADATA)


def draw_curves(curves: Curves, file: Path) -> None:
    """Loss and validation UAR of every stage, epoch by epoch; seeds of a stage share its colour."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    loss, score = figure.subplots(1, 2)
    stages = sorted({_stage(name) for name in curves})
    labelled: set[str] = set()
    for name, rows in curves.items():
        stage = _stage(name)
        look = {
            "color": f"C{stages.index(stage)}",
            "label": "_" if stage in labelled else stage,  # one entry per stage in the legend
            "linewidth": 1,
        }
        labelled.add(stage)
        epochs = [row["epoch"] for row in rows]
        loss.plot(epochs, [row["loss"] for row in rows], **look)
        score.plot(epochs, [row["validation_uar"] for row in rows], **look)
    loss.set(xlabel="epoch", ylabel="training loss")
    score.set(xlabel="epoch", ylabel="UAR of validation speakers")
    score.legend(fontsize=7)
    _save(figure, file)


def _stage(name: str) -> str:
    """`seed-0/fold-1/member-1` without its seed."""
    return name.partition("/")[2]


def draw_confusion(confusion: Sequence[Sequence[int]], file: Path) -> None:
    """Each row is one true emotion; the numbers are per cent of it."""
    counts = np.array(confusion, float)
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(6.4, 5.6), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    names = [emotion.value for emotion in EMOTIONS]
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="recognised as", ylabel="acted (per cent of those heard)")
    for row, column in np.ndindex(shares.shape):
        color = "white" if shares[row, column] > 55 else _INK
        text = f"{shares[row, column]:.0f}"
        axes.text(column, row, text, ha="center", va="center", color=color, fontsize=9)
    _save(figure, file)


def draw_coverage(coverage: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Accuracy on the most confident share of the utterances."""
    figure = Figure(figsize=(4.6, 3.4), layout="constrained")
    axes = figure.subplots()
    shares = [100 * row["coverage"] for row in coverage]
    axes.plot(shares, [100 * row["accuracy"] for row in coverage], marker="o", color=_INK)
    axes.set(xlabel="answered, most confident first (%)", ylabel="accuracy (%)", ylim=(0, 100))
    _save(figure, file)
