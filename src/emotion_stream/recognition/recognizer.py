"""From a recording to a reading: the distribution over eight emotions, and how it changed."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from pathlib import Path

import numpy as np

from emotion_stream.audio.decoding import Source
from emotion_stream.audio.listening import listen
from emotion_stream.audio.recording import Recording
from emotion_stream.audio.windows import Window
from emotion_stream.emotions import EMOTIONS, Emotion, Moment, Reading, Scores
from emotion_stream.recognition.model import Model, ModelInfo, load_model
from emotion_stream.recognition.personal import Decision, Profile, as_heard, decision_of

BATCH_WINDOWS = 8

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


class Recognizer:
    """Hears how a voice sounds. Stateless: share one between threads.

    ```python
    reading = Recognizer().analyze("clip.m4a")
    reading.emotion, reading.confidence, reading.affect, reading.quality.verdict
    ```
    """

    def __init__(self, model_path: str | os.PathLike[str] | None = None) -> None:
        """Load a model, by default the one in the package. Raises ModelMissing, ModelMismatch."""
        self._model = load_model(None if model_path is None else Path(model_path))
        self._decision: Decision = as_heard

    @property
    def info(self) -> ModelInfo:
        return self._model.info

    def personalised(self, profile: Profile) -> Recognizer:
        """This recogniser with the decision of one person, in place of any earlier one.

        It shares the model and has the same interface; the profile is not kept anywhere else. One
        without corrections changes nothing. Raises ProfileMismatch where it belongs to another
        model, ProfileInvalid where its embeddings are not of this model's size.
        """
        decision = decision_of(profile, self._model)
        theirs = copy(self)
        theirs._decision = decision
        return theirs

    def analyze(
        self,
        source: Source | Recording,
        *,
        max_duration_s: float = math.inf,
        progress: Callable[[float], None] | None = None,
    ) -> Reading:
        """Read a path, bytes, a seekable binary file or a Recording, of any length.

        `scores` is the mean of the windows weighted by their speech; None where there is none.
        `progress` is called with the seconds heard so far, every ten and at the end, whether or
        not anybody speaks; what it raises ends the analysis. Raises AudioError, and OSError where a
        path cannot be read. Memory does not grow with the length but for the timeline.
        """
        listening = listen(source, max_duration_s=max_duration_s, progress=progress)
        moments: list[Moment] = []
        weighted, weight_s = np.zeros(len(EMOTIONS)), 0.0
        embedded: Vector | float = 0.0
        for window, probabilities, embedding in _scored(self._model, self._decision, listening):
            speech_s = window.speech_ratio * (window.end_s - window.start_s)
            # By speech: a window that is mostly margin and pause says less about the voice.
            weighted += speech_s * probabilities
            embedded = embedded + speech_s * embedding
            weight_s += speech_s
            scores = _scores(probabilities)
            moments.append(Moment(window.start_s, window.end_s, scores, self._decided(scores)))
        whole = _scores(weighted / weight_s) if moments else None
        quality = listening.quality
        return Reading(
            start_s=0.0,
            end_s=quality.duration_s,
            scores=whole,
            emotion=None if whole is None else self._decided(whole),
            quality=quality,
            affect=None if whole is None else whole.affect,
            timeline=tuple(moments),
            waveform=listening.waveform,
            embedding=tuple(np.ravel(embedded / weight_s).tolist()) if moments else (),
        )

    def scores(self, recording: Recording) -> Scores | None:
        """The distribution of a recording in memory, or None without speech."""
        return self.analyze(recording).scores

    def _decided(self, scores: Scores) -> Emotion | None:
        return scores.told(self.info.unsure_below)


def _scored(
    model: Model, decision: Decision, windows: Iterable[Window]
) -> Iterator[tuple[Window, Vector, Vector]]:
    """Every window with its probabilities and its embedding."""
    for batch in _batches(windows):
        waveforms = np.stack([window.samples for window in batch])
        probabilities, embeddings = (part.astype(np.float64) for part in model.outputs(waveforms))
        yield from zip(batch, decision(probabilities, embeddings), embeddings, strict=True)


def _batches(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """Consecutive windows of one length, a few at a time."""
    batch: list[Window] = []
    for window in windows:
        if batch and (len(batch) == BATCH_WINDOWS or window.samples.size != batch[0].samples.size):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _scores(probabilities: Vector) -> Scores:
    """Rounding of float32 is taken out, so that they sum to 1."""
    return Scores(tuple((probabilities / probabilities.sum()).tolist()))
