"""Every error has a stable code, an HTTP status and a place in the drawn tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from emotion_stream import errors
from emotion_stream.errors import EmotionStreamError


def leaves(root: type[EmotionStreamError]) -> Iterator[type[EmotionStreamError]]:
    for child in root.__subclasses__():
        yield from leaves(child) if child.__subclasses__() else [child]


LEAVES = sorted(leaves(EmotionStreamError), key=lambda error: error.__name__)


def test_codes_are_unique() -> None:
    codes = [error.code for error in LEAVES]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: error.__name__)
def test_each_error_is_drawn_in_the_tree_with_its_status(error: type[EmotionStreamError]) -> None:
    tree = errors.__doc__ or ""
    assert f"{error.__name__} {error.status}" in tree


@pytest.mark.parametrize("error", LEAVES, ids=lambda error: error.__name__)
def test_each_error_has_the_one_shape(error: type[EmotionStreamError]) -> None:
    assert 400 <= error.status < 600
    assert error.code == error.code.lower()
    assert error("What is wrong.").as_dict() == {
        "code": error.code,
        "message": "What is wrong.",
        "status": error.status,
    }


def test_what_the_page_needs_to_go_on_is_in_the_json() -> None:
    missing = errors.SpotifyScopeMissing("Not allowed.", scopes=("a", "b"))
    assert missing.as_dict()["scopes"] == ["a", "b"]
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    paused = errors.SpotifyPaused("Later.", until=noon, retry_after_s=60)
    assert paused.as_dict()["until"] == "2026-03-01T12:00:00+00:00"
    assert "until" not in errors.SpotifyPaused("Later.").as_dict()
