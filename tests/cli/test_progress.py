"""The bar on standard error: only where somebody watches, and a name gives no orders."""

from __future__ import annotations

import pytest

from emotion_stream.cli import progress


class Terminal:
    """Standard error that somebody watches; it remembers what was written."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_a_name_gives_no_orders_to_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE_S", 0)

    with progress.ProgressBar(1) as bar:
        bar.start_file("\x1b]0;owned\x07.wav", 10)
        bar.hear(5)

    assert "owned" in terminal.text
    assert "\x1b]0;" not in terminal.text


def test_a_bar_appears_only_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE_S", 1000)

    with progress.ProgressBar(1) as bar:
        bar.start_file("talk.wav", 10)
        bar.hear(5)

    assert terminal.text == ""
