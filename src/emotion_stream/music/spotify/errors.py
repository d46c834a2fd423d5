"""What an answer that is no success means, and what the person can do: the one error table.

Spotify says the same in several ways, and some 403 are plain text: the words are looked for in the
body as it came (docs/spotify.md#errors-and-what-they-mean lists where each was met).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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

LONGEST_WAIT_S = 5
"""A pause as short as this is waited for, once; a longer one is written down and shown."""
UNTOLD_PAUSE = timedelta(hours=1)
"""A quota answer without Retry-After: penalties of 13 hours and more were met, asking prolongs."""
LONGEST_PAUSE = timedelta(hours=26)
"""The window rolls over about a day: what claims more is not believed."""
_READ_BYTES = 4_000


def error_of(
    status: int, headers: Mapping[str, str], body: bytes, *, now: datetime
) -> SpotifyError:
    """The error that an answer with `status` of 300 or more stands for. Never raises."""
    words = body[:_READ_BYTES].decode("utf-8", "replace").casefold()
    if status == 401 or (status == 400 and "only valid bearer authentication" in words):
        return SpotifySignInRequired("Your sign-in with Spotify has ended. Sign in again.")
    if status == 403 and words.lstrip().startswith(("<!doctype", "<html")):
        return SpotifyUnavailable(
            "A web page came instead of Spotify's answer (403). A proxy or firewall may stand "
            "between this server and Spotify: ask who runs the network."
        )
    if status == 403:
        return _forbidden(words)
    if status == 404:
        return _missing(words)
    if status == 429:
        return _too_many(words, headers, now)
    if status >= 500 or 300 <= status < 400:
        return SpotifyUnavailable(
            f"Spotify does not answer as it should ({status}). Try again later, or play from "
            "another source."
        )
    return SpotifyRefused(f"Spotify does not take this request ({status}). Try something else.")


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds of Retry-After, as a number or a date (RFC 9110, 10.2.3); None if unreadable."""
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text).astimezone(UTC) - now).total_seconds()
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return seconds if 0 <= seconds < float("inf") else None


def is_waited_for(error: SpotifyError) -> bool:
    """Whether a pause is short enough to wait for it within the request."""
    wait_s = error.retry_after_s if isinstance(error, SpotifyPaused) else None
    return wait_s is not None and wait_s <= LONGEST_WAIT_S


def paused(until: datetime, reason: str, *, now: datetime) -> SpotifyPaused:
    """The error while Spotify is left alone; `reason` begins the sentence."""
    wait_s = max(1, round((until - now).total_seconds()))
    return SpotifyPaused(
        f"{reason} Spotify is paused until {_shown(until, now)}; other sources of music play on.",
        until=until,
        retry_after_s=wait_s,
    )


def _shown(until: datetime, now: datetime) -> str:
    day = "" if until.date() == now.date() else f" on {until:%d %B}"
    return f"{until:%H:%M} UTC{day}"


def _forbidden(words: str) -> SpotifyError:
    if "premium" in words and "owner" in words:
        return SpotifyOwnerNeedsPremium(
            "The owner of this installation's Spotify app needs a Premium subscription, or nobody "
            "can use it. After renewing it takes some hours."
        )
    if "not registered" in words or "user_not_registered" in words:
        return SpotifyNotOnList(
            "Spotify lets five people use this installation, and you are not among them yet. Ask "
            "its owner to add your Spotify e-mail address under User Management in the dashboard."
        )
    if "premium_required" in words or "premium required" in words:
        return SpotifyPremiumRequired(
            "Spotify plays here only for Premium. The embedded player takes over."
        )
    if "scope" in words:
        return SpotifyScopeMissing("Spotify needs your consent for this. Grant it and try again.")
    if _reason(words) or "restriction" in words or "disallow" in words:
        return SpotifyRefused(
            "Spotify does not allow this for what is playing. Open it in Spotify instead."
        )
    return SpotifyRefused("Spotify does not give this to apps like this one.")


def _missing(words: str) -> SpotifyError:
    if "no_active_device" in words or "device not found" in words or "no active device" in words:
        return SpotifyNoDevice(
            "The player in this page is not connected to Spotify. Press Play again."
        )
    return SpotifyNotFound("Spotify does not have this, or does not show it to apps.")


def _too_many(words: str, headers: Mapping[str, str], now: datetime) -> SpotifyError:
    told_s = retry_after_s(headers, now)
    if told_s is not None and told_s <= LONGEST_WAIT_S and "quota_exceeded" not in words:
        return paused(now + timedelta(seconds=told_s), "Too many requests at once.", now=now)
    # Ten days at most, or a timedelta might overflow.
    pause = UNTOLD_PAUSE if told_s is None else timedelta(seconds=min(told_s, 10 * 24 * 3600))
    return paused(
        # A used-up quota is not asked again in a moment, whatever Retry-After says.
        now + min(max(pause, timedelta(minutes=1)), LONGEST_PAUSE),
        "The number of requests that Spotify allows is used up.",
        now=now,
    )


def _reason(words: str) -> str:
    try:
        error = json.loads(words)["error"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    reason = error.get("reason") if isinstance(error, dict) else None
    return reason if isinstance(reason, str) else ""
