"""What a model makes of one person it never heard: all that a simulation with that person needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from emotion_stream.audio.listening import hear
from emotion_stream.emotions import EMOTIONS, Emotion, Scores
from emotion_stream.recognition.model import Model, load_model
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.evaluate.finished_run import Fold
from emotion_stream.training.evaluate.predictions import restricted

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class HeldOutSpeaker:
    """One person's utterances, and what a model that never heard them made of their windows.

    Per utterance [n]: `labels` (places in `EMOTIONS`) and `sentences` (which text was spoken; ""
    where the corpus does not say). Per window [w]: its utterance in `owners`, its speech in
    seconds, its probabilities [w, 8] and its embedding [w, D]. `fold` and `seed` say which model.
    """

    speaker: str
    fold: str
    seed: int
    labels: Ints
    sentences: tuple[str, ...]
    owners: Ints
    speech_s: Floats
    probabilities: Floats
    embeddings: Floats

    def among(self, emotions: Sequence[Emotion]) -> HeldOutSpeaker:
        """The voice as if only these emotions were to choose from."""
        heard = (Scores(tuple(window)) for window in self.probabilities.tolist())
        rows = [restricted(scores, frozenset(emotions)).probabilities for scores in heard]
        return replace(self, probabilities=np.reshape(rows, self.probabilities.shape))

    def of_utterances(self, windows: Floats) -> Floats:
        """The mean of window values weighted by speech, as in a reading; zeros without speech."""
        sums = np.zeros((len(self.labels), windows.shape[1]))
        np.add.at(sums, self.owners, windows * self.speech_s[:, None])
        weights = np.bincount(self.owners, self.speech_s, minlength=len(self.labels))
        return np.asarray(sums / np.where(weights > 0, weights, 1)[:, None], np.float64)

    def answers(self, probabilities: Floats) -> Ints:
        """The most probable emotion of every utterance [n]; -1 where no speech was heard."""
        whole = self.of_utterances(probabilities)
        return np.where(whole.sum(axis=1) > 0, whole.argmax(axis=1), -1)


@dataclass(eq=False)
class _Notes:
    """What is gathered of one voice under one model, utterance after utterance."""

    labels: list[int] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    speech_s: list[float] = field(default_factory=list)
    outputs: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = field(default_factory=list)

    def voice(self, speaker: str, fold: Fold, size: int) -> HeldOutSpeaker:
        parts: list[Floats] = [np.zeros((0, len(EMOTIONS)))]
        embedded: list[Floats] = [np.zeros((0, size))]
        for probabilities, embedding in self.outputs:
            parts.append(probabilities.astype(np.float64))
            embedded.append(embedding.astype(np.float64))
        return HeldOutSpeaker(
            speaker,
            fold.name,
            fold.seed,
            np.array(self.labels, np.int64),
            tuple(self.sentences),
            np.array(self.owners, np.int64),
            np.array(self.speech_s, np.float64),
            np.concatenate(parts),
            np.concatenate(embedded),
        )


def held_out_speakers(
    folds: Sequence[Fold], utterances: Iterable[Utterance], advance: Callable[[int], None]
) -> tuple[list[HeldOutSpeaker], list[HeldOutSpeaker]]:
    """The validation voices and the test voices of every fold; each file is decoded once."""
    models = [load_model(fold.model) for fold in folds]
    roles = [
        (place, part, frozenset(fold.split[part]))
        for place, fold in enumerate(folds)
        for part in ("validation", "test")
    ]
    notes: dict[tuple[int, str, str], _Notes] = defaultdict(_Notes)
    for utterance in utterances:
        keys = [(p, part, utterance.speaker) for p, part, who in roles if utterance.speaker in who]
        if utterance.emotion is not None and keys:
            _take(utterance, [(models[key[0]], notes[key]) for key in keys])
        advance(1)
    found: dict[str, list[HeldOutSpeaker]] = {"validation": [], "test": []}
    for (place, part, speaker), noted in sorted(notes.items(), key=lambda item: item[0]):
        size = models[place].embedding_size
        found[part].append(noted.voice(speaker, folds[place], size))
    return found["validation"], found["test"]


def _take(utterance: Utterance, listeners: Sequence[tuple[Model, _Notes]]) -> None:
    windows = hear(utterance.path).windows
    for model, noted in listeners:
        for window in windows:
            noted.owners.append(len(noted.labels))
            noted.speech_s.append(window.speech_ratio * (window.end_s - window.start_s))
            noted.outputs.append(model.outputs(window.samples[None]))
        noted.labels.append([str(e) for e in EMOTIONS].index(str(utterance.emotion)))
        noted.sentences.append(utterance.sentence or "")
