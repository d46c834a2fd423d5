"""What corrections and a neutral enrolment buy a person the model never heard: a simulation.

Test voices are asked before and after, on the same utterances; what can be set is chosen on
validation voices. A person corrects the first readings that are wrong, in a random order, of half
of the sentences and is judged on the other sentences; or, where texts are not known or not to be
kept apart, of one half of the utterances and on the other half.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.recognition.personal import PULL, Pull, corrected
from emotion_stream.training.corpora import Utterance
from emotion_stream.training.finished_run import Fold
from emotion_stream.training.gathering import Progress
from emotion_stream.training.personal_gain import Tally, gain_of
from emotion_stream.training.unheard_voice import Floats, Ints, UnheardVoice, unheard_voices

DRAWS = 20
CHOOSING_DRAWS = 5
"""Enough to choose on the validation voices; all settings are tried on the same ones."""

ENROLLED = 3
"""Neutral recordings of an enrolment: about ten seconds of RAVDESS."""

PULLS = tuple(
    Pull(sharpness, strength, bound)
    for sharpness, strength, bound in product(
        (3.0, 5.0, 7.0, 10.0), (1.0, 2.0, 3.0), (2.0, 3.0, 4.0)
    )
)
SHIFTS = (0.25, 0.5, 0.75, 1.0)

_SAID = ("corrections", "confirming", "enrolment", "same_texts")
_NEUTRAL = EMOTIONS.index(Emotion.NEUTRAL)
_LEAST = float(np.finfo(np.float32).tiny)  # keeps the logarithm of a rounded 0 finite


@dataclass(frozen=True)
class Trial:
    """What a simulated person does: how many corrections, of what, and which enrolment.

    `confirming`: the first readings are answered whether they are right or wrong. `enrolment`:
    "shift" takes the share `shift` of what the person's neutral logits differ from those of other
    people off every logit; "examples" takes the neutral recordings as corrections.
    """

    corrections: int = 0
    confirming: bool = False
    enrolment: str = ""
    same_texts: bool = False
    pull: Pull = PULL
    shift: float = 0.0


TRIALS = (
    *(Trial(corrections=count) for count in (1, 5, 10)),
    *(Trial(corrections=count, confirming=True) for count in (5, 10)),
    *(Trial(corrections=count, same_texts=True) for count in (1, 5, 10)),
    *(Trial(enrolment=way) for way in ("shift", "examples")),
    *(Trial(corrections=5, enrolment=way) for way in ("shift", "examples")),
)


def simulate(
    folds: Sequence[Fold],
    utterances: Sequence[Utterance],
    progress: Progress,
    *,
    emotions: Sequence[Emotion] = EMOTIONS,
    draws: int = DRAWS,
) -> dict[str, Any]:  # Any: what JSON can hold
    """The section `personal` of a report. Trials that nobody has the utterances for are left out.

    Only utterances of `emotions` are told and judged, and only these are to choose from.

    Raises AudioError where a file cannot be decoded.
    """
    asked = [utterance for utterance in utterances if utterance.emotion in emotions]
    advance = progress("personal calibration: voices", len(asked))
    validation, test = (
        [voice.among(emotions) for voice in voices]
        for voices in unheard_voices(folds, asked, advance)
    )
    neutral = _neutral_logits(validation)
    few = min(draws, CHOOSING_DRAWS)
    gains = {pull: _gain_on(validation, neutral, few, pull=pull) for pull in PULLS}
    best = max(gains, key=lambda pull: gains[pull])
    shift = max(SHIFTS, key=lambda share: _gain_of_shift(validation, neutral, few, share))
    rows = []
    for trial in TRIALS:
        tally = _tried(test, neutral, replace(trial, shift=shift), draws)
        if tally is not None:
            said = {key: getattr(trial, key) for key in _SAID}
            rows.append({**said, **gain_of(tally), **_gains_by_corpus(tally)})
    return {
        "draws": draws,
        "enrolled": ENROLLED,
        "pull": asdict(PULL),
        "validation": {
            "gain": gains[PULL],
            "best_pull": asdict(best),
            "best_gain": gains[best],
            "best_shift": shift,
        },
        "trials": rows,
    }


def _gains_by_corpus(tally: Tally) -> dict[str, Any]:
    """Of each corpus where there are several: over all, the largest speaks for the others."""
    parts = tally.by_corpus
    if len(parts) < 2:
        return {}
    return {"by_corpus": {name: gain_of(part) for name, part in parts.items()}}


Mask = NDArray[np.bool_]
Neutral = Callable[[UnheardVoice], Floats]


def _neutral_logits(validation: Sequence[UnheardVoice]) -> Neutral:
    """The mean neutral logits of other people than this voice, under the model of its fold."""

    def of_others(voice: UnheardVoice) -> Floats:
        others = [
            _logits(other)[other.labels == _NEUTRAL]
            for other in validation
            if (other.fold, other.seed) == (voice.fold, voice.seed)
            and other.speaker != voice.speaker
        ]
        found = np.concatenate([np.zeros((0, len(EMOTIONS))), *others])
        return np.asarray(found.mean(axis=0) if len(found) else np.zeros(len(EMOTIONS)))

    return of_others


def _logits(voice: UnheardVoice) -> Floats:
    """Of utterances, up to what a softmax does not see: each row has a mean of zero."""
    logs = np.log(np.maximum(voice.probabilities, _LEAST))
    return voice.of_utterances(logs - logs.mean(axis=1, keepdims=True))


def _gain_on(voices: Sequence[UnheardVoice], neutral: Neutral, draws: int, *, pull: Pull) -> float:
    """Mean gain in UAR over one, five and ten corrections; 0 where nobody can be asked."""
    tallies = [
        _tried(voices, neutral, Trial(corrections=count, pull=pull), draws) for count in (1, 5, 10)
    ]
    return float(np.mean([tally.difference if tally else 0.0 for tally in tallies]))


def _gain_of_shift(
    voices: Sequence[UnheardVoice], neutral: Neutral, draws: int, share: float
) -> float:
    tally = _tried(voices, neutral, Trial(enrolment="shift", shift=share), draws)
    return tally.difference if tally else 0.0


def _tried(
    voices: Sequence[UnheardVoice], neutral: Neutral, trial: Trial, draws: int
) -> Tally | None:
    """Everybody's answers before and after; None where nobody has the utterances for it."""
    speakers = sorted({voice.speaker for voice in voices})
    tally = Tally.empty(speakers, draws)
    for voice in voices:
        heard = np.bincount(voice.owners, minlength=len(voice.labels)) > 0
        enough = np.sum(heard & (voice.labels == _NEUTRAL)) > ENROLLED
        if not trial.enrolment or enough:
            _try_one(voice, heard, neutral, trial, tally)
    return tally if tally.counts.any() else None


def _try_one(
    voice: UnheardVoice, heard: Mask, neutral: Neutral, trial: Trial, tally: Tally
) -> None:
    before = voice.answers(voice.probabilities)
    embeddings = voice.of_utterances(voice.embeddings)
    usual = neutral(voice) if trial.enrolment == "shift" else np.zeros(len(EMOTIONS))
    for draw in range(tally.draws):
        rng = np.random.default_rng([draw, zlib.crc32(voice.speaker.encode())])
        enrolled = _enrolled(voice, heard, rng) if trial.enrolment else np.zeros(0, np.int64)
        stream, judged = _parts(voice, trial, rng)
        stream = stream[heard[stream] & ~np.isin(stream, enrolled)]
        judged = judged[~np.isin(judged, enrolled)]
        asked = stream if trial.confirming else stream[before[stream] != voice.labels[stream]]
        told = asked[: trial.corrections]
        moved = voice.probabilities
        if trial.enrolment == "shift":
            own = _logits(voice)[enrolled].mean(axis=0)
            moved = moved * np.exp(-trial.shift * (own - usual))
        said = np.concatenate([told, enrolled]) if trial.enrolment == "examples" else told
        if len(said):
            moved = corrected(
                moved, voice.embeddings, embeddings[said], voice.labels[said], trial.pull
            )
        after = voice.answers(moved / moved.sum(axis=1, keepdims=True))
        tally.add(voice, draw, judged, before, after, len(told))


def _enrolled(voice: UnheardVoice, heard: Mask, rng: np.random.Generator) -> Ints:
    neutral = np.flatnonzero(heard & (voice.labels == _NEUTRAL))
    return np.asarray(rng.permutation(neutral)[:ENROLLED], np.int64)


def _parts(voice: UnheardVoice, trial: Trial, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Utterances that can be corrected, in a random order, and utterances that are judged."""
    order = rng.permutation(len(voice.labels))
    sentences = np.array(voice.sentences)
    known = sorted(set(voice.sentences))
    if trial.same_texts or "" in known or len(known) < 2:
        half = len(order) // 2
        return order[:half], order[half:]
    spoken = np.isin(sentences[order], rng.permutation(known)[: len(known) // 2])
    return order[spoken], order[~spoken]
