"""How far the scan of the folder is, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from emotion_stream.music.local.playable import Skipped
from emotion_stream.music.provider import ProviderState, ProviderStatus


@dataclass
class Progress:
    """What the scan tells as it goes. `unsaved` is why results cannot be kept, or None."""

    skipped: Counter[Skipped] = field(default_factory=Counter)
    done: int = 0
    total: int = 0
    unsaved: str | None = None
    _scanning: bool = False
    _trouble: str | None = None
    _detail: str = ""

    def begin(self) -> None:
        """A scan was asked for; how much there is to do is not known yet. The one that is running
        goes on being told."""
        if self._scanning:
            return
        self._scanning = True
        self.done = self.total = 0

    def walked(self, *, done: int, waiting: int, skipped: Counter[Skipped]) -> None:
        """The folder was walked: `done` tracks are known, `waiting` files are to be looked at."""
        self._trouble = None
        self.skipped = skipped
        self.done, self.total = done, done + waiting
        self._scanning = self._scanning or waiting > 0

    def looked(self, skipped: Skipped | None) -> None:
        self.done += 1
        if skipped is not None:
            self.skipped[skipped] += 1

    def finish(self) -> None:
        self._scanning = False
        self.done = self.total

    def fail(self, trouble: str, detail: str = "") -> None:
        """`detail` may name the folder: it is not for people at other machines."""
        self._scanning, self._trouble, self._detail = False, trouble, detail

    def status(self, items: int) -> ProviderStatus:
        """The state of a folder with so many tracks, for the person."""
        if self._trouble is not None:
            return ProviderStatus(ProviderState.ERROR, items, self._trouble, detail=self._detail)
        if self._scanning:
            return ProviderStatus(
                ProviderState.SCANNING, items, self._scan_message(), self.done, self.total
            )
        state = ProviderState.READY if items else ProviderState.EMPTY
        message = _count(items, "track") + "." if items else "No music that a browser can play."
        notes = [message, self._skipped_message(), self._unsaved_message()]
        return ProviderStatus(
            state, items, " ".join(note for note in notes if note), self.done, self.total
        )

    def _scan_message(self) -> str:
        if not self.total:
            return "Looking for music in your folder."
        return f"Listening to your music: {self.done} of {_count(self.total, 'file')}."

    def _skipped_message(self) -> str:
        if not self.skipped.total():
            return ""
        reasons = ", ".join(f"{count} {reason.value}" for reason, count in self._reasons())
        return f"{_count(self.skipped.total(), 'file')} left out: {reasons}."

    def _reasons(self) -> list[tuple[Skipped, int]]:
        return [(reason, self.skipped[reason]) for reason in Skipped if self.skipped[reason]]

    def _unsaved_message(self) -> str:
        if not self.unsaved:
            return ""
        return f"The results cannot be saved ({self.unsaved}), so a restart begins anew."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
