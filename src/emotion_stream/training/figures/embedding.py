"""Where a model places the utterances of people it never heard: by emotion, and by who speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.figure import FigureBase

from emotion_stream.training.figures.panels import COLOURS, Panel

Map = Mapping[str, Any]

_MOST_SPEAKERS = 8
_MARKERS = "os^DvPX*"


def panels(maps: Sequence[Map]) -> list[Panel]:
    """All maps by emotion, then all of them by speaker, or by gender where speakers are many."""
    return [_panel(each, "emotion") for each in maps] + [_panel(each, _who(each)) for each in maps]


def _who(each: Map) -> str:
    return "speaker" if len(set(each["speaker"])) <= _MOST_SPEAKERS else "gender"


def _panel(each: Map, key: str) -> Panel:
    alt = (
        f"Map of the utterances tested in {each['fold']}, a dot each, coloured by {key}: "
        "dots that lie together are alike to the model."
    )
    return Panel(partial(_draw, each, key), alt, 3.0, 3.2)


def _draw(each: Map, key: str, figure: FigureBase) -> None:
    axes = figure.subplots()
    points, names = np.array(each["points"], float), np.array(each[key])
    present = [n for n in COLOURS if n in names] if key == "emotion" else sorted(set(names))
    for place, name in enumerate(present):
        axes.plot(
            *points[names == name].T,
            linestyle="none",
            marker=_MARKERS[place % len(_MARKERS)] if key != "emotion" else "o",
            markersize=4,
            markeredgewidth=0,
            alpha=0.8,
            color=COLOURS.get(name, f"C{place}"),
            label=name.split("/")[-1],
        )
    axes.set(title=f"{each['fold']}, by {key}", xticks=[], yticks=[])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        ncols=4,
        fontsize=7,
        columnspacing=0.8,
        handletextpad=0.1,
    )
