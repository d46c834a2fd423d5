"""Looking through one folder: what is known, what is new, and how far the scan is.

A scan never leaves the folder, looks at one new file at a time, and belongs to one worker thread.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from emotion_stream.music.local.analysis import Analysis, Skipped
from emotion_stream.music.local.cache import AnalysisCache, CachedFile, Outcome, content_key
from emotion_stream.music.local.tags import Tags, read_tags
from emotion_stream.music.local.track import Track, item_id, track_of
from emotion_stream.music.local.walk import FoundFile, walk
from emotion_stream.music.provider import ProviderState, ProviderStatus

log = logging.getLogger(__name__)


@dataclass
class Scan:
    """The folder at one moment: `tracks` and `skipped` are known already, `waiting` are not."""

    tracks: list[Track] = field(default_factory=list)
    skipped: Counter[Skipped] = field(default_factory=Counter)
    waiting: list[FoundFile] = field(default_factory=list)


@dataclass
class Scanner:
    """Looks through one folder; its methods block and belong to one worker thread."""

    folder: Path
    cache: AnalysisCache
    analyse: Callable[[Path], Outcome]
    settle_s: float
    stopped: threading.Event = field(default_factory=threading.Event)
    _refused: dict[str, FoundFile] = field(default_factory=dict)

    def scan(self) -> Scan:
        """Walk the folder and sort its files. Raises OSError where it cannot be read."""
        seen = walk(self.folder, time.time_ns(), self.settle_s, self.stopped.is_set)
        scan = Scan(skipped=seen.skipped)
        for found in seen.files:
            known = self.cache.get(self.folder, found)
            if known is not None:
                self._note(scan, found, *known)
            elif self._still_refused(found):
                scan.skipped[Skipped.UNREADABLE] += 1
            else:
                scan.waiting.append(found)
        # In the order of their ids, so that the first ones looked at are from all over the folder.
        scan.waiting.sort(key=lambda found: item_id(found.relative))
        if not self.stopped.is_set():
            self.cache.forget_missing(self.folder, seen)
        return scan

    @staticmethod
    def _note(scan: Scan, found: FoundFile, outcome: Outcome, tags: Tags) -> None:
        if isinstance(outcome, Skipped):
            scan.skipped[outcome] += 1
        else:
            scan.tracks.append(track_of(found.relative, outcome, tags))

    def look(self, found: FoundFile) -> Track | Skipped | None:
        """One file: a track, why it is left out, or None where it has vanished meanwhile."""
        try:
            outcome, tags = self._heard(self.folder / found.relative, found)
        except FileNotFoundError:
            return None
        except OSError:
            self._refused[found.relative] = found
            return Skipped.UNREADABLE
        return track_of(found.relative, outcome, tags) if isinstance(outcome, Analysis) else outcome

    def _still_refused(self, found: FoundFile) -> bool:
        """A file that could not be read last time and cannot be now is no news."""
        if self._refused.pop(found.relative, None) != found:
            return False
        try:
            content_key(self.folder / found.relative, found.size_bytes)
        except OSError:
            self._refused[found.relative] = found
            return True
        return False

    def _heard(self, path: Path, found: FoundFile) -> tuple[Outcome, Tags]:
        """Sound that is known by its content is not decoded again; tags are read every time,
        because taggers write into the padding, where the samples of `content_key` may not look."""
        key = content_key(path, found.size_bytes)
        outcome = self.cache.by_content(key) or self._analysed(path, found)
        tags = read_tags(path) if isinstance(outcome, Analysis) else Tags()
        # Once more after reading: what was heard of a file that is still being copied is not kept.
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (found.size_bytes, found.mtime_ns):
            return Skipped.CHANGING, tags
        place = CachedFile(found.size_bytes, found.mtime_ns, key, tags)
        self.cache.put(self.folder, found.relative, place, outcome)
        return outcome, tags

    def _analysed(self, path: Path, found: FoundFile) -> Outcome:
        try:
            return self.analyse(path)
        except OSError:
            raise
        except Exception:  # one file, however odd, never stops the scan
            log.exception("A music file could not be analysed: %r", found.relative)
            return Skipped.DAMAGED


@dataclass
class ScanProgress:
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
