"""The pictures of a report, drawn from its JSON: panels of one small drawing each.

Several panels make a PNG file; each is a vector graphic of its own.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure, FigureBase
from numpy.typing import NDArray

from emotion_stream.training.evaluate.conditions import SNRS_DB
from emotion_stream.training.report.result_sections import names_of

# A panel: one small drawing. Several make a PNG file; each is a vector graphic of its own.

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


# Training curves: loss and validation UAR of every stage, epoch by epoch.

Curves = Mapping[str, Sequence[Mapping[str, float]]]

_MOST_IN_LEGEND = 8


def learning_curves(curves: Curves) -> list[Panel]:
    return [
        Panel(
            partial(_draw_curves, curves, "loss", "training loss"),
            "Training loss over epochs, a line per stage and seed; it falls.",
        ),
        Panel(
            partial(_draw_curves, curves, "validation_uar", "UAR of validation speakers"),
            "Unweighted average recall of the validation speakers over epochs, a line per stage.",
        ),
    ]


def _draw_curves(curves: Curves, column: str, label: str, figure: FigureBase) -> None:
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


# Confusion, reliability and coverage: what is mistaken for what, and what confidence is worth.

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


# Recall in noise and through channels.

ConditionRows = Mapping[str, Mapping[str, Any]]

_LOOKS = {
    "noise": ("#c28417", "o", "-"),
    "babble": ("#4f7fc4", "s", "--"),
    "music": ("#c9568a", "^", ":"),
}


def robustness_curves(conditions: ConditionRows) -> list[Panel]:
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


def _by_snr(conditions: ConditionRows, figure: FigureBase) -> None:
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


def _by_channel(conditions: ConditionRows, figure: FigureBase) -> None:
    axes = figure.subplots()
    rows = {n: row for n, row in conditions.items() if row["kind"] in ("clean", "channel")}
    values = [100 * row["uar"] for row in rows.values()]
    bars = axes.barh(range(len(rows)), values, color=QUIET, height=0.6)
    axes.bar_label(bars, fmt="%.0f", padding=3, color=INK)
    axes.set_yticks(range(len(rows)), [row["title"] for row in rows.values()])
    axes.invert_yaxis()
    axes.set(xlabel="UAR (%)", xlim=(0, 100))


# Where a model places the utterances of people it never heard: by emotion, and by who speaks.

Map = Mapping[str, Any]

_MOST_SPEAKERS = 8
_MARKERS = "os^DvPX*"


def embedding_maps(maps: Sequence[Map]) -> list[Panel]:
    """All maps by emotion, then all of them by speaker, or by gender where speakers are many."""
    return [_map_panel(each, "emotion") for each in maps] + [
        _map_panel(each, _who(each)) for each in maps
    ]


def _who(each: Map) -> str:
    return "speaker" if len(set(each["speaker"])) <= _MOST_SPEAKERS else "gender"


def _map_panel(each: Map, key: str) -> Panel:
    alt = (
        f"Map of the utterances tested in {each['fold']}, a dot each, coloured by {key}: "
        "dots that lie together are alike to the model."
    )
    return Panel(partial(_draw_map, each, key), alt, 3.0, 3.2)


def _draw_map(each: Map, key: str, figure: FigureBase) -> None:
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


# One utterance per emotion as the paper shows them: the wave above, its MFCC below.

Voice = Mapping[str, Any]


def example_waves(voices: Sequence[Voice]) -> list[Panel]:
    return [
        Panel(
            partial(_draw_wave, voice),
            f"{voice['emotion']}: the wave of one utterance and its mel-frequency cepstral "
            "coefficients over time.",
            3.0,
            2.5,
        )
        for voice in voices
    ]


def _draw_wave(voice: Voice, figure: FigureBase) -> None:
    wave, cepstrum = figure.subplots(2, 1, sharex=True, height_ratios=(2, 3))
    peaks = np.array(voice["peaks"])
    time_s = np.linspace(0, voice["duration_s"], len(peaks))
    wave.fill_between(time_s, -peaks, peaks, color=COLOURS[voice["emotion"]], linewidth=0)
    wave.set(title=voice["emotion"], ylim=(-1.05, 1.05), yticks=[])
    wave.spines[["left", "bottom"]].set_visible(False)
    wave.tick_params(bottom=False)
    cepstrum.imshow(
        mfcc_of(voice),
        aspect="auto",
        origin="lower",
        cmap="magma",
        interpolation="none",
        extent=(0, voice["duration_s"], 0, voice["mfcc"]["coefficients"]),
    )
    cepstrum.set(xlabel="s", ylabel="MFCC", yticks=(0, 10, 20))


def mfcc_of(voice: Voice) -> NDArray[np.uint8]:
    """[coefficients, frames], from the lowest (0) to the highest (255) of each coefficient."""
    kept = voice["mfcc"]
    values = np.frombuffer(base64.b64decode(kept["values"]), np.uint8)
    return values.reshape(kept["coefficients"], kept["frames"])


@dataclass(frozen=True)
class Drawing:
    """The panels of one picture, `columns` of them in a row."""

    panels: tuple[Panel, ...]
    columns: int = 2


def pictures(report: Mapping[str, Any]) -> dict[str, Drawing]:  # Any: what JSON can hold
    """The pictures by name; the PNG files are called so."""
    found = report["findings"]
    drawn = {"confusion": Drawing((confusion(found["confusion"], names_of(found)),))}
    if found["coverage"]:
        drawn["coverage"] = Drawing((coverage(found["coverage"]),))
    if found.get("reliability"):
        drawn["reliability"] = Drawing((reliability(found["reliability"]),))
    if report.get("curves"):
        drawn["curves"] = Drawing(tuple(learning_curves(report["curves"])))
    if "conditions" in report:
        drawn["conditions"] = Drawing(tuple(robustness_curves(report["conditions"]["results"])))
    if report.get("voices"):
        drawn["voices"] = Drawing(tuple(example_waves(report["voices"])), 4)
    if report.get("embedding"):
        maps = report["embedding"]
        drawn["embedding"] = Drawing(tuple(embedding_maps(maps)), len(maps))
    return {name: drawing for name, drawing in drawn.items() if drawing.panels}


def write_pictures(report: Mapping[str, Any], folder: Path) -> None:
    """Every picture as a PNG file."""
    for name, drawing in pictures(report).items():
        write_png(drawing.panels, folder / f"{name}.png", columns=drawing.columns)
