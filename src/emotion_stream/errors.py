"""Every error of Emotion Stream, in one tree.

```
EmotionStreamError
├── AudioError
│   ├── EmptyAudio 422 · NotAudio 415 · NoAudioTrack 422 · DamagedAudio 422
│   └── AudioTooLong 413 · UploadTooLarge 413 · InvalidSamples 422
├── ModelError
│   └── ModelMissing 503 · ModelMismatch 500 · ProfileInvalid 422 · ProfileMismatch 409
├── MusicError
│   ├── ItemNotFound 404 · ProviderNotFound 404 · ProviderUnavailable 503
│   ├── LibraryFolderInvalid 422 · LibraryNotAllowed 403
│   └── SpotifyError
│       ├── SpotifyNotSetUp 409 · SpotifySetupNotAllowed 403 · SpotifySignInRequired 401
│       ├── SpotifySignInFailed 400 · SpotifyScopeMissing 403 · SpotifyOwnerNeedsPremium 403
│       ├── SpotifyNotOnList 403 · SpotifyPremiumRequired 403 · SpotifyRefused 403
│       ├── SpotifyNoDevice 404 · SpotifyNotFound 404 · SpotifyCuratedInvalid 422
│       └── SpotifyPaused 503 · SpotifyUnavailable 502
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

from datetime import datetime
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


class SpotifyError(MusicError):
    """Spotify could not do what was asked; other sources of music go on."""


class SpotifyNotSetUp(SpotifyError):
    """This installation has no client id yet, or its page has an address Spotify refuses."""

    code, status = "spotify_not_set_up", 409


class SpotifySetupNotAllowed(SpotifyError):
    """The client id can only be chosen on the machine that runs the server."""

    code, status = "spotify_setup_not_allowed", 403


class SpotifySignInRequired(SpotifyError):
    """Nobody is signed in here, or the sign-in has ended: sign in again."""

    code, status = "spotify_sign_in_required", 401


class SpotifySignInFailed(SpotifyError):
    """A sign-in that was refused, is too old, was used before or belongs to another browser."""

    code, status = "spotify_sign_in_failed", 400


class SpotifyScopeMissing(SpotifyError):
    """The person has not granted what this needs; `scopes` are to be asked for."""

    code, status = "spotify_scope_missing", 403

    def __init__(self, message: str = "", *, scopes: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.scopes = scopes

    def as_dict(self) -> dict[str, object]:
        told = super().as_dict()
        return {**told, "scopes": list(self.scopes)} if self.scopes else told


class SpotifyOwnerNeedsPremium(SpotifyError):
    """The owner of the app has no Premium, and so nobody can use it."""

    code, status = "spotify_owner_needs_premium", 403


class SpotifyNotOnList(SpotifyError):
    """The person is not among the five users of the app: its owner can add them."""

    code, status = "spotify_not_on_list", 403


class SpotifyPremiumRequired(SpotifyError):
    """The listener has no Premium: the embedded player takes over."""

    code, status = "spotify_premium_required", 403


class SpotifyRefused(SpotifyError):
    """Spotify refuses this item or command; asking again changes nothing."""

    code, status = "spotify_refused", 403


class SpotifyNoDevice(SpotifyError):
    """There is nothing to play on."""

    code, status = "spotify_no_device", 404


class SpotifyNotFound(SpotifyError):
    """Spotify does not have this, or does not show it to apps."""

    code, status = "spotify_not_found", 404


class SpotifyPaused(SpotifyError):
    """The quota is used up until `until` (UTC); nothing is asked before that."""

    code, status = "spotify_paused", 503

    def __init__(
        self, message: str = "", *, until: datetime | None = None, retry_after_s: int | None = None
    ) -> None:
        super().__init__(message, retry_after_s=retry_after_s)
        self.until = until

    def as_dict(self) -> dict[str, object]:
        told = super().as_dict()
        return {**told, "until": self.until.isoformat()} if self.until else told


class SpotifyCuratedInvalid(SpotifyError):
    """The owner's own list of items cannot be read; the message says what is wrong."""

    code, status = "spotify_curated_invalid", 422


class SpotifyUnavailable(SpotifyError):
    """Spotify does not answer, or with something that cannot be read."""

    code, status = "spotify_unavailable", 502


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
    """A file of a run, but for a full disk, or what an analysis found cannot be written."""

    code, status = "not_written", 500


class ProcessLost(TrainingError):
    """One of the processes that train together was killed, or cannot be reached in time."""

    code, status = "process_lost", 503
