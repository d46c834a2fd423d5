"""The request cannot be honoured as it was made."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


class RequestError(EmotionStreamError):
    """The request cannot be honoured as it was made."""


class ConsentRequired(RequestError):
    """Nothing is analysed or kept before the person agreed to it."""

    code, status = "consent_required", 403


class ForeignOrigin(RequestError):
    """The request comes from another site."""

    code, status = "foreign_origin", 403


class HostNotAllowed(RequestError):
    """The Host header names a machine this server does not answer for."""

    code, status = "host_not_allowed", 400


class InvalidRequest(RequestError):
    """A field is missing or has a value that is not allowed."""

    code, status = "invalid_request", 422


class NotFound(RequestError):
    """Nothing lives at this address."""

    code, status = "not_found", 404


class MethodNotAllowed(RequestError):
    """This address does not take this method."""

    code, status = "method_not_allowed", 405


class RangeNotSatisfiable(RequestError):
    """The part of a file that was asked for lies beyond its end."""

    code, status = "range_not_satisfiable", 416


class UploadStalled(RequestError):
    """No more of a recording came for too long."""

    code, status = "upload_stalled", 408


class Busy(RequestError):
    """Every worker is taken and the queue is full."""

    code, status = "busy", 503


class RateLimited(RequestError):
    """Too many requests from one client."""

    code, status = "rate_limited", 429
