"""The root of the tree, and the two errors that belong to no branch."""

from __future__ import annotations

from typing import ClassVar


class EmotionStreamError(Exception):
    """The root of the tree. `str(error)` is a sentence for the person."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(
        self, message: str = "", *, detail: str = "", retry_after_s: int | None = None
    ) -> None:
        """`retry_after_s` is the header Retry-After; `detail` may name paths: it is for the log."""
        super().__init__(message)
        self.detail = detail
        self.retry_after_s = retry_after_s

    @property
    def in_full(self) -> str:
        """The message with its detail."""
        return f"{self} {self.detail}".rstrip()

    def as_dict(self) -> dict[str, object]:
        """The one error shape of the HTTP API, the command line and the live socket."""
        return {"code": self.code, "message": str(self), "status": self.status}


class UsageError(EmotionStreamError):
    """An option or argument that does not make sense."""

    code, status = "usage", 422


class Internal(EmotionStreamError):
    """A mistake of ours; the details are in the log under the reference in the message."""

    code, status = "internal", 500
