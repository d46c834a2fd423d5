"""Fields of a stored JSON file, each checked, because anybody may have changed it."""

from __future__ import annotations

import math
from collections.abc import Mapping


def mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not a mapping")
    return value


def texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return tuple(map(str, value))


def number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is not a number")
    return float(value)


def optional_number(value: object) -> float | None:
    return None if value is None else number(value)


def optional_text(value: object) -> str | None:
    return None if value is None else str(value)
