"""File names and tags as text that can be shown anywhere: in a page, a terminal, a JSON answer.

Control characters steer a terminal, direction marks (U+202A to U+202E, U+2066 to U+2069) turn the
text after them around, and names on disk need not be text at all.
"""

from __future__ import annotations

from pathlib import Path

GAP = "\N{REPLACEMENT CHARACTER}"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # part of Persian words and of emoji


def shown_path(path: Path) -> str:
    """A path, letter for letter, with a replacement character for each that cannot be shown."""
    return "".join(letter if _can_be_shown(letter) else GAP for letter in str(path))


def shown_name(text: str) -> str:
    """One line: what cannot be shown is a space, or a replacement character where it is no text."""
    letters = (letter if _can_be_shown(letter) else _instead(letter) for letter in text)
    return " ".join("".join(letters).split())


def _can_be_shown(letter: str) -> bool:
    return letter.isprintable() or letter in _JOINERS


def _instead(letter: str) -> str:
    is_surrogate = "\ud800" <= letter <= "\udfff"
    return GAP if is_surrogate else " "
