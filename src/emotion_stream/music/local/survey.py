"""Looking through one folder: what is known, what is new, and one new file at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from emotion_stream.music.local.analysis import Analysis
from emotion_stream.music.local.cache import AnalysisCache, Outcome, Place, content_key
from emotion_stream.music.local.playable import Skipped
from emotion_stream.music.local.tags import Tags, read_tags
from emotion_stream.music.local.track import Track, item_id, track_of
from emotion_stream.music.local.walking import Found, walk

log = logging.getLogger(__name__)


@dataclass
class Survey:
    """The folder at one moment: `tracks` and `skipped` are known already, `waiting` are not."""

    tracks: list[Track] = field(default_factory=list)
    skipped: Counter[Skipped] = field(default_factory=Counter)
    waiting: list[Found] = field(default_factory=list)


@dataclass
class Surveyor:
    """Looks through one folder; its methods block and belong to one worker thread."""

    folder: Path
    cache: AnalysisCache
    analyse: Callable[[Path], Outcome]
    settle_s: float
    stopped: threading.Event = field(default_factory=threading.Event)
    _refused: dict[str, Found] = field(default_factory=dict)

    def survey(self) -> Survey:
        """Walk the folder and sort its files. Raises OSError where it cannot be read."""
        seen = walk(self.folder, time.time_ns(), self.settle_s, self.stopped.is_set)
        survey = Survey(skipped=seen.skipped)
        for found in seen.files:
            known = self.cache.get(self.folder, found)
            if known is not None:
                self._note(survey, found, *known)
            elif self._still_refused(found):
                survey.skipped[Skipped.UNREADABLE] += 1
            else:
                survey.waiting.append(found)
        # In the order of their ids, so that the first ones looked at are from all over the folder.
        survey.waiting.sort(key=lambda found: item_id(found.relative))
        if not self.stopped.is_set():
            self.cache.forget_missing(self.folder, seen)
        return survey

    @staticmethod
    def _note(survey: Survey, found: Found, outcome: Outcome, tags: Tags) -> None:
        if isinstance(outcome, Skipped):
            survey.skipped[outcome] += 1
        else:
            survey.tracks.append(track_of(found.relative, outcome, tags))

    def look(self, found: Found) -> Track | Skipped | None:
        """One file: a track, why it is left out, or None where it has vanished meanwhile."""
        try:
            outcome, tags = self._heard(self.folder / found.relative, found)
        except FileNotFoundError:
            return None
        except OSError:
            self._refused[found.relative] = found
            return Skipped.UNREADABLE
        return track_of(found.relative, outcome, tags) if isinstance(outcome, Analysis) else outcome

    def _still_refused(self, found: Found) -> bool:
        """A file that could not be read last time and cannot be now is no news."""
        if self._refused.pop(found.relative, None) != found:
            return False
        try:
            content_key(self.folder / found.relative, found.size_bytes)
        except OSError:
            self._refused[found.relative] = found
            return True
        return False

    def _heard(self, path: Path, found: Found) -> tuple[Outcome, Tags]:
        """Sound that is known by its content is not decoded again; tags are read every time,
        because taggers write into the padding, where the samples of `content_key` may not look."""
        key = content_key(path, found.size_bytes)
        outcome = self.cache.by_content(key) or self._analysed(path, found)
        tags = read_tags(path) if isinstance(outcome, Analysis) else Tags()
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (found.size_bytes, found.mtime_ns):
            return Skipped.CHANGING, tags
        place = Place(found.size_bytes, found.mtime_ns, key, tags)
        self.cache.put(self.folder, found.relative, place, outcome)
        return outcome, tags

    def _analysed(self, path: Path, found: Found) -> Outcome:
        try:
            return self.analyse(path)
        except OSError:
            raise
        except Exception:  # one file, however odd, never stops the scan
            log.exception("A music file could not be analysed: %r", found.relative)
            return Skipped.DAMAGED
