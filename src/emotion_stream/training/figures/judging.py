"""Confusion, reliability and coverage: what is mistaken for what, and what confidence is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import FigureBase

from emotion_stream.training.figures.panels import INK, QUIET, Panel

Rows = Sequence[Mapping[str, Any]]


def confusion(counts: Sequence[Sequence[int]], names: Sequence[str]) -> Panel:
    """Each row is one true emotion; the numbers are per cent of it."""
    alt = "Confusion matrix: a row per acted emotion, a column per recognised one, in per cent."
    side = 1.6 + 0.56 * len(names)
    return Panel(partial(_confusion, counts, names), alt, side, side - 0.5)


def _confusion(
    confusion: Sequence[Sequence[int]], names: Sequence[str], figure: FigureBase
) -> None:
    counts = np.array(confusion, float)
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=100)
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right")
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="recognised as", ylabel="acted (per cent of those heard)")
    for row, column in np.ndindex(shares.shape):
        color = "white" if shares[row, column] > 55 else INK
        text = f"{shares[row, column]:.0f}"
        axes.text(column, row, text, ha="center", va="center", color=color)


def coverage(rows: Rows) -> Panel:
    """Accuracy on the most confident share of the utterances."""
    alt = "Accuracy over the share of recordings answered; it rises as the share falls."
    return Panel(partial(_coverage, rows), alt)


def _coverage(rows: Rows, figure: FigureBase) -> None:
    axes = figure.subplots()
    shares = [100 * row["coverage"] for row in rows]
    axes.plot(shares, [100 * row["accuracy"] for row in rows], marker="o", color=INK)
    axes.set(xlabel="answered, most confident first (%)", ylabel="accuracy (%)", ylim=(0, 100))


def reliability(rows: Rows) -> Panel:
    """Accuracy of the answers of like confidence; the size of a dot tells how many they are."""
    alt = "Accuracy over confidence in bins, beside the diagonal of perfect calibration."
    return Panel(partial(_reliability, rows), alt)


def _reliability(rows: Rows, figure: FigureBase) -> None:
    axes = figure.subplots()
    confidence = [100 * row["confidence"] for row in rows]
    accuracy = [100 * row["accuracy"] for row in rows]
    sizes = np.array([row["answers"] for row in rows], float)
    axes.plot([0, 100], [0, 100], color=QUIET, linestyle="--", linewidth=1, label="calibrated")
    axes.plot(confidence, accuracy, color=INK, linewidth=1)
    axes.scatter(confidence, accuracy, s=8 + 90 * sizes / sizes.max(), color=INK, zorder=3)
    axes.set(xlabel="confidence (%)", ylabel="right (%)", xlim=(0, 102), ylim=(0, 102))
    axes.legend(loc="upper left")
