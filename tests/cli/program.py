"""The program as a shell starts it."""

from __future__ import annotations

import sys
from pathlib import Path


def program(model: Path, *arguments: str | Path) -> list[str]:
    call = [sys.executable, "-m", "emotion_stream.cli", "analyze", "--model", model, *arguments]
    return [str(word) for word in call]
