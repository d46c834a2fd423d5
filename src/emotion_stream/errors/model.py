"""Something is wrong with the model file, or with a profile."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


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
