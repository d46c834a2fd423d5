"""What was worked out of the files of the folders, kept in one JSON file between restarts."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from emotion_stream.music.local.analysis import Analysis
from emotion_stream.music.local.estimating import ESTIMATOR_VERSION
from emotion_stream.music.local.playable import Skipped
from emotion_stream.music.local.walking import Found

log = logging.getLogger(__name__)

Outcome = Analysis | Skipped

_FORMAT = 1
_FOLDERS_KEPT = 4
_SAMPLED_BYTES = 65_536


@dataclass
class AnalysisCache:
    """Outcomes by content, and which content lies where; used by one thread at a time.

    A file that is renamed or moved keeps its outcome, because that hangs on its content.
    """

    file: Path
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _places: dict[str, dict[str, tuple[int, int, str]]] = field(default_factory=dict)
    _changed: bool = False

    @classmethod
    def load(cls, file: Path) -> AnalysisCache:
        """Read the file; one that is missing, damaged or of another version is rebuilt."""
        try:
            return cls._from_json(file, json.loads(file.read_bytes()))
        except FileNotFoundError:
            return cls(file)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            log.warning("The music cache %s is not used and will be rebuilt: %s", file, error)
            return cls(file)

    @classmethod
    def _from_json(cls, file: Path, stored: Mapping[str, object]) -> AnalysisCache:
        version = (stored["format"], stored["estimator"])
        if version != (_FORMAT, ESTIMATOR_VERSION):
            raise ValueError(f"its version is {version}, not {(_FORMAT, ESTIMATOR_VERSION)}")
        outcomes, folders = stored["outcomes"], stored["folders"]
        if not isinstance(outcomes, dict) or not isinstance(folders, dict):
            raise TypeError("it holds no outcomes")
        return cls(
            file,
            {str(key): _outcome(value) for key, value in outcomes.items()},
            {
                str(folder): {
                    str(path): (int(size), int(mtime), str(key))
                    for path, (size, mtime, key) in places.items()
                }
                for folder, places in folders.items()
            },
        )

    def get(self, folder: Path, found: Found) -> Outcome | None:
        """The outcome of a file that has not changed since it was looked at."""
        place = self._places.get(str(folder), {}).get(found.relative)
        if place is None or place[:2] != (found.size_bytes, found.mtime_ns):
            return None
        return self._outcomes.get(place[2])

    def by_content(self, folder: Path, found: Found, key: str) -> Outcome | None:
        """The outcome of the same content under another name or date, noted for this one."""
        outcome = self._outcomes.get(key)
        if outcome is not None:
            self.put(folder, found, key, outcome)
        return outcome

    def put(self, folder: Path, found: Found, key: str, outcome: Outcome) -> None:
        self._outcomes[key] = outcome
        # The folder in use moves to the end, the one used longest ago is the first to go.
        places = self._places.pop(str(folder), {})
        self._places[str(folder)] = places
        places[found.relative] = (found.size_bytes, found.mtime_ns, key)
        self._changed = True

    def forget_missing(self, folder: Path, present: Sequence[Found]) -> None:
        """Drop files that have gone. An empty folder is more likely a disk that is not there."""
        places = self._places.get(str(folder), {})
        gone = places.keys() - {found.relative for found in present}
        if not present or not gone:
            return
        for relative in gone:
            del places[relative]
        self._changed = True

    def save(self) -> str | None:
        """Replace the file as a whole; None, or why that failed (it is then kept in memory)."""
        if not self._changed:
            return None
        self._prune()
        temporary = self.file.with_name(f"{self.file.name}.tmp")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("w", encoding="ascii") as out:
                json.dump(self._as_json(), out, separators=(",", ":"), allow_nan=False)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(self.file)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            return error.strerror or str(error)
        self._changed = False
        return None

    def _prune(self) -> None:
        for folder in list(self._places)[:-_FOLDERS_KEPT]:
            del self._places[folder]
        used = {key for places in self._places.values() for _, _, key in places.values()}
        self._outcomes = {key: value for key, value in self._outcomes.items() if key in used}

    def _as_json(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "estimator": ESTIMATOR_VERSION,
            "folders": self._places,
            "outcomes": {
                key: value.value if isinstance(value, Skipped) else value.as_dict()
                for key, value in self._outcomes.items()
            },
        }


def content_key(path: Path, size_bytes: int) -> str:
    """A name for a file's content: its size and 64 KiB of its head, middle and end.

    Reading whole files would take hours for a large library on a slow disk. Raises OSError.
    """
    digest = hashlib.blake2b(str(size_bytes).encode(), digest_size=16)
    with path.open("rb") as file:
        for start in (0, size_bytes // 2, size_bytes - _SAMPLED_BYTES):
            file.seek(max(0, start))
            digest.update(file.read(_SAMPLED_BYTES))
    return digest.hexdigest()


def _outcome(stored: object) -> Outcome:
    if isinstance(stored, str):
        return Skipped(stored)
    if not isinstance(stored, dict):
        raise TypeError(f"{stored!r} is not an outcome")
    return Analysis.from_dict(stored)
