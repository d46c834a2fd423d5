"""A profile comes back from its text as it was; anything else is refused, never half read."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emotion_stream.emotions import EMOTIONS, Emotion
from emotion_stream.errors import ProfileInvalid
from emotion_stream.recognition.personal import Correction, Profile
from emotion_stream.recognition.profile_json import FORMAT, from_json, to_json

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.datetimes(
    min_value=datetime(1971, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)
CORRECTIONS = st.builds(
    Correction, st.tuples(NUMBERS, NUMBERS, NUMBERS), st.sampled_from(EMOTIONS), TIMES
)
PROFILES = st.builds(Profile, st.text(), st.text(), st.lists(CORRECTIONS).map(tuple))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def written(**changes: Any) -> dict[str, Any]:  # Any: what JSON can hold
    correction = {"at": "2025-11-25T12:00:00+00:00", "emotion": "calm", "embedding": [0.5, 1]}
    correction |= {key: changes.pop(key) for key in set(changes) & set(correction)}
    model = {"version": "0.1.0", "sha256": "ab"}
    return {"format": FORMAT, "model": model, "corrections": [correction], **changes}


@given(PROFILES)
def test_it_comes_back_as_it_was(profile: Profile) -> None:
    assert from_json(to_json(profile)) == profile


def test_it_is_what_the_documentation_says() -> None:
    profile = from_json(json.dumps(written()))

    noon = datetime(2025, 11, 25, 12, tzinfo=UTC)
    assert profile == Profile("0.1.0", "ab", (Correction((0.5, 1.0), Emotion.CALM, noon),))
    assert json.loads(to_json(profile)) == written()


@given(st.text() | st.binary() | JSON.map(json.dumps))
def test_any_other_text_is_refused(text: str | bytes) -> None:
    with pytest.raises(ProfileInvalid):
        from_json(text)


@given(st.sampled_from(["model", "corrections", "at", "emotion", "embedding"]), JSON)
def test_a_damaged_part_is_refused_or_means_what_it_says(part: str, value: object) -> None:
    with suppress(ProfileInvalid):
        profile = from_json(json.dumps(written(**{part: value})))
        assert from_json(to_json(profile)) == profile


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"format": "emotion-stream-profile/2"}, "its format is not"),
        ({"model": None}, "its model or its corrections are missing"),
        ({"model": {"version": "1"}}, "which model"),
        ({"corrections": {}}, "its model or its corrections are missing"),
        ({"corrections": [3]}, "3 is no correction"),
        ({"embedding": "abc"}, "not a list of numbers"),
        ({"embedding": [True]}, "not a list of numbers"),
        ({"embedding": [10**400]}, "damaged"),
        ({"embedding": [float("nan")]}, "no number"),
        ({"embedding": []}, "embedding of a reading"),
        ({"emotion": "boredom"}, "boredom"),
        ({"at": "yesterday"}, "yesterday"),
        ({"at": "2025-11-25T12:00:00"}, "no time zone"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "damaged"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, Any], match: str) -> None:
    with pytest.raises(ProfileInvalid, match=match):
        from_json(json.dumps(written(**changes)))


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(ProfileInvalid, match="not JSON"):
        from_json("[" * 200_000)
