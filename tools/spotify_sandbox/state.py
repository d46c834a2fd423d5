"""All that the stand-in remembers, in memory and for one process."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request

from tools.spotify_sandbox.devices import Devices
from tools.spotify_sandbox.scenario import Scenario
from tools.spotify_sandbox.tokens import Tokens

MOST_LOGGED = 1000


@dataclass
class OwnPlaylist:
    """A playlist that a person made through the stand-in."""

    id: str
    name: str
    description: str
    public: bool
    uris: list[str] = field(default_factory=list)
    changes: int = 0


@dataclass
class Belongings:
    """What one person has saved and made."""

    saved: set[str] = field(default_factory=set)
    playlists: dict[str, OwnPlaylist] = field(default_factory=dict)


class Sandbox:
    """The whole state. `clock` gives seconds since 1970."""

    def __init__(
        self, scenario: Scenario | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        self.clock = clock
        self.scenario = scenario or Scenario()
        self.devices = Devices()
        self.log: deque[dict[str, object]] = deque(maxlen=MOST_LOGGED)
        self.tokens = Tokens(clock)
        self._belongings: dict[str, Belongings] = {}

    def belongings(self, person_id: str) -> Belongings:
        return self._belongings.setdefault(person_id, Belongings())

    def reset(self) -> None:
        """As it was at the start: healthy, empty, nobody signed in."""
        self.scenario = Scenario()
        self.devices.clear()
        self.log.clear()
        self.tokens.revoke()
        self._belongings.clear()


def sandbox_of(request: Request) -> Sandbox:
    return cast(Sandbox, request.app.state.sandbox)


def origin_of(request: Request) -> str:
    """The address under which the stand-in was asked, without a slash at its end."""
    return f"{request.url.scheme}://{request.url.netloc}"
