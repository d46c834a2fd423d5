"""What the page is told about Spotify here: set up or not, signed in or not, and what is left."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from fastapi import Request
from pydantic import AwareDatetime, BaseModel

from emotion_stream.errors import SpotifyNotSetUp, StoreUnavailable
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.oauth import redirect_uri, steps_of
from emotion_stream.web.cookie import session_id_of
from emotion_stream.web.schemas import example
from emotion_stream.web.security import origin_of
from emotion_stream.web.services import Services
from emotion_stream.web.spotify import Allowance
from emotion_stream.web.spotify.accounts import Standing

EXAMPLE: dict[str, Any] = {  # Any: JSON of any shape
    "set_up": True,
    "client_id": None,
    "editable": False,
    "redirect_uri": "http://127.0.0.1:8000/auth/callback",
    "problem": None,
    "signed_in": True,
    "scopes": ["streaming"],
    "steps": {"listen": True, "personal": False, "keep": False, "heart": False, "follow": False},
    "ends_at": "2027-05-25T00:00:00Z",
    "ends_soon": False,
    "paused_until": None,
    "pause_reason": None,
    "searches_left": 199,
    "curated": 12,
    "stand_in": False,
    "sdk_script": "https://sdk.scdn.co/spotify-player.js",
    "embed_script": "https://open.spotify.com/embed/iframe-api/v1",
    "embed": "https://open.spotify.com/embed",
}


class SpotifyState(BaseModel):
    """How Spotify stands here. `client_id` is shown on the machine that runs the server only."""

    model_config = example(EXAMPLE)

    set_up: bool
    client_id: str | None
    editable: bool
    redirect_uri: str | None
    problem: str | None
    signed_in: bool
    scopes: list[str]
    steps: dict[str, bool]
    ends_at: AwareDatetime | None
    ends_soon: bool
    paused_until: AwareDatetime | None
    pause_reason: str | None
    searches_left: int
    curated: int
    stand_in: bool
    sdk_script: str
    embed_script: str
    embed: str

    @classmethod
    def of(
        cls,
        setup: dict[str, Any],  # Any: what `_setup` found
        standing: Standing,
        allowance: Allowance,
        addresses: SpotifyEndpoints,
        curated: int,
    ) -> Self:
        return cls(
            **setup,
            signed_in=standing.signed_in,
            scopes=sorted(standing.scopes),
            steps=steps_of(standing.scopes),
            ends_at=standing.ends_at,
            ends_soon=standing.ends_soon,
            paused_until=allowance.paused_until,
            pause_reason=allowance.reason,
            searches_left=allowance.searches_left,
            curated=curated,
            stand_in=addresses.is_stand_in,
            sdk_script=addresses.sdk_script,
            embed_script=addresses.embed_script,
            embed=addresses.embed,
        )


async def state_of(request: Request, services: Services, now: datetime) -> SpotifyState:
    """Everything above for who asks. Raises StoreUnavailable."""
    spotify = services.spotify
    setup = await _setup(request, services)
    session_id = await session_id_of(request, services)
    standing = Standing() if setup["problem"] else await spotify.accounts.state(session_id, now)
    return SpotifyState.of(
        setup, standing, await spotify.allowance(now), spotify.addresses, len(spotify.curated)
    )


async def _setup(
    request: Request, services: Services
) -> dict[str, Any]:  # Any: fields of SpotifyState
    accounts = services.spotify.accounts
    is_here, client = services.is_here(request), accounts.client
    client_id, uri, problem = await client.find(), None, None
    try:
        uri = redirect_uri(origin_of(request, services.settings))
        accounts.check_key()
    except SpotifyNotSetUp as error:
        problem = str(error)
    except StoreUnavailable as error:
        problem = error.in_full if is_here else str(error)
    return {
        "set_up": client_id is not None and problem is None,
        "client_id": client_id if is_here else None,
        "editable": is_here and client.configured is None,
        "redirect_uri": uri,
        "problem": problem,
    }
