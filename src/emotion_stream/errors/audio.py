"""Something is wrong with the sound that was given."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


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
