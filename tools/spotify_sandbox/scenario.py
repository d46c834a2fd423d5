"""What the stand-in pretends: a healthy account, or any of the troubles that Spotify can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self

QUOTAS = ("none", "retry_after", "no_header", "reason")


@dataclass(frozen=True)
class Scenario:
    """The switches of the control page.

    `quota` is how a 429 looks: with the header Retry-After, without it, or with the header and
    the reason QUOTA_EXCEEDED; `retry_after_s` is what the header says. `slow` answers after
    `slow_s`. `eme` is whether the browser can decrypt, without which the player in the page does
    not start. `null_items` puts nulls where playlists of Spotify's own would be.
    """

    premium: bool = True
    on_list: bool = True
    owner_premium: bool = True
    quota: str = "none"
    retry_after_s: int = 48_925
    down: bool = False
    slow: bool = False
    slow_s: int = 12
    token_lifetime_s: int = 3600
    eme: bool = True
    autoplay_blocked: bool = False
    playback_error: bool = False
    null_items: bool = True
    plain_text_errors: bool = False

    def changed(self, wanted: Mapping[str, object]) -> Self:
        """A scenario with some switches set. Raises ValueError for a name or value that is none."""
        ours = {field.name: getattr(self, field.name) for field in fields(self)}
        for name, value in wanted.items():
            if name not in ours:
                raise ValueError(f"There is no switch {name!r}; there are {', '.join(ours)}.")
            if type(value) is not type(ours[name]):
                raise ValueError(f"{name} takes {type(ours[name]).__name__}, not {value!r}.")
            if isinstance(value, int) and value < 0:
                raise ValueError(f"{name} cannot be below 0.")
        if wanted.get("quota", "none") not in QUOTAS:
            raise ValueError(f"quota is one of {', '.join(QUOTAS)}.")
        return replace(self, **wanted)  # type: ignore[arg-type]
