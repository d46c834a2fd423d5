"""What a report is made of, whatever it is written as: text, tables, pictures and commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """Markdown of the plainest kind: paragraphs, `code`, **strong**, lines of a list."""

    text: str


@dataclass(frozen=True)
class Table:
    """`caption` tells those who cannot see it what it holds; the rest of it is text.

    `marked` is the place of a row that stands out. `shares` are from 0 to 1 for every cell behind
    the first: how dark it is. `only_html` leaves it to a picture in Markdown.
    """

    caption: str
    head: Row
    rows: Sequence[Row]
    marked: int | None = None
    shares: Sequence[Sequence[float]] = ()
    only_html: bool = False


@dataclass(frozen=True)
class Picture:
    """One of `figures.pictures`. `only_markdown` where a table shows the same in HTML."""

    name: str
    title: str
    only_markdown: bool = False


@dataclass(frozen=True)
class Commands:
    """Lines for a shell."""

    lines: Sequence[str]


Block = Text | Table | Picture | Commands


@dataclass(frozen=True)
class Section:
    """`title` is empty at the head of the report."""

    title: str
    blocks: Sequence[Block]


def percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def interval(low_high: Sequence[float]) -> str:
    return f"{percent(low_high[0])} to {percent(low_high[1])}"
