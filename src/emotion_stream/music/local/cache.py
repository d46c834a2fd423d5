"""What was worked out of the files of the folders, kept in one JSON file between restarts."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from emotion_stream.music.local import json_fields
from emotion_stream.music.local.analysis import Analysis, Skipped
from emotion_stream.music.local.estimate import ESTIMATOR_VERSION
from emotion_stream.music.local.tags import Tags
from emotion_stream.music.local.walk import FoundFile, Walk

log = logging.getLogger(__name__)

Outcome = Analysis | Skipped

_FORMAT = 2
_FOLDERS_KEPT = 4
_UNPLACED_KEPT = 10_000  # outcomes of files that are away, some 4 MB; the oldest go first
_SAMPLED_BYTES = 65_536


@dataclass(frozen=True)
class CachedFile:
    """A file as it was when it was looked at: which content it held, and its tags."""

    size_bytes: int
    mtime_ns: int
    key: str
    tags: Tags = field(default_factory=Tags)


@dataclass
class AnalysisCache:
    """Outcomes by content, and which content lies where; used by one thread at a time.

    A file that is renamed, moved or tagged anew keeps its outcome, because that hangs on its
    content; its tags hang on its place.
    """

    file: Path
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _places: dict[str, dict[str, CachedFile]] = field(default_factory=dict)
    _changed: bool = False

    @classmethod
    def load(cls, file: Path) -> AnalysisCache:
        """Read the file; one that is missing, damaged or of another version is rebuilt."""
        try:
            return cls._from_json(file, json.loads(file.read_bytes()))
        except FileNotFoundError:
            return cls(file)
        except (
            OSError,
            ValueError,
            TypeError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as error:
            log.warning("The music cache %s is not used and will be rebuilt: %s", file, error)
            return cls(file)

    @classmethod
    def _from_json(cls, file: Path, content: Mapping[str, object]) -> AnalysisCache:
        version = (content["format"], content["estimator"])
        if version != (_FORMAT, ESTIMATOR_VERSION):
            raise ValueError(f"its version is {version}, not {(_FORMAT, ESTIMATOR_VERSION)}")
        outcomes, folders = map(json_fields.mapping, (content["outcomes"], content["folders"]))
        return cls(
            file,
            {key: _outcome(value) for key, value in outcomes.items()},
            {
                folder: {
                    path: _cached_file(place) for path, place in json_fields.mapping(places).items()
                }
                for folder, places in folders.items()
            },
        )

    def get(self, folder: Path, found: FoundFile) -> tuple[Outcome, Tags] | None:
        """What is known of a file that has not changed since it was looked at."""
        place = self._places.get(str(folder), {}).get(found.relative)
        if place is None or (place.size_bytes, place.mtime_ns) != (
            found.size_bytes,
            found.mtime_ns,
        ):
            return None
        outcome = self._outcomes.get(place.key)
        return None if outcome is None else (outcome, place.tags)

    def by_content(self, key: str) -> Outcome | None:
        """The outcome of the same content under whatever name, date and tags."""
        return self._outcomes.get(key)

    def put(self, folder: Path, relative: str, place: CachedFile, outcome: Outcome) -> None:
        self._outcomes[place.key] = outcome
        # The folder in use moves to the end, the one used longest ago is the first to go.
        places = self._places.pop(str(folder), {})
        self._places[str(folder)] = places
        places[relative] = place
        self._changed = True

    def forget_missing(self, folder: Path, seen: Walk) -> None:
        """Drop the places of files that have gone; their outcomes wait for them to come back.

        An empty folder is more likely a disk that is not there, and of what could not be read
        nobody knows whether it has gone.
        """
        places = self._places.get(str(folder), {})
        unread = tuple(f"{relative}{os.sep}" for relative in seen.unread)
        gone = places.keys() - {found.relative for found in seen.files}
        gone = {relative for relative in gone if not f"{relative}{os.sep}".startswith(unread)}
        if not seen.files or not gone:
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
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # ASCII: names that are no UTF-8 come as lone surrogates, which pass only when escaped.
            with temporary.open("w", encoding="ascii") as out:
                json.dump(self._as_json(), out, separators=(",", ":"), allow_nan=False)
                out.flush()
                # Before the name is given: a power cut must not leave an empty file in place of the
                # old one.
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
        used = {place.key for places in self._places.values() for place in places.values()}
        unplaced = [key for key in self._outcomes if key not in used]
        for key in unplaced[:-_UNPLACED_KEPT]:
            del self._outcomes[key]

    def _as_json(self) -> dict[str, object]:
        return {
            "format": _FORMAT,
            "estimator": ESTIMATOR_VERSION,
            "folders": {
                folder: {
                    path: [place.size_bytes, place.mtime_ns, place.key, place.tags.as_dict()]
                    for path, place in places.items()
                }
                for folder, places in self._places.items()
            },
            "outcomes": {
                key: value.value if isinstance(value, Skipped) else value.as_dict()
                for key, value in self._outcomes.items()
            },
        }


def forget(file: Path) -> None:
    """Delete the file of a cache, if there is one."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("The music cache %s cannot be deleted: %s", file, error)


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


def _outcome(value: object) -> Outcome:
    return (
        Skipped(value) if isinstance(value, str) else Analysis.from_dict(json_fields.mapping(value))
    )


def _cached_file(value: object) -> CachedFile:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a place")
    size_bytes, mtime_ns, key, tags = value
    return CachedFile(
        int(size_bytes), int(mtime_ns), str(key), Tags.from_dict(json_fields.mapping(tags))
    )
