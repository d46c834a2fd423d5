"""Which pictures a report has: those whose figures are in its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emotion_stream.training.figures import embedding, judging, learning, surroundings, voices
from emotion_stream.training.figures.panels import Panel, write_png
from emotion_stream.training.report.judged import names_of


@dataclass(frozen=True)
class Drawing:
    """The panels of one picture, `columns` of them in a row."""

    panels: tuple[Panel, ...]
    columns: int = 2


def pictures(report: Mapping[str, Any]) -> dict[str, Drawing]:  # Any: what JSON can hold
    """The pictures by name; the PNG files are called so."""
    found = report["findings"]
    drawn = {"confusion": Drawing((judging.confusion(found["confusion"], names_of(found)),))}
    if found["coverage"]:
        drawn["coverage"] = Drawing((judging.coverage(found["coverage"]),))
    if found.get("reliability"):
        drawn["reliability"] = Drawing((judging.reliability(found["reliability"]),))
    if report.get("curves"):
        drawn["curves"] = Drawing(tuple(learning.panels(report["curves"])))
    if "conditions" in report:
        drawn["conditions"] = Drawing(tuple(surroundings.panels(report["conditions"]["results"])))
    if report.get("voices"):
        drawn["voices"] = Drawing(tuple(voices.panels(report["voices"])), 4)
    if report.get("embedding"):
        maps = report["embedding"]
        drawn["embedding"] = Drawing(tuple(embedding.panels(maps)), len(maps))
    return {name: drawing for name, drawing in drawn.items() if drawing.panels}


def write_pictures(report: Mapping[str, Any], folder: Path) -> None:
    """Every picture as a PNG file."""
    for name, drawing in pictures(report).items():
        write_png(drawing.panels, folder / f"{name}.png", columns=drawing.columns)
