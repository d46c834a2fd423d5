"""Which folder may be a music folder."""

from __future__ import annotations

import os
from pathlib import Path

from emotion_stream.errors import LibraryFolderInvalid
from emotion_stream.music.local.showing import shown_path

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
