"""A training run cannot begin or go on."""

from __future__ import annotations

from emotion_stream.errors.root import EmotionStreamError


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
