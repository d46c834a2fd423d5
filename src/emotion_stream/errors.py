"""Every error of Emotion Stream, in one tree.

```
EmotionStreamError
├── AudioError
│   ├── EmptyAudio 422 · NotAudio 415 · NoAudioTrack 422 · DamagedAudio 422
│   └── AudioTooLong 413 · UploadTooLarge 413 · InvalidSamples 422
├── ModelError
│   └── ModelMissing 503 · ModelMismatch 500 · ProfileInvalid 422 · ProfileMismatch 409
├── MusicError
│   └── ItemNotFound 404 · ProviderNotFound 404 · ProviderUnavailable 503
│       · LibraryFolderInvalid 422 · LibraryNotAllowed 403
├── RequestError
│   ├── ConsentRequired 403 · ForeignOrigin 403 · HostNotAllowed 400 · InvalidRequest 422
│   ├── NotFound 404 · MethodNotAllowed 405 · RangeNotSatisfiable 416
│   └── UploadStalled 408 · Busy 503 · RateLimited 429
├── StoreError ── StoreUnavailable 503 · SchemaTooNew 500
├── TrainingError
│   ├── CorpusUnreadable 422 · RunBusy 409 · RunDiffers 409 · CheckpointDamaged 500
│   └── DiskFull 507 · NotWritten 500 · ProcessLost 503
├── UsageError 422
└── Internal 500
```
Each class has a stable `code` for clients and an HTTP `status`; the message names the offending
value and the way out, and is fit to be shown to a person.
"""

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

    def as_dict(self) -> dict[str, str | int]:
        """The one error shape of the HTTP API, the command line and the live socket."""
        return {"code": self.code, "message": str(self), "status": self.status}


class AudioError(EmotionStreamError):
    """Something is wrong with the sound that was given."""


class EmptyAudio(AudioError):
    """No bytes, or no samples."""

    code, status = "empty_audio", 422


class NotAudio(AudioError):
    """The bytes are not a sound file, whatever their name says."""

    code, status = "not_audio", 415


class NoAudioTrack(AudioError):
    """A media file without sound."""

    code, status = "no_audio_track", 422


class DamagedAudio(AudioError):
    """A sound file of which nothing can be decoded."""

    code, status = "damaged_audio", 422


class AudioTooLong(AudioError):
    """Longer than the limit, by its header or by its samples."""

    code, status = "audio_too_long", 413


class UploadTooLarge(AudioError):
    """More bytes than the limit."""

    code, status = "upload_too_large", 413


class InvalidSamples(AudioError):
    """Samples that are not finite numbers, or not in a shape that means sound."""

    code, status = "invalid_samples", 422


class ModelError(EmotionStreamError):
    """Something is wrong with the model file."""


class ModelMissing(ModelError):
    """The model file is not there, or cannot be read."""

    code, status = "model_missing", 503


class ModelMismatch(ModelError):
    """The file is not a model of ours: its labels, sample rate or version do not fit."""

    code, status = "model_mismatch", 500


class ProfileInvalid(ModelError):
    """What was given as a person's profile is none, or is damaged."""

    code, status = "profile_invalid", 422


class ProfileMismatch(ModelError):
    """A person's profile belongs to another model."""

    code, status = "profile_mismatch", 409


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


class StoreError(EmotionStreamError):
    """Something is wrong with the database."""


class StoreUnavailable(StoreError):
    """The database does not answer, or its disk is full."""

    code, status = "store_unavailable", 503


class SchemaTooNew(StoreError):
    """The database was written by a newer version."""

    code, status = "schema_too_new", 500


class TrainingError(EmotionStreamError):
    """A training run cannot begin or go on."""


class CorpusUnreadable(TrainingError):
    """Files of a corpus cannot be decoded, and nobody said that it may go on without them."""

    code, status = "corpus_unreadable", 422


class RunBusy(TrainingError):
    """Another process trains in the same run folder."""

    code, status = "run_busy", 409


class RunDiffers(TrainingError):
    """The run folder holds work by other settings or on other recordings."""

    code, status = "run_differs", 409


class CheckpointDamaged(TrainingError):
    """A checkpoint that cannot be read, or lacks a part."""

    code, status = "checkpoint_damaged", 500


class DiskFull(TrainingError):
    """No space is left for a file; the run goes on when there is some."""

    code, status = "disk_full", 507


class NotWritten(TrainingError):
    """A file of a run cannot be written, for another reason than a full disk."""

    code, status = "not_written", 500


class ProcessLost(TrainingError):
    """One of the processes that train together was killed, or cannot be reached in time."""

    code, status = "process_lost", 503


class UsageError(EmotionStreamError):
    """An option or argument that does not make sense."""

    code, status = "usage", 422


class Internal(EmotionStreamError):
    """A mistake of ours; the details are in the log under the reference in the message."""

    code, status = "internal", 500
