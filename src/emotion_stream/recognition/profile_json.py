"""A person's profile as JSON text, and back; what is not one is refused with what is wrong."""

from __future__ import annotations

import json
from datetime import datetime

from emotion_stream.emotions import Emotion
from emotion_stream.errors import ProfileInvalid
from emotion_stream.recognition.personal import Correction, Profile

FORMAT = "emotion-stream-profile/1"


def to_json(profile: Profile) -> str:
    """Text that `from_json` turns into an equal profile."""
    return json.dumps(
        {
            "format": FORMAT,
            "model": {"version": profile.model_version, "sha256": profile.model_sha256},
            "corrections": [
                {
                    "at": correction.at.isoformat(),
                    "emotion": correction.emotion.value,
                    "embedding": correction.embedding,
                }
                for correction in profile.corrections
            ],
        },
        allow_nan=False,
    )


def from_json(text: str | bytes) -> Profile:
    """Read what `to_json` wrote. Raises ProfileInvalid on anything else."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProfileInvalid("This is no profile: it is not JSON.") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ProfileInvalid(f"This is no profile: its format is not {FORMAT!r}.")
    model, corrections = content.get("model"), content.get("corrections")
    if not isinstance(model, dict) or not isinstance(corrections, list):
        raise ProfileInvalid("This profile is damaged: its model or its corrections are missing.")
    version, digest = model.get("version"), model.get("sha256")
    if not isinstance(version, str) or not isinstance(digest, str):
        raise ProfileInvalid("This profile is damaged: it does not say which model it belongs to.")
    return Profile(version, digest, tuple(map(_correction, corrections)))


def _correction(content: object) -> Correction:
    if not isinstance(content, dict):
        raise ProfileInvalid(f"This profile is damaged: {content!r:.40} is no correction.")
    embedding, emotion, at = (content.get(key) for key in ("embedding", "emotion", "at"))
    if not isinstance(embedding, list) or not all(type(v) in (int, float) for v in embedding):
        raise ProfileInvalid("This profile is damaged: an embedding is not a list of numbers.")
    try:
        return Correction(
            tuple(map(float, embedding)), Emotion(str(emotion)), datetime.fromisoformat(str(at))
        )
    except (ValueError, OverflowError) as error:
        raise ProfileInvalid(f"This profile is damaged: {error}.") from error
