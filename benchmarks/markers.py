"""What stands between two markers of a Markdown page is written by a program."""

from __future__ import annotations


def between(begin: str, end: str, text: str, page: str) -> str | None:
    """The page with `text` between its markers `begin` and `end`; None where it lacks them."""
    before, opened, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    return f"{before}{begin}\n{text}\n{end}{after}" if opened and closed else None
