"""Each recorded answer becomes the error a person can do something about."""

from __future__ import annotations

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
from emotion_stream.music.spotify.errors import error_of
from tests.music.spotify.recorded_replies import NAMES, NOON, recorded

MEANINGS: dict[str, type[SpotifyError]] = {
    "400_invalid_limit": SpotifyRefused,
    "401_expired": SpotifySignInRequired,
    "403_owner_premium": SpotifyOwnerNeedsPremium,
    "403_not_registered": SpotifyNotOnList,
    "403_not_registered_json": SpotifyNotOnList,
    "403_premium_required": SpotifyPremiumRequired,
    "403_scope": SpotifyScopeMissing,
    "403_forbidden": SpotifyRefused,
    "403_remote_control_disallow": SpotifyRefused,
    "403_context_disallow": SpotifyRefused,
    "403_device_not_controllable": SpotifyRefused,
    "403_rate_limited": SpotifyRefused,
    "403_unknown": SpotifyRefused,
    "403_odd_json": SpotifyRefused,
    "404_not_found": SpotifyNotFound,
    "404_no_device": SpotifyNoDevice,
    "404_device_gone": SpotifyNoDevice,
    "429_short": SpotifyPaused,
    "429_long": SpotifyPaused,
    "429_no_header": SpotifyPaused,
    "429_quota": SpotifyPaused,
    "429_quota_no_header": SpotifyPaused,
    "500_json": SpotifyUnavailable,
    "502_web_page": SpotifyUnavailable,
    "503_later": SpotifyUnavailable,
    "302_to_a_portal": SpotifyUnavailable,
    "400_no_bearer": SpotifySignInRequired,
    "403_web_page": SpotifyUnavailable,
}


def test_every_recorded_failure_has_a_meaning() -> None:
    assert set(MEANINGS) == {name for name in NAMES if name[0] in "345"}


@pytest.mark.parametrize("name", MEANINGS)
def test_a_recorded_failure(name: str) -> None:
    reply = recorded(name)
    error = error_of(reply.status, reply.headers, reply.body, now=NOON)
    assert type(error) is MEANINGS[name]
    assert str(error).endswith(".")
