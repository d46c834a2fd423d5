"""Setting Spotify up, signing out of it, and what the page is told of how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Request, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
)

from emotion_stream.errors import (
    ForeignOrigin,
    SpotifyNotSetUp,
    SpotifyScopeMissing,
    SpotifySetupNotAllowed,
    SpotifySignInRequired,
    SpotifyUnavailable,
    StoreUnavailable,
)
from emotion_stream.music.spotify.endpoints import SpotifyEndpoints
from emotion_stream.music.spotify.oauth import LISTEN, STEPS, redirect_uri, steps_of
from emotion_stream.web.api.schemas import RequestModel, error_responses, example
from emotion_stream.web.security import check_origin, origin_of
from emotion_stream.web.services import Now, Services, ServicesOf
from emotion_stream.web.session_cookie import session_id_of, session_of
from emotion_stream.web.spotify.accounts import SignInStatus
from emotion_stream.web.spotify.service import Allowance

# What the page is told about Spotify here: set up or not, signed in or not, and what is left.

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
        status: SignInStatus,
        allowance: Allowance,
        addresses: SpotifyEndpoints,
        curated: int,
    ) -> Self:
        return cls(
            **setup,
            signed_in=status.signed_in,
            scopes=sorted(status.scopes),
            steps=steps_of(status.scopes),
            ends_at=status.ends_at,
            ends_soon=status.ends_soon,
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
    status = SignInStatus() if setup["problem"] else await spotify.accounts.state(session_id, now)
    return SpotifyState.of(
        setup, status, await spotify.allowance(now), spotify.addresses, len(spotify.curated)
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


router = APIRouter(prefix="/spotify", tags=["spotify"])


class ClientIdAsked(RequestModel):
    """The client id of the owner's app at Spotify, as its dashboard shows it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"client_id": "0123456789abcdef0123456789abcdef"}]}
    )

    client_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{8,64}$")]


class PlayerToken(BaseModel):
    """What Spotify's player in the page signs in with, and until when."""

    model_config = example({"access_token": "BQD...", "expires_at": "2026-03-01T19:30:00Z"})

    access_token: str
    expires_at: AwareDatetime


@router.get("", responses=error_responses(StoreUnavailable))
async def show(request: Request, services: ServicesOf, now: Now) -> SpotifyState:
    """Whether Spotify is set up here, who is signed in, and what is left for today."""
    return await state_of(request, services, now)


@router.delete("", status_code=204, responses=error_responses(StoreUnavailable))
async def disconnect(request: Request, services: ServicesOf) -> None:
    """Sign out: tokens, turns of recipes and played items of this session are deleted at once."""
    session_id = await session_id_of(request, services)
    if session_id is not None:
        await services.spotify.accounts.disconnect(session_id)


@router.put("/client", responses=error_responses(SpotifySetupNotAllowed, StoreUnavailable))
async def choose_client(
    asked: ClientIdAsked, request: Request, services: ServicesOf, now: Now
) -> SpotifyState:
    """Keep the client id. Sign-ins with another one end."""
    _check_editable(request, services)
    async with services.choosing:
        await services.spotify.accounts.client.choose(asked.client_id, now=now)
    return await state_of(request, services, now)


@router.delete("/client", responses=error_responses(SpotifySetupNotAllowed, StoreUnavailable))
async def forget_client(request: Request, services: ServicesOf, now: Now) -> SpotifyState:
    """Forget the client id and every sign-in with it."""
    _check_editable(request, services)
    async with services.choosing:
        await services.spotify.accounts.client.forget()
    return await state_of(request, services, now)


@router.get(
    "/token",
    responses=error_responses(
        SpotifySignInRequired,
        SpotifyScopeMissing,
        SpotifyNotSetUp,
        SpotifyUnavailable,
        StoreUnavailable,
    ),
)
async def token(
    request: Request, response: Response, services: ServicesOf, now: Now
) -> PlayerToken:
    """The access token of who is signed in, for the page of this server alone."""
    _check_own_page(request)
    session_id = await session_of(request, services)
    access = await services.spotify.accounts.access(session_id, STEPS[LISTEN], now)
    response.headers["cache-control"] = "no-store"
    return PlayerToken(access_token=access.token, expires_at=access.expires_at)


def _check_own_page(request: Request) -> None:
    """Raises ForeignOrigin where nothing proves that the page of this server asks."""
    headers = request.headers
    check_origin(headers, request.url.scheme)
    asks_itself = headers.get("sec-fetch-site") == "same-origin"
    if not asks_itself and ("sec-fetch-site" in headers or "origin" not in headers):
        raise ForeignOrigin("The token is only for the page of this server, in a current browser.")


def _check_editable(request: Request, services: Services) -> None:
    """Raises SpotifySetupNotAllowed, saying who may choose the client id and how."""
    if services.spotify.accounts.client.configured is not None:
        raise SpotifySetupNotAllowed(
            "The client id is set by EMOTION_STREAM_SPOTIFY_CLIENT_ID. Change it there."
        )
    if services.settings.secure_cookies:
        raise SpotifySetupNotAllowed(
            "Behind TLS the client id is set by EMOTION_STREAM_SPOTIFY_CLIENT_ID."
        )
    if not services.is_here(request):
        raise SpotifySetupNotAllowed(
            "The client id can only be chosen on the machine that runs the server: "
            "open its page there, at http://127.0.0.1 and its port."
        )
