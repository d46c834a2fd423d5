"""The words everybody uses: emotions, scores, affect, quality and readings.

Here alone a reading becomes JSON and comes back; the store adds the row, `web.api` the types.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Emotion(StrEnum):
    """The eight emotions, in the fixed order of every score vector, label list and table."""

    NEUTRAL = "neutral"
    CALM = "calm"
    HAPPINESS = "happiness"
    SADNESS = "sadness"
    ANGER = "anger"
    FEAR = "fear"
    DISGUST = "disgust"
    SURPRISE = "surprise"


EMOTIONS: tuple[Emotion, ...] = tuple(Emotion)


@dataclass(frozen=True)
class Affect:
    """A point of Russell's circumplex: valence and arousal, each from -1 to 1.

    `spread` is the standard deviation around the point in the same units: how undecided it is.
    """

    valence: float
    arousal: float
    spread: float = 0.0

    def distance(self, other: Affect) -> float:
        """Euclidean distance between the two means (0 to 2.83)."""
        return math.hypot(self.valence - other.valence, self.arousal - other.arousal)


# Design values on the circumplex (Russell 1980, doi:10.1037/h0077714), to be checked against
# word norms, not measurements of anybody.
AFFECT_OF_EMOTION: Mapping[Emotion, Affect] = {
    Emotion.NEUTRAL: Affect(0.0, 0.0),
    Emotion.CALM: Affect(0.6, -0.6),
    Emotion.HAPPINESS: Affect(0.8, 0.5),
    Emotion.SADNESS: Affect(-0.7, -0.5),
    Emotion.ANGER: Affect(-0.6, 0.75),
    Emotion.FEAR: Affect(-0.6, 0.65),
    Emotion.DISGUST: Affect(-0.65, 0.2),
    Emotion.SURPRISE: Affect(0.25, 0.8),
}

LEAST_LEAD = 0.05
"""Of the top probability over the second, where an emotion is named."""
LIKELY_WITHIN = 0.5
"""Of the top probability, from which on another emotion is likely too."""
MOST_LIKELY = 3


@dataclass(frozen=True)
class Scores:
    """One calibrated probability per emotion, in the order of `EMOTIONS`, summing to 1.

    Raises ValueError when the vector is not a distribution over the eight emotions.
    """

    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.probabilities) != len(EMOTIONS):
            raise ValueError(
                f"{len(self.probabilities)} probabilities for {len(EMOTIONS)} emotions"
            )
        if not all(math.isfinite(p) and p >= 0 for p in self.probabilities):
            raise ValueError(f"not probabilities: {self.probabilities}")
        if abs(sum(self.probabilities) - 1) > 1e-3:
            raise ValueError(f"probabilities sum to {sum(self.probabilities):.4f}, not 1")

    @classmethod
    def from_mapping(cls, scores: Mapping[str, float]) -> Scores:
        """Read `{"neutral": 0.1, ...}`; emotions left out count 0. ValueError on unknown names."""
        unknown = set(scores) - set(EMOTIONS)
        if unknown:
            raise ValueError(
                f"unknown emotion {sorted(unknown)[0]!r}; known: {', '.join(EMOTIONS)}"
            )
        return cls(tuple(float(scores.get(emotion, 0.0)) for emotion in EMOTIONS))

    @classmethod
    def certain(cls, emotion: Emotion) -> Scores:
        """All the probability on one emotion: what a person said of themselves."""
        return cls(tuple(float(emotion is other) for other in EMOTIONS))

    def of(self, emotion: Emotion) -> float:
        return self.probabilities[EMOTIONS.index(emotion)]

    @property
    def ranked(self) -> tuple[Emotion, ...]:
        """The emotions, most probable first."""
        return tuple(sorted(EMOTIONS, key=lambda emotion: -self.of(emotion)))

    @property
    def top(self) -> Emotion:
        return self.ranked[0]

    @property
    def confidence(self) -> float:
        """The probability of the top emotion."""
        return max(self.probabilities)

    def told(self, unsure_below: float) -> Emotion | None:
        """The top emotion; None where it is unsure.

        That is where the top has less than `unsure_below`, or leads the second by less than
        `LEAST_LEAD`: 29 % against 29 % is no answer.
        """
        second = sorted(self.probabilities)[-2]
        leads = self.confidence - second >= LEAST_LEAD
        return self.top if leads and self.confidence >= unsure_below else None

    @property
    def likely(self) -> tuple[Emotion, ...]:
        """Two or three emotions, best first: the top one and those at least half as probable.

        Two at least, because who is asked "which is closer?" needs something to choose from.
        """
        least = LIKELY_WITHIN * self.confidence
        found = [emotion for emotion in self.ranked if self.of(emotion) >= least]
        return tuple(found[:MOST_LIKELY]) if len(found) > 1 else self.ranked[:2]

    @property
    def affect(self) -> Affect:
        """Expected valence and arousal, with the spread of the distribution around them."""
        points = [AFFECT_OF_EMOTION[emotion] for emotion in EMOTIONS]
        valence = sum(p * a.valence for p, a in zip(self.probabilities, points, strict=True))
        arousal = sum(p * a.arousal for p, a in zip(self.probabilities, points, strict=True))
        mean = Affect(valence, arousal)
        variance = sum(
            p * a.distance(mean) ** 2 for p, a in zip(self.probabilities, points, strict=True)
        )
        return Affect(valence, arousal, math.sqrt(variance))

    def as_dict(self) -> dict[str, float]:
        return {e.value: p for e, p in zip(EMOTIONS, self.probabilities, strict=True)}


class Verdict(StrEnum):
    """What a recording is good for, in one word; `no_speech` and `too_short` carry no emotion."""

    GOOD = "good"
    TOO_SHORT = "too_short"
    TOO_QUIET = "too_quiet"
    CLIPPED = "clipped"
    NOISY = "noisy"
    NO_SPEECH = "no_speech"


@dataclass(frozen=True)
class Quality:
    """How usable a recording is: a verdict and the figures behind it.

    `message` is a sentence for the person: what is wrong and the way out.
    `level_dbfs` is the RMS level of the speech (None without speech); `snr_db` is None where it
    cannot be told. `clipped_ratio` is the share of samples at full scale in any channel,
    `damaged_ratio` the share of the sound that is known to be damaged or missing; from a twentieth
    on the message says so.
    """

    verdict: Verdict
    message: str
    duration_s: float
    speech_s: float
    level_dbfs: float | None
    peak: float
    clipped_ratio: float
    snr_db: float | None
    damaged_ratio: float = 0.0

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "verdict": self.verdict.value}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Quality:  # Any: JSON as it comes
        """Undo `as_dict`. Raises KeyError, TypeError or ValueError where it is not one."""
        return cls(**{**fields, "verdict": Verdict(fields["verdict"])})


@dataclass(frozen=True)
class Moment:
    """One window of a longer recording. `emotion` is None when the model is unsure."""

    start_s: float
    end_s: float
    scores: Scores
    emotion: Emotion | None

    def as_dict(self) -> dict[str, object]:
        return {
            "start_s": self.start_s,
            "end_s": self.end_s,
            "emotion": self.emotion and self.emotion.value,
            "confidence": self.scores.confidence,
            "scores": self.scores.as_dict(),
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Moment:  # Any: JSON as it comes
        """Undo `as_dict`. Raises KeyError, TypeError or ValueError where it is not one."""
        return cls(
            fields["start_s"],
            fields["end_s"],
            Scores.from_mapping(fields["scores"]),
            fields["emotion"] and Emotion(fields["emotion"]),
        )


@dataclass(frozen=True)
class Reading:
    """How a voice sounded between two times of a recording.

    `scores` and `affect` are None where no speech was found: no speech means no emotion, not
    "neutral". `emotion` is None where there was no speech or where the model is unsure.
    `timeline` holds the overlapping windows the reading was made of. `waveform` holds at most 600
    peaks (0 to 1) of equal slices of the whole recording, for drawing. `embedding` is what a
    correction of this reading keeps (`recognition.personal`); it is empty without speech, and no
    part of the JSON.
    """

    start_s: float
    end_s: float
    scores: Scores | None
    emotion: Emotion | None
    quality: Quality
    affect: Affect | None
    timeline: tuple[Moment, ...] = ()
    waveform: tuple[float, ...] = ()
    embedding: tuple[float, ...] = field(default=(), repr=False)

    @property
    def unsure(self) -> bool:
        """True where speech was heard but no emotion stands out."""
        return self.scores is not None and self.emotion is None

    @property
    def confidence(self) -> float | None:
        return None if self.scores is None else self.scores.confidence

    def as_dict(self) -> dict[str, object]:
        """The JSON shape of the command line and the HTTP API (without waveform and embedding)."""
        affect = self.affect
        return {
            "duration_s": self.quality.duration_s,
            "emotion": self.emotion and self.emotion.value,
            "confidence": self.confidence,
            "scores": self.scores and self.scores.as_dict(),
            "affect": affect and {"valence": affect.valence, "arousal": affect.arousal},
            "quality": self.quality.as_dict(),
            "timeline": [moment.as_dict() for moment in self.timeline],
        }
