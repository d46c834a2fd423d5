"""What an answer of Spotify that is no success means, and the way out: one table for every call.

The table follows docs/spotify.md, section "Errors and what they mean". The body of a refusal may be
plain text, HTML of a proxy, or JSON of any shape.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

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
from emotion_stream.music.spotify.parsing import json_of

SHORT_WAIT_S = 5
"""A 429 that asks for at most this is waited out, once; longer ones never are."""
MAX_PAUSE = timedelta(hours=24)
"""The quota is counted over about 24 hours: what claims to last longer is asked again then."""
PAUSE_WITHOUT_HEADER = timedelta(hours=1)
QUOTA_PAUSE_WITHOUT_HEADER = timedelta(hours=6)
"""Penalties of 13 to 23 hours are reported, and asking during one makes it longer."""
SHORTEST_PAUSE = timedelta(minutes=1)

ASKED_TOO_OFTEN = "Spotify was asked too often."
QUOTA_USED_UP = "The quota that Spotify gives this installation is used up."

PLAYER_REASONS = {
    "REMOTE_CONTROL_DISALLOW": "The player does not let itself be controlled from here.",
    "CONTEXT_DISALLOW": "Spotify does not play this from here.",
    "DEVICE_NOT_CONTROLLABLE": "This device does not let itself be controlled from here.",
    "RATE_LIMITED": "The player was given too many commands at once. Wait a moment.",
    "UNKNOWN": "Spotify's player refuses, without saying why.",
}
OPEN_INSTEAD = "Open it in Spotify instead, with its link."


@dataclass(frozen=True)
class Said:
    """What a body says, as far as it can be read: a lower-case text to search, and the reason."""

    text: str
    reason: str
    is_page: bool


@dataclass(frozen=True)
class Pause:
    """How long a 429 asks us to be quiet; `wait_s` where it is short enough to be waited out."""

    until: datetime
    reason: str
    wait_s: float | None


def error_of(
    status: int, headers: Mapping[str, str], body: bytes, *, now: datetime
) -> SpotifyError:
    """The error that an answer stands for, whatever it holds; `now` is UTC. Raises nothing."""
    if status == 429:
        pause = pause_of(headers, body, now=now)
        return paused(pause.until, pause.reason, now=now)
    if status == 401:
        return _signed_out()
    said = _said(body)
    if 400 <= status < 500 and (known := _known(said)):
        return known
    if status in (404, 410) and not said.is_page:
        return SpotifyNotFound("Spotify does not have this, or does not show it to apps like this.")
    if status == 408 or not 400 <= status < 500:
        return unavailable(f"status {status}", retry_after_s=_short(headers, now))
    if said.is_page:
        return SpotifyUnavailable(
            f"The answer ({status}) is a web page and not Spotify's own. A proxy or firewall may "
            "stand between this server and Spotify: ask who runs the network."
        )
    if status == 403:
        return SpotifyRefused(f"{PLAYER_REASONS.get(said.reason, _NOT_FOR_APPS)} {OPEN_INSTEAD}")
    return SpotifyRefused(f"Spotify does not accept this request ({status}). {OPEN_INSTEAD}")


_NOT_FOR_APPS = "Spotify does not let apps do this."


def pause_of(headers: Mapping[str, str], body: bytes, *, now: datetime) -> Pause:
    """What a 429 asks for. Without Retry-After an hour, or six where the quota is used up."""
    asked = _retry_after(headers, now)
    if _said(body).reason == "QUOTA_EXCEEDED":
        rest = QUOTA_PAUSE_WITHOUT_HEADER if asked is None else max(asked, SHORTEST_PAUSE)
        return Pause(now + rest, QUOTA_USED_UP, None)
    if asked is None:
        return Pause(now + PAUSE_WITHOUT_HEADER, ASKED_TOO_OFTEN, None)
    wait_s = asked.total_seconds()
    if wait_s <= SHORT_WAIT_S:
        return Pause(now + SHORTEST_PAUSE, ASKED_TOO_OFTEN, wait_s)
    return Pause(now + asked, ASKED_TOO_OFTEN, None)


def paused(until: datetime, reason: str, *, now: datetime) -> SpotifyPaused:
    """`reason` is a sentence; the time is told in UTC, with its day where that is not today."""
    until = until.astimezone(UTC)
    # Minutes are rounded up: at the time that is told, Spotify is asked again.
    told = (until + timedelta(seconds=59)).replace(second=0, microsecond=0)
    day = "" if told.date() == now.astimezone(UTC).date() else f" on {told.day} {told:%B}"
    return SpotifyPaused(
        f"{reason} It is left alone until {told:%H:%M} UTC{day}; "
        "choose another source of music until then.",
        until=until,
        retry_after_s=max(1, math.ceil((until - now).total_seconds())),
    )


def unavailable(reason: str, *, retry_after_s: int | None = None) -> SpotifyUnavailable:
    """`reason` is for the log."""
    return SpotifyUnavailable(
        "Spotify does not answer properly at this moment. Try again in a few minutes, "
        "or choose another source of music.",
        detail=f"Spotify: {reason}.",
        retry_after_s=retry_after_s,
    )


def _signed_out() -> SpotifySignInRequired:
    return SpotifySignInRequired("The sign-in with Spotify has ended. Sign in with Spotify again.")


def _known(said: Said) -> SpotifyError | None:
    """The refusals that are told apart by their words: Spotify has no codes for them."""
    if "premium subscription required for the owner" in said.text:
        return SpotifyOwnerNeedsPremium(
            "Spotify answers only while the owner of this installation's Spotify app has Premium. "
            "Ask the owner to renew it; after that it takes some hours."
        )
    if (
        "not registered in the developer dashboard" in said.text
        or "user not registered" in said.text
    ):
        return SpotifyNotOnList(
            "Your Spotify account is not among the five that may use this installation. Ask its "
            "owner to add your name and Spotify e-mail under User Management in the Spotify "
            "dashboard."
        )
    if said.reason == "PREMIUM_REQUIRED" or "premium required" in said.text:
        return SpotifyPremiumRequired(
            "Spotify plays here in full only with Premium. The small Spotify player works without."
        )
    if "insufficient client scope" in said.text:
        return SpotifyScopeMissing(
            "Spotify needs your permission for this. Sign in again to give it."
        )
    if "only valid bearer authentication" in said.text:
        return _signed_out()
    if said.reason == "NO_ACTIVE_DEVICE" or "device not found" in said.text:
        return SpotifyNoDevice(
            "Spotify finds no player to play on. Reload the page to start the one in it, or open "
            "Spotify."
        )
    return None


def _said(body: bytes) -> Said:
    text = body[:20_000].decode("utf-8", "replace")
    try:
        fields = json_of(body)
    except SpotifyUnavailable:
        is_page = bool(re.match(r"\s*<(!doctype|html|\?xml|head|body)", text, re.IGNORECASE))
        return Said(text.lower(), "", is_page)
    error = fields.get("error") if isinstance(fields, dict) else None
    reason = error.get("reason") if isinstance(error, dict) else None
    return Said(text.lower(), reason if isinstance(reason, str) else "", False)


def _retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Retry-After as seconds or as a date (RFC 9110, section 10.2.3), None where it is nonsense."""
    given = next((text for name, text in headers.items() if name.lower() == "retry-after"), "")
    text = given.strip()
    if re.fullmatch(r"[0-9]+(\.[0-9]*)?", text):
        seconds = text.partition(".")[0].lstrip("0")
        if len(seconds) > 6:
            return MAX_PAUSE
        return min(MAX_PAUSE, timedelta(seconds=math.ceil(float(text))))
    try:
        date = parsedate_to_datetime(text)
        # A date without a zone is UTC by the standard.
        wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    # A date that has passed says only that one of the clocks is wrong.
    return min(MAX_PAUSE, wait) if wait > timedelta(0) else None


def _short(headers: Mapping[str, str], now: datetime) -> int | None:
    wait = _retry_after(headers, now)
    return None if wait is None else math.ceil(wait.total_seconds())
