"""Something is wrong with the database."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


class StoreError(EmotionStreamError):
    """Something is wrong with the database."""


class StoreUnavailable(StoreError):
    """The database does not answer, or its disk is full."""

    code, status = "store_unavailable", 503


class SchemaTooNew(StoreError):
    """The database was written by a newer version."""

    code, status = "schema_too_new", 500
