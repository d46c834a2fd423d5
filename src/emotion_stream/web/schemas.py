"""The JSON that comes out of the HTTP API, made from the words of the house."""

from __future__ import annotations

from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from emotion_stream import emotions
from emotion_stream.emotions import Emotion, Verdict
from emotion_stream.errors import NotFound
from emotion_stream.store import PlayEvent, Session, StoredPlay, StoredReading


def example(value: dict[str, Any]) -> ConfigDict:  # Any: JSON of any shape
    return ConfigDict(from_attributes=True, json_schema_extra={"examples": [value]})


class Failure(BaseModel):
    """What every failure looks like. `scopes` and `until` come only where they are told."""

    model_config = example(NotFound("There is no reading r_1 in this session.").as_dict())

    code: str
    message: str
    status: int
    scopes: list[str] = Field([], description="With `spotify_scope_missing`: what to ask for.")
    until: AwareDatetime | None = Field(None, description="With `spotify_paused`: till when.")


class Affect(BaseModel):
    """Valence and arousal, each from -1 to 1."""

    model_config = example({"valence": -0.5, "arousal": -0.4})

    valence: float
    arousal: float


class Quality(BaseModel):
    """How usable the recording is, in words and in figures."""

    model_config = ConfigDict(from_attributes=True)

    verdict: Verdict
    message: str
    duration_s: float
    speech_s: float
    level_dbfs: float | None
    peak: float
    clipped_ratio: float
    snr_db: float | None
    damaged_ratio: float


class Moment(BaseModel):
    """One window of a longer recording."""

    start_s: float
    end_s: float
    emotion: Emotion | None
    confidence: float
    scores: dict[Emotion, float]


class KeptReading(BaseModel):
    """A reading in a list: without its timeline and waveform. `GET /analyses/{id}` has them."""

    id: str | None
    created_at: AwareDatetime
    file: str | None
    duration_s: float
    emotion: Emotion | None
    unsure: bool
    likely: list[Emotion]
    confidence: float | None
    scores: dict[Emotion, float] | None
    affect: Affect | None
    quality: Quality
    correction: Emotion | None

    @classmethod
    def of(cls, kept: StoredReading) -> Self:
        return cls.model_validate(_reading_fields(kept))


class Reading(KeptReading):
    """How a voice sounded. Without speech there are no scores, and no emotion."""

    model_config = example(
        {
            "id": "r_8sJ2mVYx0Q4",
            "created_at": "2026-03-01T18:30:00Z",
            "file": "monday.m4a",
            "duration_s": 4.2,
            "emotion": "sadness",
            "unsure": False,
            "likely": ["sadness", "calm"],
            "confidence": 0.71,
            "scores": {
                "neutral": 0.05,
                "calm": 0.12,
                "happiness": 0.02,
                "sadness": 0.71,
                "anger": 0.01,
                "fear": 0.06,
                "disgust": 0.02,
                "surprise": 0.01,
            },
            "affect": {"valence": -0.5, "arousal": -0.4},
            "quality": {
                "verdict": "good",
                "message": "Clear speech.",
                "duration_s": 4.2,
                "speech_s": 2.9,
                "level_dbfs": -23.0,
                "peak": 0.6,
                "clipped_ratio": 0.0,
                "snr_db": 31.0,
                "damaged_ratio": 0.0,
            },
            "timeline": [],
            "waveform": [0.01, 0.2],
            "unsaved": False,
            "correction": None,
        }
    )

    timeline: list[Moment]
    waveform: list[float]
    unsaved: bool = Field(
        description="True where it belongs into the history and could not be saved."
    )

    @classmethod
    def of(cls, kept: StoredReading, *, unsaved: bool = False) -> Self:
        reading = kept.reading
        return cls.model_validate(
            {
                **_reading_fields(kept),
                "timeline": [moment.as_dict() for moment in reading.timeline],
                "waveform": list(reading.waveform),
                "unsaved": unsaved,
            }
        )


def _reading_fields(kept: StoredReading) -> dict[str, object]:
    reading = kept.reading
    return {
        **{key: value for key, value in reading.as_dict().items() if key != "timeline"},
        "id": kept.id or None,
        "created_at": kept.created_at,
        "file": kept.file,
        "unsure": reading.unsure,
        "likely": _likely(reading),
        "correction": kept.correction,
    }


LIKELY_WITHIN = 0.5
MOST_LIKELY = 3


def _likely(reading: emotions.Reading) -> list[Emotion]:
    """At most three emotions, best first: the top one and those at least half as probable."""
    scores = reading.scores
    if scores is None:
        return []
    least = LIKELY_WITHIN * scores.confidence
    likely = [emotion for emotion in scores.ranked if scores.of(emotion) >= least]
    # An unsure reading asks "which is closer?": that takes at least two.
    return likely[:MOST_LIKELY] if len(likely) > 1 else list(scores.ranked[:2])


class Consent(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    analyse: bool
    history: bool


class Play(BaseModel):
    """Something was started, heard to its end or skipped."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    created_at: AwareDatetime
    provider: str
    item_id: str
    title: str
    event: PlayEvent
    position_s: float
    reading_id: str | None


class SessionState(BaseModel):
    """What the person agreed to and what is kept for them, newest first, at most 50 of each."""

    consent: Consent
    created_at: AwareDatetime | None
    readings: list[KeptReading]
    plays: list[Play]

    @classmethod
    def of(
        cls, session: Session | None, readings: list[StoredReading], plays: list[StoredPlay]
    ) -> Self:
        agreed = Consent(analyse=False, history=False)
        return cls(
            consent=Consent.model_validate(session) if session else agreed,
            created_at=None if session is None else session.created_at,
            readings=[KeptReading.of(kept) for kept in readings],
            plays=[Play.model_validate(play) for play in plays],
        )


class Model(BaseModel):
    """What the recogniser says about itself."""

    model_config = ConfigDict(from_attributes=True)

    version: str
    labels: list[str]
    sample_rate_hz: int
    corpora: list[str]
    licence: str
    unsure_below: float
    sha256: str


class Health(BaseModel):
    status: str
    version: str
    model: Model
    database: str
