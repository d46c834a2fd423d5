"""Text from outside, made fit for a column: PostgreSQL takes no NUL, no column takes everything."""

from __future__ import annotations


def shortened(text: str, max_chars: int) -> str:
    """`text` without characters that cannot be shown or stored, at most `max_chars` long."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown if len(shown) <= max_chars else shown[: max_chars - 1] + "…"
