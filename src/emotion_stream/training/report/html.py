"""A report as one HTML file that needs nothing beside it: no script, no network, no picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from emotion_stream.training.report.blocks import Block, Picture
from emotion_stream.training.report.figures import Drawing, inline_svg, pictures
from emotion_stream.training.report.sections import sections

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(report: Mapping[str, Any]) -> str:  # Any: what JSON can hold
    """The report as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paragraphs"] = paragraphs
    environment.filters["inline"] = inline
    environment.globals["drawn"] = partial(_drawn, pictures(report))
    template = environment.get_template("report.html.jinja")
    shown = [
        (section.title, [block for block in section.blocks if _in_html(block)])
        for section in sections(report)
    ]
    return template.render(title=report["title"], sections=shown) + "\n"


def inline(text: str) -> Markup:
    """`code` and **strong** as HTML; a number keeps its per cent sign on its line."""
    escaped = re.sub(r"(\d) %", "\\1\N{NO-BREAK SPACE}%", str(escape(text)))
    escaped = re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped)
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", escaped))  # noqa: S704  (escaped above)


def paragraphs(text: str) -> Markup:
    """Paragraphs, and lists where every line is an item."""
    parts = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        if all(line.startswith("- ") for line in lines):
            items = (Markup("<li>{}</li>").format(inline(line[2:])) for line in lines)
            parts.append(Markup("<ul>{}</ul>").format(Markup("").join(items)))
        else:
            parts.append(Markup("<p>{}</p>").format(inline(part)))
    return Markup("\n").join(parts)


def _in_html(block: Block) -> bool:
    return not (isinstance(block, Picture) and block.only_markdown)


def _drawn(every: Mapping[str, Drawing], name: str) -> tuple[float, list[Markup]]:
    """How wide the panels of a picture are, and each as a vector graphic."""
    panels = every[name].panels if name in every else ()
    width_in = max((panel.width_in for panel in panels), default=0.0)
    return width_in, [
        Markup(inline_svg(panel, f"{name}-{place}"))  # noqa: S704  (drawn by us, its texts escaped)
        for place, panel in enumerate(panels)
    ]
