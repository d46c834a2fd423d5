"""What corrections and a neutral enrolment buy a person the model never heard: a simulation."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.recognition.personal import PULL, Pull, corrected
from emotion_stream.training.data.corpora import Utterance
from emotion_stream.training.data.dataset import StartProgress
from emotion_stream.training.evaluate.finished_run import Fold
from emotion_stream.training.evaluate.held_out_speaker import (
    Floats,
    HeldOutSpeaker,
    Ints,
    held_out_speakers,
)
from emotion_stream.training.evaluate.metrics import sample_sd, uar_of_counts

# Recall before and after a simulated person told something, and how sure the gain is.

_CLASSES = len(EMOTIONS)
_BOOTSTRAPS = 2000


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts [draws, speakers, 8]: utterances judged, and found before and after.

    `told` holds how much each speaker told, draw after draw.
    """

    speakers: tuple[str, ...]
    counts: Ints
    before: Ints
    after: Ints
    told: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def empty(cls, speakers: Sequence[str], draws: int) -> Tally:
        shape = (draws, len(speakers), _CLASSES)
        counts, before, after = (np.zeros(shape, np.int64) for _ in range(3))
        return cls(tuple(speakers), counts, before, after)

    @property
    def draws(self) -> int:
        return len(self.counts)

    @property
    def by_corpus(self) -> dict[str, Tally]:
        """The parts of the corpora that anybody was judged of, by name."""
        places: dict[str, list[int]] = defaultdict(list)
        for place in np.flatnonzero(self.counts.any(axis=(0, 2))).tolist():
            places[self.speakers[place].split("/")[0]].append(place)
        return {name: self._of(own) for name, own in sorted(places.items())}

    def _of(self, places: Sequence[int]) -> Tally:
        speakers = tuple(self.speakers[place] for place in places)
        return Tally(
            speakers,
            self.counts[:, places],
            self.before[:, places],
            self.after[:, places],
            {who: self.told[who] for who in speakers},
        )

    @property
    def difference(self) -> float:
        """UAR after less UAR before, over all draws and speakers."""
        counts = self.counts.sum(axis=(0, 1))
        before, after = (
            uar_of_counts(h.sum(axis=(0, 1)), counts) for h in (self.before, self.after)
        )
        return float(after - before)

    def add(
        self, voice: HeldOutSpeaker, draw: int, judged: Ints, before: Ints, after: Ints, told: int
    ) -> None:
        """One person in one draw: the answers [n] before and after, and what was told."""
        place = self.speakers.index(voice.speaker)
        labels = voice.labels[judged]
        for counted, hit in (
            (self.counts, np.ones(len(judged), bool)),
            (self.before, before[judged] == labels),
            (self.after, after[judged] == labels),
        ):
            counted[draw, place] += np.bincount(labels[hit], minlength=_CLASSES)
        self.told[voice.speaker].append(told)


def gain_of(tally: Tally) -> dict[str, Any]:  # Any: what JSON can hold
    """UAR before and after, their difference with its interval and spreads, and whom it helped.

    UAR is over all speakers and draws. The interval draws speakers with replacement, a thousand
    times and more; a speaker is helped or harmed by the mean over the draws.
    """
    counts, before, after = (part.sum(axis=0) for part in (tally.counts, tally.before, tally.after))
    judged = counts.sum(axis=1) > 0
    counts, before, after = counts[judged], before[judged], after[judged]
    own = uar_of_counts(after, counts) - uar_of_counts(before, counts)
    by_draw = uar_of_counts(tally.after.sum(axis=1), tally.counts.sum(axis=1)) - uar_of_counts(
        tally.before.sum(axis=1), tally.counts.sum(axis=1)
    )
    rng = np.random.default_rng(0)
    drawn = rng.integers(len(counts), size=(_BOOTSTRAPS, len(counts)))
    among = counts[drawn].sum(axis=1)
    differences = uar_of_counts(after[drawn].sum(axis=1), among) - uar_of_counts(
        before[drawn].sum(axis=1), among
    )
    return {
        "told": float(np.mean([count for counts in tally.told.values() for count in counts])),
        "before": float(uar_of_counts(before.sum(axis=0), counts.sum(axis=0))),
        "after": float(uar_of_counts(after.sum(axis=0), counts.sum(axis=0))),
        "difference": tally.difference,
        "interval_95": [float(value) for value in np.quantile(differences, (0.025, 0.975))],
        "sd_over_speakers": sample_sd(own),
        "sd_over_draws": sample_sd(by_draw),
        "speakers": len(counts),
        "helped": int(np.sum(own > 0)),
        "harmed": int(np.sum(own < 0)),
    }


# Test voices are asked before and after, on the same utterances; what can be set is chosen on
# validation voices. A person corrects the first readings that are wrong, in a random order, of
# half of the sentences and is judged on the other sentences; or, where texts are not known or not
# to be kept apart, of one half of the utterances and on the other half.

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
class Scenario:
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


SCENARIOS = (
    *(Scenario(corrections=count) for count in (1, 5, 10)),
    *(Scenario(corrections=count, confirming=True) for count in (5, 10)),
    *(Scenario(corrections=count, same_texts=True) for count in (1, 5, 10)),
    *(Scenario(enrolment=way) for way in ("shift", "examples")),
    *(Scenario(corrections=5, enrolment=way) for way in ("shift", "examples")),
)


def simulate(
    folds: Sequence[Fold],
    utterances: Sequence[Utterance],
    progress: StartProgress,
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
        for voices in held_out_speakers(folds, asked, advance)
    )
    neutral = _neutral_logits(validation)
    few = min(draws, CHOOSING_DRAWS)
    gains = {pull: _gain_on(validation, neutral, few, pull=pull) for pull in PULLS}
    best = max(gains, key=lambda pull: gains[pull])
    shift = max(SHIFTS, key=lambda share: _gain_of_shift(validation, neutral, few, share))
    rows = []
    for trial in SCENARIOS:
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
Neutral = Callable[[HeldOutSpeaker], Floats]


def _neutral_logits(validation: Sequence[HeldOutSpeaker]) -> Neutral:
    """The mean neutral logits of other people than this voice, under the model of its fold."""

    def of_others(voice: HeldOutSpeaker) -> Floats:
        others = [
            _logits(other)[other.labels == _NEUTRAL]
            for other in validation
            if (other.fold, other.seed) == (voice.fold, voice.seed)
            and other.speaker != voice.speaker
        ]
        found = np.concatenate([np.zeros((0, len(EMOTIONS))), *others])
        return np.asarray(found.mean(axis=0) if len(found) else np.zeros(len(EMOTIONS)))

    return of_others


def _logits(voice: HeldOutSpeaker) -> Floats:
    """Of utterances, up to what a softmax does not see: each row has a mean of zero."""
    logs = np.log(np.maximum(voice.probabilities, _LEAST))
    return voice.of_utterances(logs - logs.mean(axis=1, keepdims=True))


def _gain_on(
    voices: Sequence[HeldOutSpeaker], neutral: Neutral, draws: int, *, pull: Pull
) -> float:
    """Mean gain in UAR over one, five and ten corrections; 0 where nobody can be asked."""
    tallies = [
        _tried(voices, neutral, Scenario(corrections=count, pull=pull), draws)
        for count in (1, 5, 10)
    ]
    return float(np.mean([tally.difference if tally else 0.0 for tally in tallies]))


def _gain_of_shift(
    voices: Sequence[HeldOutSpeaker], neutral: Neutral, draws: int, share: float
) -> float:
    tally = _tried(voices, neutral, Scenario(enrolment="shift", shift=share), draws)
    return tally.difference if tally else 0.0


def _tried(
    voices: Sequence[HeldOutSpeaker], neutral: Neutral, trial: Scenario, draws: int
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
    voice: HeldOutSpeaker, heard: Mask, neutral: Neutral, trial: Scenario, tally: Tally
) -> None:
    before = voice.answers(voice.probabilities)
    embeddings = voice.of_utterances(voice.embeddings)
    usual = neutral(voice) if trial.enrolment == "shift" else np.zeros(len(EMOTIONS))
    for draw in range(tally.draws):
        # A checksum, because the `hash` of a text is another one in every process.
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
            moved = moved * np.exp(-trial.shift * (own - usual))  # off the logits, that is
        said = np.concatenate([told, enrolled]) if trial.enrolment == "examples" else told
        if len(said):
            moved = corrected(
                moved, voice.embeddings, embeddings[said], voice.labels[said], trial.pull
            )
        after = voice.answers(moved / moved.sum(axis=1, keepdims=True))
        tally.add(voice, draw, judged, before, after, len(told))


def _enrolled(voice: HeldOutSpeaker, heard: Mask, rng: np.random.Generator) -> Ints:
    neutral = np.flatnonzero(heard & (voice.labels == _NEUTRAL))
    return np.asarray(rng.permutation(neutral)[:ENROLLED], np.int64)


def _parts(voice: HeldOutSpeaker, trial: Scenario, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Utterances that can be corrected, in a random order, and utterances that are judged."""
    order = rng.permutation(len(voice.labels))
    sentences = np.array(voice.sentences)
    known = sorted(set(voice.sentences))
    if trial.same_texts or "" in known or len(known) < 2:
        half = len(order) // 2
        return order[:half], order[half:]
    spoken = np.isin(sentences[order], rng.permutation(known)[: len(known) // 2])
    return order[spoken], order[~spoken]
