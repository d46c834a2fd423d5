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

from emotion_stream.errors.audio import (
    AudioError,
    AudioTooLong,
    DamagedAudio,
    EmptyAudio,
    InvalidSamples,
    NoAudioTrack,
    NotAudio,
    UploadTooLarge,
)
from emotion_stream.errors.model import (
    ModelError,
    ModelMismatch,
    ModelMissing,
    ProfileInvalid,
    ProfileMismatch,
)
from emotion_stream.errors.music import (
    ItemNotFound,
    LibraryFolderInvalid,
    LibraryNotAllowed,
    MusicError,
    ProviderNotFound,
    ProviderUnavailable,
)
from emotion_stream.errors.request import (
    Busy,
    ConsentRequired,
    ForeignOrigin,
    HostNotAllowed,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    RangeNotSatisfiable,
    RateLimited,
    RequestError,
    UploadStalled,
)
from emotion_stream.errors.root import (
    EmotionStreamError,
    Internal,
    UsageError,
)
from emotion_stream.errors.spotify import (
    SpotifyCuratedInvalid,
    SpotifyError,
    SpotifyNoDevice,
    SpotifyNotFound,
    SpotifyNotOnList,
    SpotifyNotSetUp,
    SpotifyOwnerNeedsPremium,
    SpotifyPaused,
    SpotifyPremiumRequired,
    SpotifyRefused,
    SpotifyScopeMissing,
    SpotifySetupNotAllowed,
    SpotifySignInFailed,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.errors.store import (
    SchemaTooNew,
    StoreError,
    StoreUnavailable,
)
from emotion_stream.errors.training import (
    CheckpointDamaged,
    CorpusUnreadable,
    DiskFull,
    NotWritten,
    ProcessLost,
    RunBusy,
    RunDiffers,
    TrainingError,
)

__all__ = [
    "AudioError",
    "AudioTooLong",
    "Busy",
    "CheckpointDamaged",
    "ConsentRequired",
    "CorpusUnreadable",
    "DamagedAudio",
    "DiskFull",
    "EmotionStreamError",
    "EmptyAudio",
    "ForeignOrigin",
    "HostNotAllowed",
    "Internal",
    "InvalidRequest",
    "InvalidSamples",
    "ItemNotFound",
    "LibraryFolderInvalid",
    "LibraryNotAllowed",
    "MethodNotAllowed",
    "ModelError",
    "ModelMismatch",
    "ModelMissing",
    "MusicError",
    "NoAudioTrack",
    "NotAudio",
    "NotFound",
    "NotWritten",
    "ProcessLost",
    "ProfileInvalid",
    "ProfileMismatch",
    "ProviderNotFound",
    "ProviderUnavailable",
    "RangeNotSatisfiable",
    "RateLimited",
    "RequestError",
    "RunBusy",
    "RunDiffers",
    "SchemaTooNew",
    "SpotifyCuratedInvalid",
    "SpotifyError",
    "SpotifyNoDevice",
    "SpotifyNotFound",
    "SpotifyNotOnList",
    "SpotifyNotSetUp",
    "SpotifyOwnerNeedsPremium",
    "SpotifyPaused",
    "SpotifyPremiumRequired",
    "SpotifyRefused",
    "SpotifyScopeMissing",
    "SpotifySetupNotAllowed",
    "SpotifySignInFailed",
    "SpotifySignInRequired",
    "SpotifyUnavailable",
    "StoreError",
    "StoreUnavailable",
    "TrainingError",
    "UploadStalled",
    "UploadTooLarge",
    "UsageError",
]
