"""Only what a step needs is asked for, and never less than before."""

from __future__ import annotations

import pytest

from emotion_stream.music.spotify.oauth import STEPS, asked_for, steps_of


def test_every_step_has_its_scopes_and_its_reason() -> None:
    assert list(STEPS) == ["listen", "personal", "keep", "heart", "follow"]
    assert all(STEPS.values())


def test_a_step_asks_for_itself_for_listening_and_for_what_was_granted() -> None:
    assert asked_for("listen") == STEPS["listen"]
    assert asked_for("heart", STEPS["keep"]) == STEPS["heart"] | STEPS["listen"] | STEPS["keep"]
    with pytest.raises(KeyError):
        asked_for("everything")


def test_a_step_is_open_when_all_of_it_is_granted() -> None:
    granted = STEPS["keep"] | {"user-library-read"}
    assert {step for step, is_open in steps_of(granted).items() if is_open} == {"keep"}
