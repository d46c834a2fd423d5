"""What a person is asked to allow, one step at a time, and why.

Spotify asks for consent again where a later step needs more
(https://developer.spotify.com/documentation/web-api/concepts/scopes).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LISTEN = "listen"

STEPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        LISTEN: frozenset(
            {
                "streaming",
                "user-read-email",
                "user-read-private",
                "user-modify-playback-state",
                "user-read-playback-state",
            }
        ),
        "personal": frozenset({"user-top-read"}),
        "keep": frozenset({"playlist-modify-private"}),
        "heart": frozenset({"user-library-modify", "user-library-read"}),
        "follow": frozenset({"playlist-modify-public", "user-library-modify"}),
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        LISTEN: "To play music in this page. Spotify's player asks for your name and e-mail "
        "address too; they are not read.",
        "personal": "To put artists that you hear often first. They are looked up when you ask "
        "for music and are not kept.",
        "keep": "To keep a list as a private playlist of yours.",
        "heart": "To save an item in your library, and to show what you have saved.",
        "follow": "To follow a playlist.",
    }
)


def asked_for(step: str, granted: frozenset[str] = frozenset()) -> frozenset[str]:
    """What to ask for: the step, what listening takes, and what was granted before.

    A new consent replaces the old one, and so it must not ask for less. Raises KeyError where
    there is no such step.
    """
    return STEPS[step] | STEPS[LISTEN] | granted


def steps_of(granted: frozenset[str]) -> dict[str, bool]:
    """For each step whether what it needs is granted."""
    return {step: needed <= granted for step, needed in STEPS.items()}
