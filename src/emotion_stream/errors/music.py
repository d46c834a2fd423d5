"""A source of music could not do what was asked."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


class MusicError(EmotionStreamError):
    """A source of music could not do what was asked. Never ends a recognition."""


class ItemNotFound(MusicError):
    """No such track, or its file has gone."""

    code, status = "item_not_found", 404


class ProviderNotFound(MusicError):
    """No such source of music."""

    code, status = "provider_not_found", 404


class ProviderUnavailable(MusicError):
    """The source of music does not answer, or has nothing to offer yet."""

    code, status = "provider_unavailable", 503


class LibraryFolderInvalid(MusicError):
    """The music folder does not exist or cannot be read."""

    code, status = "library_folder_invalid", 422


class LibraryNotAllowed(MusicError):
    """The music folder can only be chosen on the machine that runs the server."""

    code, status = "library_not_allowed", 403
