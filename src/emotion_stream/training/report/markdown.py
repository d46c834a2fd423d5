"""A report as Markdown; its pictures are PNG files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from emotion_stream.training.report.blocks import Block, Commands, Picture, Row, Table, Text
from emotion_stream.training.report.sections import sections


def render(report: Mapping[str, Any]) -> str:  # Any: what JSON can hold
    """The report as Markdown."""
    parts = [f"# {report['title']}"]
    for section in sections(report):
        parts += [f"## {section.title}"] if section.title else []
        parts += [text for block in section.blocks if (text := _block(block))]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return text
        case Table(only_html=False):
            return table(block.head, block.rows)
        case Picture(name, title):
            return f"![{title}]({name}.png)"
        case Commands(lines):
            return "\n".join(("```sh", *lines, "```"))
    return ""


def table(head: Row, rows: Iterable[Row]) -> str:
    """Head and rows of cells as a table of Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
