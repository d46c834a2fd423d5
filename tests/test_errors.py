"""Every error has a stable code, an HTTP status and a place in the drawn tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from emotion_stream import errors
from emotion_stream.errors import EmotionStreamError
from tests.offenders import assert_none


def leaves(root: type[EmotionStreamError]) -> Iterator[type[EmotionStreamError]]:
    for child in root.__subclasses__():
        yield from leaves(child) if child.__subclasses__() else [child]


LEAVES = sorted(leaves(EmotionStreamError), key=lambda error: error.__name__)


def test_codes_are_unique() -> None:
    codes = [error.code for error in LEAVES]
    assert sorted(set(codes)) == sorted(codes)


def test_each_error_is_drawn_in_the_tree_with_its_status() -> None:
    tree = errors.__doc__ or ""
    told = [f"{error.__name__} {error.status}" for error in LEAVES]
    assert_none(line for line in told if line not in tree)


def test_each_error_has_the_one_shape() -> None:
    assert_none(error.__name__ for error in LEAVES if not _has_the_one_shape(error))


def _has_the_one_shape(error: type[EmotionStreamError]) -> bool:
    shape = {"code": error.code, "message": "What is wrong.", "status": error.status}
    return (
        error("What is wrong.").as_dict() == shape
        and error.code == error.code.lower()
        and 400 <= error.status < 600
    )


def test_what_the_page_needs_to_go_on_is_in_the_json() -> None:
    missing = errors.SpotifyScopeMissing("Not allowed.", scopes=("a", "b"))
    assert missing.as_dict()["scopes"] == ["a", "b"]
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    paused = errors.SpotifyPaused("Later.", until=noon, retry_after_s=60)
    assert paused.as_dict()["until"] == "2026-03-01T12:00:00+00:00"
    assert "until" not in errors.SpotifyPaused("Later.").as_dict()
