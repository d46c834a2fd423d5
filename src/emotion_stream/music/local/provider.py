"""The person's own music folder as a source of music, and which folder may be one."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from emotion_stream.errors import ItemNotFound, LibraryFolderInvalid, ProviderUnavailable
from emotion_stream.music.local.analysis import Skipped
from emotion_stream.music.local.analysis import analyse as analyse_file
from emotion_stream.music.local.cache import AnalysisCache, Outcome, forget
from emotion_stream.music.local.scan import Scanner, ScanProgress
from emotion_stream.music.local.tags import shown_path
from emotion_stream.music.local.track import PROVIDER_ID, Track
from emotion_stream.music.provider import File, Item, Kind, ProviderState, ProviderStatus, Wish

# Places of the system: endless, private, or full of files that are no files.
_REFUSED = tuple(map(Path, ("/proc", "/sys", "/dev", "/run", "/etc", "/boot", "/System")))
_ALLOWED = (Path("/run/media"), Path("/run/user"))  # where desktops mount disks and shares


def checked_folder(path: Path) -> Path:
    """The real path of a folder that may be scanned; `~` stands for the home folder.

    Raises LibraryFolderInvalid with the path and the way out.
    """
    shown = shown_path(path)
    try:
        wanted = path.expanduser()
        if not wanted.is_absolute():
            raise LibraryFolderInvalid(f"{shown} is not a whole path. Begin it with / or ~.")
        folder = wanted.resolve(strict=True)
        is_folder = folder.is_dir()
    except FileNotFoundError as error:
        raise LibraryFolderInvalid(f"There is no folder {shown}. Check the path.") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise LibraryFolderInvalid(f"{shown} cannot be opened: {_reason(error)}.") from error
    if not is_folder:
        raise LibraryFolderInvalid(f"{shown} is a file. Choose the folder that it lies in.")
    if _is_of_the_system(folder):
        raise LibraryFolderInvalid(f"{shown} belongs to the system. Choose a folder of music.")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise LibraryFolderInvalid(f"{shown} may not be read. Change its permissions.")
    return folder


def _is_of_the_system(folder: Path) -> bool:
    if folder == Path(folder.anchor):
        return True
    if any(folder.is_relative_to(allowed) for allowed in _ALLOWED):
        return False
    return any(folder.is_relative_to(refused) for refused in _REFUSED)


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class LocalFolder:
    """Scans a folder in the background and offers its music; satisfies `Provider`.

    Files are looked at one after another in a single worker thread (decoding and numpy release the
    interpreter's lock). The folder is walked again every `walk_every_s`, which notices new, changed
    and missing files by path, size and date. Results are kept in `cache_file`.
    """

    def __init__(
        self,
        folder: Path | None,
        cache_file: Path,
        *,
        walk_every_s: float = 30.0,
        settle_s: float = 3.0,
        save_every_s: float = 15.0,
        analyse: Callable[[Path], Outcome] = analyse_file,
    ) -> None:
        self._folder = folder
        self._cache_file = cache_file
        self._walk_every_s = walk_every_s
        self._settle_s = settle_s
        self._save_every_s = save_every_s
        self._analyse = analyse
        self._tracks: dict[str, Track] = {}
        self._progress = ScanProgress()
        self._change = asyncio.Lock()
        self._wake = asyncio.Event()
        self._pool: ThreadPoolExecutor | None = None
        self._cache: AnalysisCache | None = None
        self._scanner: Scanner | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def id(self) -> str:
        return PROVIDER_ID

    @property
    def name(self) -> str:
        return "My music"

    @property
    def folder(self) -> Path | None:
        """The folder as it was chosen, also while it cannot be read."""
        return self._folder

    async def start(self) -> None:
        """Begin looking through the folder; returns at once."""
        async with self._change:
            if self._pool is None:
                self._pool = ThreadPoolExecutor(1, thread_name_prefix="music-folder")
                self._begin()

    async def close(self) -> None:
        """Stop within one file's work and keep what was worked out."""
        async with self._change:
            await self._end()
            if self._pool is not None:
                pool, self._pool = self._pool, None
                # It waits for the file in hand, which may take a while: not on the event loop.
                await asyncio.to_thread(pool.shutdown, wait=True)

    async def set_folder(self, folder: Path | None) -> None:
        """Take another folder, or none; scanning starts. Raises LibraryFolderInvalid, and then
        the folder stays what it was. Without a folder the cache goes: it lists names and tags."""
        checked = None if folder is None else await asyncio.to_thread(checked_folder, folder)
        async with self._change:
            await self._end()
            if checked is None:
                self._cache = None
                await asyncio.to_thread(forget, self._cache_file)
            self._folder = checked
            self._tracks, self._progress = {}, ScanProgress()
            if self._pool is not None:
                self._begin()

    async def rescan(self) -> None:
        """Look for changes now, or once more after the scan that is running; returns at once."""
        if self._watching is not None:
            self._progress.begin()
            self._wake.set()

    def status(self) -> ProviderStatus:
        if self._folder is None:
            return ProviderStatus(
                ProviderState.NOT_CONFIGURED, 0, "No music folder has been chosen yet."
            )
        return self._progress.status(len(self._tracks))

    async def candidates(self, wish: Wish) -> Sequence[Item]:
        """Every track: the ranking needs them all to see how the folder spreads over the plane.

        Raises ProviderUnavailable while the folder cannot be read.
        """
        self._refuse_in_trouble()
        if Kind.TRACK not in wish.kinds:
            return ()
        return [track.item for track in self._tracks.values()]

    async def item(self, item_id: str) -> Item:
        return self._track(item_id).item

    async def playback(self, item_id: str) -> File:
        """The file of a track of the index, if it still lies inside the folder."""
        track = self._track(item_id)
        root = self._scanner.folder if self._scanner else None
        path = await asyncio.to_thread(_inside, root, track.relative) if root else None
        if path is None:
            raise ItemNotFound(f"The file of “{track.item.title}” is no longer in the folder.")
        return File(path, track.media_type)

    def _track(self, item_id: str) -> Track:
        try:
            return self._tracks[item_id]
        except KeyError:
            raise ItemNotFound("This track is not in the music folder any more.") from None

    def _refuse_in_trouble(self) -> None:
        status = self.status()
        if status.state is ProviderState.ERROR:
            raise ProviderUnavailable(status.message, detail=status.detail)

    def _begin(self) -> None:
        if self._folder is not None:
            self._progress.begin()
            self._wake.clear()
            self._watching = asyncio.create_task(self._watch(), name="music folder")

    async def _end(self) -> None:
        if self._watching is None:
            return
        if self._scanner is not None:
            # Cancelling reaches the task, not the worker thread: that looks here, and ends its
            # walk.
            self._scanner.stopped.set()
        self._watching.cancel()
        with suppress(asyncio.CancelledError):
            await self._watching
        self._watching, self._scanner = None, None
        if self._cache is not None:
            await self._save()

    async def _watch(self) -> None:
        while True:
            try:
                await self._scan()
            except (OSError, LibraryFolderInvalid) as error:
                self._progress.fail("The music folder cannot be read.", str(error))
            except Exception:  # the edge of the background work: the next walk may go well
                log.exception("The music folder could not be scanned")
                self._progress.fail("The music folder could not be scanned. See the log.")
            unsettled = self._progress.skipped[Skipped.CHANGING]
            wait_s = min(self._walk_every_s, self._settle_s) if unsettled else self._walk_every_s
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), max(wait_s, 0.01))
                self._progress.begin()
            self._wake.clear()

    async def _scan(self) -> None:
        """One walk, and a look at each file that is new or has changed."""
        scanner = await self._ready_scanner()
        scan = await self._work(scanner.scan)
        # Replaced, not emptied and filled: who asks meanwhile has the old list or the new one.
        self._tracks = {track.item.id: track for track in scan.tracks}
        self._progress.walked(
            done=len(scan.tracks), waiting=len(scan.waiting), skipped=Counter(scan.skipped)
        )
        saved_at_s = time.monotonic()
        for found in scan.waiting:
            seen = await self._work(scanner.look, found)
            if isinstance(seen, Track):
                self._tracks[seen.item.id] = seen
            self._progress.looked(seen if isinstance(seen, Skipped) else None)
            if time.monotonic() - saved_at_s >= self._save_every_s:
                await self._save()
                saved_at_s = time.monotonic()
        await self._save()
        self._progress.finish()

    async def _ready_scanner(self) -> Scanner:
        """The folder is checked anew before every walk: a disk may come and go."""
        if self._folder is None:
            raise LibraryFolderInvalid("No music folder has been chosen yet.")
        folder = await self._work(checked_folder, self._folder)
        if self._cache is None:
            self._cache = await self._work(AnalysisCache.load, self._cache_file)
        if self._scanner is None or self._scanner.folder != folder:
            self._scanner = Scanner(folder, self._cache, self._analyse, self._settle_s)
        return self._scanner

    async def _save(self) -> None:
        if self._cache is not None:
            trouble = await self._work(self._cache.save)
            if trouble and trouble != self._progress.unsaved:
                log.warning("The music cache %s cannot be saved: %s", self._cache_file, trouble)
            self._progress.unsaved = trouble

    async def _work(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run blocking work in the one worker thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))


def _inside(folder: Path, relative: str) -> Path | None:
    """The real path of a file below the folder, or None where it has gone or leads outside."""
    try:
        real = Path(os.path.realpath(folder / relative, strict=True))
        inside = real.is_file() and real.is_relative_to(os.path.realpath(folder))
    except OSError:
        return None
    return real if inside else None
