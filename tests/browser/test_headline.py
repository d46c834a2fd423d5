"""A reading in words, as the result and the list of earlier ones say it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Run

READING = {
    "likely": ["sadness", "calm", "fear"],
    "correction": None,
    "file": "recording.wav",
    "created_at": "2026-03-01T10:00:00Z",
    "quality": {"verdict": "good"},
    "scores": {},
}


@pytest.mark.parametrize(
    ("emotion", "confidence", "chosen", "words", "sureness"),
    [
        ("sadness", 0.71, None, "You sound sad.", "The estimate is fairly sure."),
        ("anger", 0.9, None, "You sound angry.", "The estimate is quite sure."),
        ("fear", 0.4, None, "You sound afraid.", "The estimate is not very sure."),
        (None, 0.3, None, "Not sure: sadness or calm. Which is closer?", ""),
        ("sadness", 0.7, "calm", "You feel calm.", "In your words. The estimate was sadness."),
        (None, 0.3, "calm", "You feel calm.", "In your words. The estimate was not sure."),
    ],
)
def test_a_reading_in_words(
    run: Run,
    emotion: str | None,
    confidence: float,
    chosen: str | None,
    words: str,
    sureness: str,
) -> None:
    reading = {**READING, "emotion": emotion, "confidence": confidence}
    assert headline(run, reading, chosen) == [words, sureness]


def headline(run: Run, reading: dict[str, Any] | None, chosen: str | None) -> Any:
    result = json.dumps({"reading": reading, "chosen": chosen})
    return run(
        "result/headline.js",
        f"(() => {{ const said = headline({result});"
        " return [said.before + said.word + said.after, said.sureness]; })()",
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("no_speech", "No speech found."),
        ("too_short", "Too short to judge."),
        ("too_quiet", "Too quiet to judge."),
        ("clipped", "Too loud to judge."),
        ("noisy", "Too noisy to judge."),
    ],
)
def test_a_reading_without_an_estimate_says_why(run: Run, verdict: str, words: str) -> None:
    reading = {**READING, "emotion": None, "scores": None, "quality": {"verdict": verdict}}
    assert headline(run, reading, None) == [words, ""]
    said = run("result/headline.js", f"summary({json.dumps(reading)})")
    assert f"{said}." == words


def test_a_file_is_spoken_of_as_a_recording_and_by_its_name(run: Run) -> None:
    reading = {**READING, "emotion": "anger", "confidence": 0.9, "file": "monday.wav"}
    assert headline(run, reading, None)[0] == "This recording sounds angry."
    assert headline(run, reading, "calm")[0] == "You say it sounds calm."
    assert about(run, reading) == "monday.wav · 12 minutes ago"
    assert about(run, {**reading, "file": "recording.wav"}) == "Your recording · 12 minutes ago"
    assert about(run, None) == "In your words"


def about(run: Run, reading: dict[str, Any] | None, what: str = "about") -> Any:
    now = "new Date('2026-03-01T10:12:30Z')"
    return run("result/headline.js", f"{what}({json.dumps(reading)}, {now})")


@pytest.mark.parametrize(
    ("change", "words", "circumstances"),
    [
        (
            {"emotion": "anger", "confidence": 0.9},
            "You sounded angry",
            "Your recording · 12 minutes ago · estimate quite sure",
        ),
        (
            {"emotion": "fear", "confidence": 0.6, "file": "monday.wav"},
            "Sounded afraid",
            "monday.wav · 12 minutes ago · estimate fairly sure",
        ),
        ({"emotion": None}, "Not sure: sadness or calm", "Your recording · 12 minutes ago"),
        (
            {"emotion": "anger", "correction": "calm"},
            "You said calm",
            "Your recording · 12 minutes ago",
        ),
    ],
)
def test_an_earlier_reading_in_two_lines(
    run: Run, change: dict[str, Any], words: str, circumstances: str
) -> None:
    reading = {**READING, **change}
    assert run("result/headline.js", f"summary({json.dumps(reading)})") == words
    assert about(run, reading, "circumstances") == circumstances
