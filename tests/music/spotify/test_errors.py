"""Every answer of the reference's table becomes the error that says what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from emotion_stream import errors
from emotion_stream.errors import SpotifyError, SpotifyPaused
from emotion_stream.music.spotify.errors import error_of, is_waited_for, retry_after_s
from tests.music.spotify.fake_spotify import START

OWNER = b"Active premium subscription required for the owner of the app. Learn more: ..."
QUOTA = b'{"error":{"status":429,"message":"Too many requests","reason":"QUOTA_EXCEEDED"}}'


def player(reason: str) -> bytes:
    return (
        b'{"error":{"status":403,"message":"Player command failed","reason":"%s"}}'
        % reason.encode()
    )


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b'{"error":{"status":401,"message":"The access token expired"}}', "SignInRequired"),
        (403, OWNER, "OwnerNeedsPremium"),
        (403, b"User not registered in the Developer Dashboard", "NotOnList"),
        (403, b'{"error":{"status":403,"message":"User not registered ..."}}', "NotOnList"),
        (403, player("PREMIUM_REQUIRED"), "PremiumRequired"),
        (403, b'{"error":{"status":403,"message":"Insufficient client scope"}}', "ScopeMissing"),
        (403, b'{"error":{"status":403,"message":"Forbidden"}}', "Refused"),
        (403, player("REMOTE_CONTROL_DISALLOW"), "Refused"),
        (403, player("UNKNOWN"), "Refused"),
        (404, b'{"error":{"status":404,"reason":"NO_ACTIVE_DEVICE"}}', "NoDevice"),
        (404, b'{"error":{"status":404,"message":"Device not found"}}', "NoDevice"),
        (404, b'{"error":{"status":404,"message":"Resource not found"}}', "NotFound"),
        (400, b'{"error":{"status":400,"message":"Invalid limit"}}', "Refused"),
        (429, QUOTA, "Paused"),
        (302, b"", "Unavailable"),
        (500, b"<html>", "Unavailable"),
        (503, b"", "Unavailable"),
    ],
)
def test_an_answer_becomes_its_error(status: int, body: bytes, error: str) -> None:
    found = error_of(status, {}, body, now=START)
    assert type(found) is getattr(errors, f"Spotify{error}")
    assert str(found).endswith(".")


def test_a_short_wait_is_told_from_a_long_pause() -> None:
    short = error_of(429, {"retry-after": "3"}, b"", now=START)
    assert is_waited_for(short)
    for headers, body in (({"retry-after": "6"}, b""), ({"retry-after": "3"}, QUOTA), ({}, b"")):
        assert not is_waited_for(error_of(429, headers, body, now=START))


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("48925", timedelta(seconds=48_925)),
        ("83316", timedelta(seconds=83_316)),
        ("1e300", timedelta(hours=26)),
        ("99999999", timedelta(hours=26)),
        ("-4", timedelta(hours=1)),
        ("nan", timedelta(hours=1)),
        ("soon", timedelta(hours=1)),
        ("Wed, 25 Nov 2026 15:00:00 GMT", timedelta(hours=3)),
    ],
)
def test_a_pause_lasts_as_long_as_can_be_believed(header: str, pause: timedelta) -> None:
    error = error_of(429, {"retry-after": header}, b"", now=START)
    assert isinstance(error, SpotifyPaused)
    assert error.until == START + pause
    assert error.retry_after_s == round(pause.total_seconds())


def test_a_pause_says_when_it_ends_and_what_plays_meanwhile() -> None:
    today = str(error_of(429, {"retry-after": "7200"}, b"", now=START))
    assert "until 14:00 UTC;" in today
    assert "other sources" in today
    assert "02:00 UTC on 26 November" in str(
        error_of(429, {"retry-after": "50400"}, b"", now=START)
    )


@pytest.mark.parametrize("header", ["", "x", "-1", "inf", "nan", "Wed, 99 Nov", "1 2"])
def test_a_header_that_makes_no_sense_tells_nothing(header: str) -> None:
    assert retry_after_s({"retry-after": header}, START) is None


def test_what_spotify_says_is_not_repeated_to_the_person() -> None:
    body = b'{"error":{"message":"secret-bearer-material","reason":"secret-too"}}'
    for status in range(300, 600):
        error = error_of(status, {}, body, now=START)
        assert isinstance(error, SpotifyError)
        assert "secret" not in str(error) + repr(error)
