"""What every peer is given: the windows of one corpus, cut as for our own training."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.windows import Cut, Pcm, cut_all
from emotion_stream.training.evaluate import metrics

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CLASSES = len(EMOTIONS)
UNHEARD = -1  # the prediction where no speech was heard; never right


@dataclass(frozen=True, eq=False)
class Part:
    """Utterances of some speakers as a peer sees them.

    `features` [windows, ...]; `owners` [windows] is the place of each window's utterance in
    `labels` [utterances], places in `EMOTIONS`. An utterance without speech owns no window.
    """

    features: Floats
    owners: Ints
    labels: Ints

    @property
    def window_labels(self) -> Ints:
        return self.labels[self.owners]

    def predictions(self, logits: NDArray[np.floating]) -> Ints:
        """From logits [windows, classes], by their mean over the windows of an utterance."""
        total = np.zeros((len(self.labels), CLASSES))
        np.add.at(total, self.owners, logits)
        windows = np.bincount(self.owners, minlength=len(self.labels))
        return np.where(windows > 0, total.argmax(axis=1), UNHEARD)

    def uar(self, logits: NDArray[np.floating]) -> float:
        return metrics.uar(self.labels, self.predictions(logits), CLASSES)


@dataclass(frozen=True, eq=False)
class Material:
    """Every labelled utterance of a corpus. Copies of an earlier one are judged, not learnt from.

    `owners` [windows] is the place of each window's utterance in the others.
    """

    speakers: NDArray[np.str_]
    labels: Ints
    copies: NDArray[np.bool_]
    windows: tuple[Pcm, ...]
    owners: Ints

    @cached_property
    def digest(self) -> str:
        """Of the samples, in their order."""
        digest = hashlib.sha256()
        for window in self.windows:
            digest.update(f"{window.size}\n".encode() + window.tobytes())
        return digest.hexdigest()

    @property
    def account(self) -> dict[str, int]:
        """Counts of utterances, and of those left out of learning."""
        heard = np.bincount(self.owners, minlength=len(self.labels)) > 0
        return {
            "utterances": len(self.labels),
            "speakers": len(set(self.speakers.tolist())),
            "no_speech_heard": int((~heard).sum()),
            "copies": int(self.copies.sum()),
        }

    def part(self, features: Floats, speakers: Iterable[str], *, learnt: bool = False) -> Part:
        """The utterances of `speakers`; `learnt` leaves out copies. `features` are of all."""
        chosen = np.isin(self.speakers, sorted(speakers))
        if learnt:
            chosen &= ~self.copies
        place = np.cumsum(chosen) - 1
        of_them = chosen[self.owners]
        return Part(features[of_them], place[self.owners[of_them]], self.labels[chosen])


def read_material(
    utterances: Sequence[Utterance], cache: Path, advance: Callable[[int], None]
) -> Material:
    """Cut what is not yet in `cache`, which may be that of a training run."""
    labelled = [utterance for utterance in utterances if utterance.emotion is not None]
    cuts = list(cut_all(labelled, cache, advance))
    return Material(
        speakers=np.array([each.utterance.speaker for each in cuts]),
        labels=np.array([EMOTIONS.index(u.emotion) for u in labelled if u.emotion], np.int64),
        copies=np.array(list(_copies(cuts)), bool),
        windows=tuple(window for each in cuts for window in each.windows),
        owners=np.array([i for i, each in enumerate(cuts) for _ in each.windows], np.int64),
    )


def _copies(cuts: Iterable[Cut]) -> Iterable[bool]:
    seen: set[bytes] = set()
    for each in cuts:
        yield bool(each.windows) and each.digest in seen
        if each.windows:
            seen.add(each.digest)
