"""A panel: one small drawing. Several make a PNG file; each is a vector graphic of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure, FigureBase

INK = "#24364b"
QUIET = "#8d8172"
# By emotion; each can be told from white and from black paper.
COLOURS = {
    "neutral": "#8a8279",
    "calm": "#3a9a88",
    "happiness": "#c28417",
    "sadness": "#4f7fc4",
    "anger": "#cc5540",
    "fear": "#9067c0",
    "disgust": "#7f8b22",
    "surprise": "#c9568a",
}

_STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.fonttype": "none",
    "svg.hashsalt": "emotion-stream",
}
_METADATA = {"Software": None}  # the same picture from the same figures, byte for byte
_SVG_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}


@dataclass(frozen=True)
class Panel:
    """`draw` fills a figure of `width_in` by `height_in`; `alt` says what there is to see."""

    draw: Callable[[FigureBase], None]
    alt: str
    width_in: float = 4.2
    height_in: float = 3.2


def write_png(panels: Sequence[Panel], file: Path, *, columns: int, dpi: int = 100) -> None:
    """All panels on one sheet, row by row."""
    columns = min(columns, len(panels))
    rows = -(-len(panels) // columns)
    size_in = (columns * panels[0].width_in, rows * panels[0].height_in)
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=size_in, layout="constrained")
        fields = figure.subfigures(rows, columns, squeeze=False).flat
        for panel, field in zip(panels, fields, strict=False):
            panel.draw(field)
        figure.savefig(file, dpi=dpi, metadata=_METADATA)


def inline_svg(panel: Panel, name: str) -> str:
    """The panel for an HTML page: ink takes the colour of the text around it.

    `name` keeps its ids apart from those of other panels.
    """
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(panel.width_in, panel.height_in), layout="constrained")
        panel.draw(figure)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata=_SVG_METADATA)
    svg = out.getvalue()
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r' id="(?:figure|axes|patch|text|line2d|matplotlib\.axis|xtick|ytick|legend|'
        r'LineCollection|PathCollection|QuadMesh|image|Rectangle)_\d+"',
        "",
        svg,
    )
    svg = re.sub(r"(id=\"|url\(#|href=\"#)", rf"\g<1>{name}-", svg)
    svg = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', 'role="img" aria-label="@"', svg, count=1)
    svg = svg.replace("@", _escaped(panel.alt), 1).replace(INK, "currentColor")
    svg = re.sub(r"font: (?:[\w.]+ )?([\d.]+)px [^;\"]*", r"font-size: \1px", svg)
    svg = re.sub(r"(\d+\.\d\d)\d+", r"\1", svg)
    return re.sub(r"\n\s*", "\n", svg).strip()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
