"""A progress bar on standard error, for long work and only where somebody watches."""

from __future__ import annotations

import contextlib
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from emotion_stream.cli.readings import shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE_S = 1.0


class ProgressBar:
    """Appears when the work has taken a second; counts files, or the seconds of a single one."""

    def __init__(self, files: int) -> None:
        self.wanted = sys.stderr is not None and sys.stderr.isatty()
        self._files = files
        self._done_files = 0
        self._name = ""
        self._file_s: float | None = None
        self._heard_s = 0.0
        self._begun_s = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pause()

    def start_file(self, name: str, duration_s: float | None) -> None:
        self._name, self._file_s, self._heard_s = shown(name), duration_s, 0.0
        self._show()

    def hear(self, heard_s: float) -> None:
        """So many seconds of the file have been analysed."""
        self._heard_s = heard_s
        self._show()

    def count(self, name: str, done_files: int, files: int) -> None:
        """How far work is that counts its files itself; 0 where it does not know their number."""
        self._name, self._done_files, self._files = name, done_files, files
        self._show()

    def finish_file(self) -> None:
        self._done_files += 1

    def say(self, message: str) -> None:
        """A line on standard error that the bar does not spoil."""
        self.pause()
        with contextlib.suppress(OSError):  # nobody reads standard error; the work goes on
            print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the command line

    def pause(self) -> None:
        """Clear the bar away, so that a result can be written."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self) -> None:
        if not self.wanted or time.monotonic() - self._begun_s < PATIENCE_S:
            return
        if self._bar is None:
            self._bar = _bar()
            self._bar.add_task("", total=None)
            self._bar.start()
        done, total = self._share()
        self._bar.update(self._bar.task_ids[0], description=self._name, completed=done, total=total)

    def _share(self) -> tuple[float, float | None]:
        part = min(self._heard_s / self._file_s, 1.0) if self._file_s else None
        if self._files == 1:
            return (0.0, None) if part is None else (part, 1.0)
        return self._done_files + (part or 0.0), float(self._files) or None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        Remaining(),
        console=Console(stderr=True),
        transient=True,
    )
