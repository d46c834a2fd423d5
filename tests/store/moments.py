"""Readings and times that several tests of the store need."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from emotion_stream.emotions import Emotion, Moment, Quality, Reading, Scores, Verdict

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOON_IN_INDIA = datetime(2026, 3, 1, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def later(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def sad_reading() -> Reading:
    scores = Scores((0.05, 0.15, 0.02, 0.7, 0.01, 0.04, 0.02, 0.01))
    quality = Quality(Verdict.GOOD, "Clear speech.", 4.2, 2.9, -23.25, 0.6, 0.0, None)
    return Reading(
        0.0,
        4.2,
        scores,
        Emotion.SADNESS,
        quality,
        scores.affect,
        timeline=(Moment(0.0, 3.0, scores, Emotion.SADNESS), Moment(1.0, 4.0, scores, None)),
        waveform=(0.0, 0.125, 1.0),
    )


def silent_reading() -> Reading:
    quality = Quality(Verdict.NO_SPEECH, "No speech was found.", 2.0, 0.0, None, 0.0, 0.0, None)
    return Reading(0.0, 2.0, None, None, quality, None)
