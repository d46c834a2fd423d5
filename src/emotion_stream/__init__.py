"""Emotion Stream: how a voice sounds, as a calibrated distribution over eight emotions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from emotion_stream.emotions import EMOTIONS, Affect, Emotion, Quality, Reading, Scores, Verdict
from emotion_stream.errors import EmotionStreamError

if TYPE_CHECKING:
    from emotion_stream.audio.recording import Recording
    from emotion_stream.recognition.recognizer import Recognizer

# onnxruntime (1.29 and later) asks its vendor's host and leaves a device id under the home folder
# unless this is set before its import. Every process of ours passes here first.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

__version__ = "0.1.0"

__all__ = [
    "EMOTIONS",
    "Affect",
    "Emotion",
    "EmotionStreamError",
    "Quality",
    "Reading",
    "Recognizer",
    "Recording",
    "Scores",
    "Verdict",
    "__version__",
]


def __getattr__(name: str) -> object:
    """What needs numpy and the ONNX runtime is imported when it is first asked for."""
    if name == "Recognizer":
        from emotion_stream.recognition.recognizer import Recognizer

        return Recognizer
    if name == "Recording":
        from emotion_stream.audio.recording import Recording

        return Recording
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
