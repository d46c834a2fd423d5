"""Each answer that is no success becomes the error a person can do something about."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from emotion_stream.errors import (
    SpotifyError,
    SpotifyNoDevice,
    SpotifyNotFound,
    SpotifyNotOnList,
    SpotifyOwnerNeedsPremium,
    SpotifyPaused,
    SpotifyPremiumRequired,
    SpotifyRefused,
    SpotifyScopeMissing,
    SpotifySignInRequired,
    SpotifyUnavailable,
)
from emotion_stream.music.spotify.failures import error_of, pause_of, paused

from .recorded import NAMES, NOON, recorded

MEANINGS: dict[str, tuple[type[SpotifyError], str]] = {
    "400_invalid_limit": (SpotifyRefused, "Open it in Spotify"),
    "400_no_bearer": (SpotifySignInRequired, "Sign in with Spotify again"),
    "401_expired": (SpotifySignInRequired, "Sign in with Spotify again"),
    "403_owner_premium": (SpotifyOwnerNeedsPremium, "Ask the owner to renew it"),
    "403_not_registered": (SpotifyNotOnList, "under User Management"),
    "403_not_registered_json": (SpotifyNotOnList, "under User Management"),
    "403_premium_required": (SpotifyPremiumRequired, "only with Premium"),
    "403_scope": (SpotifyScopeMissing, "Sign in again"),
    "403_forbidden": (SpotifyRefused, "does not let apps do this"),
    "403_remote_control_disallow": (SpotifyRefused, "controlled from here"),
    "403_context_disallow": (SpotifyRefused, "does not play this"),
    "403_device_not_controllable": (SpotifyRefused, "This device"),
    "403_rate_limited": (SpotifyRefused, "too many commands"),
    "403_unknown": (SpotifyRefused, "without saying why"),
    "403_web_page": (SpotifyUnavailable, "proxy or firewall"),
    "403_odd_json": (SpotifyRefused, "does not let apps do this"),
    "404_not_found": (SpotifyNotFound, "does not have this"),
    "404_no_device": (SpotifyNoDevice, "no player"),
    "404_device_gone": (SpotifyNoDevice, "no player"),
    "429_short": (SpotifyPaused, "asked too often"),
    "429_long": (SpotifyPaused, "until 01:36 UTC on 26 November"),
    "429_no_header": (SpotifyPaused, "until 13:00 UTC;"),
    "429_quota": (SpotifyPaused, "quota .* used up"),
    "429_quota_no_header": (SpotifyPaused, "until 18:00 UTC;"),
    "500_json": (SpotifyUnavailable, "another source of music"),
    "502_web_page": (SpotifyUnavailable, "another source of music"),
    "503_later": (SpotifyUnavailable, "another source of music"),
    "302_to_a_portal": (SpotifyUnavailable, "another source of music"),
}


def test_every_recorded_failure_has_a_meaning() -> None:
    assert set(MEANINGS) == {
        name for name in NAMES if not name.startswith("2") and name[0].isdigit()
    }


@pytest.mark.parametrize("name", MEANINGS)
def test_a_recorded_failure(name: str) -> None:
    reply, (kind, words) = recorded(name), MEANINGS[name]
    error = error_of(reply.status, reply.headers, reply.body, now=NOON)
    assert type(error) is kind
    with pytest.raises(kind, match=words):
        raise error
    assert str(error).endswith(".")
    assert "Player command failed" not in str(error)  # their words are for developers


def test_advice_of_a_server_that_is_down_is_passed_on() -> None:
    reply = recorded("503_later")
    assert error_of(503, reply.headers, reply.body, now=NOON).retry_after_s == 120


@pytest.mark.parametrize(
    ("header", "pause_s"),
    [
        ("6", 6),
        (" 7 ", 7),
        ("6.2", 7),
        ("83316", 83_316),
        ("86401", 86_400),
        ("9" * 5_000, 86_400),
        ("00000000000008", 8),
        ("-1", 3_600),
        ("", 3_600),
        ("soon", 3_600),
        ("nan", 3_600),
        ("1e3", 3_600),
        ("٣", 3_600),
        ("Wed, 99 Nov 2026 12:00:00 GMT", 3_600),
        ("Wed, 25 Nov 2026 11:00:00 GMT", 3_600),
        ("Wed, 25 Nov 2026 12:10:00 GMT", 600),
        ("Wed, 25 Nov 2026 14:10:00 +0200", 600),
        ("Wed, 25 Nov 2026 12:10:00 -0000", 600),
        ("Wed, 25 Nov 2099 12:10:00 GMT", 86_400),
    ],
)
def test_retry_after_in_all_its_forms(header: str, pause_s: int) -> None:
    pause = pause_of({"Retry-After": header}, b"", now=NOON)
    assert (pause.until - NOON, pause.wait_s) == (timedelta(seconds=pause_s), None)


@pytest.mark.parametrize(("header", "wait_s"), [("0", 0), ("1", 1), ("5", 5), ("4.01", 5)])
def test_a_short_wait_is_waited_out_and_pauses_a_minute_if_that_was_not_enough(
    header: str, wait_s: int
) -> None:
    pause = pause_of({"retry-after": header}, b"", now=NOON)
    assert (pause.until - NOON, pause.wait_s) == (timedelta(minutes=1), wait_s)


def test_a_date_close_by_is_a_short_wait() -> None:
    header = format_datetime(NOON + timedelta(seconds=3), usegmt=True)
    assert pause_of({"retry-after": header}, b"", now=NOON).wait_s == 3


def test_a_quota_that_is_used_up_is_never_waited_out() -> None:
    body = recorded("429_quota").body
    pause = pause_of({"retry-after": "2"}, body, now=NOON)
    assert (pause.until - NOON, pause.wait_s) == (timedelta(minutes=1), None)


def test_the_time_told_is_one_at_which_spotify_is_asked_again() -> None:
    error = paused(NOON + timedelta(seconds=61), "Too much.", now=NOON)
    assert "until 12:02 UTC;" in str(error)
    assert (error.until, error.retry_after_s) == (NOON + timedelta(seconds=61), 61)
