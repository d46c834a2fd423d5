"""The program as a shell starts it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ended:
    """How a call ended, and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


def program(model: Path, *arguments: str | Path) -> list[str]:
    call = [sys.executable, "-m", "emotion_stream.cli", "analyze", "--model", model, *arguments]
    return [str(word) for word in call]
