"""How the page chooses between Spotify's players, as a machine without a page."""

from __future__ import annotations

import json
from typing import Any

from emotion_stream import errors

from .conftest import Run

ITEM = {"uri": "spotify:track:1", "name": "One", "duration_s": 100, "link": "l", "by": []}
PRESS = ("press", {"item": ITEM, "mayStream": True, "mayEmbed": True})
SIGNED_OUT = ("press", {"item": ITEM, "mayStream": False, "mayEmbed": True})
NO_EMBED = ("press", {"item": ITEM, "mayStream": False, "mayEmbed": False})
READY = ("ready", "device")
SOUND = ("stateChanged", {"paused": False, "position_s": 1, "duration_s": 100})
STILL = ("stateChanged", {"paused": True, "position_s": 1, "duration_s": 100})
PLAYING = [PRESS, READY, SOUND]


def after(run: Run, *events: tuple[Any, ...]) -> dict[str, Any]:
    """Way, phase and words after the events, and the commands of the last one."""
    calls = "".join(
        f"last = playback.{name}({', '.join(json.dumps(each) for each in arguments)});"
        for name, *arguments in events
    )
    told: dict[str, Any] = run(
        "spotify/playback.js",
        f"(() => {{ const playback = new Playback(); let last = []; {calls}"
        " const { way, phase, words, deviceId, finished } = playback;"
        " const reason = Object.keys(REASONS).find((each) => REASONS[each] === words) ?? '';"
        " return { way, phase, reason, deviceId, finished, commands: last }; })()",
    )
    return told


def told(state: dict[str, Any]) -> tuple[Any, ...]:
    return state["way"], state["phase"], state["reason"], state["commands"]


WAYS: list[tuple[list[tuple[Any, ...]], tuple[Any, ...]]] = [
    ([], ("link", "idle", "", [])),
    ([PRESS], ("sdk", "connecting", "", ["connect"])),
    ([PRESS, READY], ("sdk", "starting", "", ["start"])),
    (PLAYING, ("sdk", "playing", "", [])),
    ([*PLAYING, PRESS], ("sdk", "starting", "", ["start"])),
    ([SIGNED_OUT], ("embed", "starting", "", ["embed"])),
    ([NO_EMBED], ("link", "linked", "link", [])),
    ([SIGNED_OUT, ("embedFailed",)], ("link", "linked", "link", ["unembed"])),
    ([SIGNED_OUT, SOUND, PRESS], ("sdk", "connecting", "", ["unembed", "connect"])),
    ([READY], ("link", "idle", "", [])),
]


def test_the_way_and_what_is_done(run: Run) -> None:
    for events, expected in WAYS:
        assert told(after(run, *events)) == expected, events


FAILURES: list[tuple[tuple[Any, ...], tuple[Any, ...]]] = [
    (("accountError",), ("embed", "starting", "account", ["disconnect", "embed"])),
    (
        ("initializationError",),
        ("embed", "starting", "initialization", ["disconnect", "embed"]),
    ),
    (("scriptFailed",), ("embed", "starting", "script", ["disconnect", "embed"])),
    (("late",), ("embed", "starting", "script", ["disconnect", "embed"])),
    (("authenticationError",), ("sdk", "connecting", "", ["reconnect"])),
    (("autoplayFailed",), ("sdk", "blocked", "autoplay", [])),
    (("playbackError",), ("sdk", "failed", "playback", [])),
    (("notReady",), ("sdk", "connecting", "", [])),
]


def test_what_fails_before_the_sound(run: Run) -> None:
    for event, expected in FAILURES:
        assert told(after(run, PRESS, event)) == expected, event


REFUSALS: dict[str, tuple[Any, ...]] = dict(
    [
        ("spotify_premium_required", ("embed", "starting", "account", ["disconnect", "embed"])),
        ("spotify_paused", ("embed", "starting", "paused", ["disconnect", "embed"])),
        ("spotify_scope_missing", ("embed", "starting", "scope", ["disconnect", "embed"])),
        ("spotify_unavailable", ("embed", "starting", "away", ["disconnect", "embed"])),
        ("spotify_sign_in_required", ("sdk", "signin", "signin", ["disconnect"])),
        ("spotify_not_found", ("sdk", "failed", "playback", [])),
        ("spotify_refused", ("sdk", "failed", "playback", [])),
        ("spotify_no_device", ("sdk", "connecting", "", ["reconnect"])),
        ("unreachable", ("embed", "starting", "away", ["disconnect", "embed"])),
    ]
)


def test_what_the_server_refuses_to_start(run: Run) -> None:
    for code, expected in REFUSALS.items():
        assert told(after(run, PRESS, READY, ("refused", code))) == expected, code


def test_a_device_that_is_not_found_twice_gives_way_to_the_small_player(run: Run) -> None:
    refused = ("refused", "spotify_no_device")
    state = after(run, PRESS, READY, refused, READY, refused)
    assert told(state) == ("embed", "starting", "device", ["disconnect", "embed"])


def test_a_token_is_asked_for_once_more_and_then_the_person_signs_in(run: Run) -> None:
    wrong = ("authenticationError",)
    assert told(after(run, PRESS, wrong, wrong)) == ("sdk", "signin", "signin", ["disconnect"])
    # A sound in between means that the new token was good.
    state = after(run, PRESS, wrong, READY, SOUND, wrong)
    assert told(state) == ("sdk", "connecting", "", ["reconnect"])


def test_what_cannot_change_is_not_tried_again(run: Run) -> None:
    for error in ("accountError", "initializationError"):
        state = after(run, PRESS, (error,), SOUND, PRESS)
        assert (state["way"], state["commands"]) == ("embed", ["embed"])


def test_a_lost_device_is_connected_again_by_a_press(run: Run) -> None:
    gone = after(run, *PLAYING, ("notReady",))
    assert told(gone) == ("sdk", "gone", "gone", [])
    assert gone["deviceId"] is None
    assert after(run, *PLAYING, ("notReady",), ("toggle",))["commands"] == ["connect"]


def test_playing_on_another_device_is_said_and_brought_back_by_a_press(run: Run) -> None:
    assert told(after(run, *PLAYING, ("elsewhere",))) == ("sdk", "elsewhere", "elsewhere", [])
    assert after(run, *PLAYING, ("elsewhere",), ("toggle",))["commands"] == ["start"]


def test_one_more_press_where_the_browser_wants_it(run: Run) -> None:
    blocked = [PRESS, READY, ("autoplayFailed",)]
    assert after(run, *blocked, ("toggle",))["commands"] == ["activate", "resume"]
    assert told(after(run, *blocked, ("toggle",), SOUND)) == ("sdk", "playing", "", [])
    assert after(run, PRESS, READY, ("late",))["reason"] == "autoplay"


def test_silence_holds_what_has_not_begun(run: Run) -> None:
    assert told(after(run, *PLAYING, ("silence",))) == ("sdk", "paused", "", ["pause"])
    assert after(run, PRESS, ("silence",), READY)["commands"] == []
    assert after(run, PRESS, READY, ("silence",), SOUND)["commands"] == ["pause"]
    assert after(run, ("silence",))["commands"] == []
    small = after(run, SIGNED_OUT, ("silence",), SOUND)
    assert small["commands"] == ["pause"]


def test_a_pause_before_the_sound_holds_when_it_comes(run: Run) -> None:
    toggle = ("toggle",)
    assert told(after(run, PRESS, toggle)) == ("sdk", "paused", "", ["pause"])
    assert after(run, PRESS, toggle, READY)["commands"] == []
    assert after(run, PRESS, READY, toggle, SOUND)["commands"] == ["pause"]
    # The piece before stops, and only then the new one begins.
    assert after(run, *PLAYING, PRESS, toggle, STILL, SOUND)["commands"] == ["pause"]
    assert after(run, *PLAYING, PRESS, ("silence",), STILL, SOUND)["commands"] == ["pause"]
    begun = after(run, PRESS, READY, toggle, SOUND, STILL, toggle)
    assert begun["commands"] == ["resume"]


def test_a_press_goes_on_after_silence(run: Run) -> None:
    assert after(run, *PLAYING, ("silence",), STILL, ("toggle",))["commands"] == ["resume"]
    assert after(run, PRESS, ("silence",), READY, ("toggle",))["commands"] == ["start"]


def test_a_piece_that_stops_at_its_end_was_heard(run: Run) -> None:
    near = ("stateChanged", {"paused": False, "position_s": 99, "duration_s": 100})
    back = ("stateChanged", {"paused": True, "position_s": 0, "duration_s": 100})
    assert after(run, *PLAYING, near, back)["finished"] is True
    assert after(run, *PLAYING, STILL)["finished"] is False


def test_closing_ends_it_on_either_player(run: Run) -> None:
    assert after(run, *PLAYING, ("close",))["commands"] == ["pause"]
    assert after(run, SIGNED_OUT, SOUND, ("close",))["commands"] == ["unembed"]
    assert after(run, *PLAYING, ("close",))["phase"] == "idle"


NOW = "new Date('2026-11-25T10:00:00')"


PROBLEMS: list[tuple[dict[str, Any], str, str]] = [
    ({"code": "spotify_not_on_list", "message": ""}, "among the five people", "setup"),
    ({"code": "spotify_owner_needs_premium", "message": ""}, "has Premium", "source"),
    ({"code": "spotify_unavailable", "message": ""}, "does not answer", "again"),
    ({"code": "spotify_sign_in_required", "message": ""}, "not signed in", "signin"),
    ({"code": "spotify_not_set_up", "message": ""}, "not set up", "setup"),
    ({"code": "spotify_paused", "message": "", "details": {}}, "rest for a while", "source"),
    (
        {"code": "spotify_paused", "message": "", "details": {"until": "2026-11-25T14:05:00"}},
        "until 14:05",
        "source",
    ),
    (
        {"code": "spotify_paused", "message": "", "details": {"until": "2026-11-26T09:00:00"}},
        "26",
        "source",
    ),
    ({"code": "unreachable", "message": "No answer."}, "No answer.", "again"),
]


def test_each_failure_has_a_sentence_and_a_way_on(run: Run) -> None:
    for error, words, following in PROBLEMS:
        problem = run("spotify/problems.js", f"problemOf({json.dumps(error)}, {NOW})")
        assert words in problem["words"]
        assert problem["next"] == following, error


def test_a_missing_permission_names_its_step(run: Run) -> None:
    error = {
        "code": "spotify_scope_missing",
        "message": "",
        "details": {"scopes": ["user-top-read"]},
    }
    problem = run("spotify/problems.js", f"problemOf({json.dumps(error)}, {NOW})")
    assert (problem["next"], problem["step"]) == ("step", "personal")


def test_every_code_of_spotify_has_words(run: Run) -> None:
    codes = {
        each.code
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, errors.SpotifyError) and "code" in vars(each)
    }
    assert "spotify_paused" in codes
    for code in sorted(codes):
        error = json.dumps({"code": code, "message": "", "details": {}})
        assert run("spotify/problems.js", f"problemOf({error}, {NOW})")["words"], code
